import { describe, expect, it, test } from "vitest";
import { settleDuplicates } from "../../../src/diff/duplicates";
import type { KnownRow, SnapshotRow } from "../../../src/diff/model";
import { kept, known, matched, row } from "./build";

interface Case {
  name: string;
  known: KnownRow[];
  rows: SnapshotRow[];
  /** Contents of the rows that go on. */
  stay: string[];
  /** Contents of the rows that are dropped or rejected. */
  out: string[];
  /** Raw rows that count as there. */
  there: string[];
  lost?: number;
}

function versioned(content: string, position: number, version: string): SnapshotRow {
  return { ...row("k", content, position), version };
}

const LAST: Case[] = [
  { name: "a row alone goes on", known: [], rows: [row("k", "a")], stay: ["a"], out: [], there: [] },
  {
    name: "the last of new rows goes on, wherever it stands in the list",
    known: [],
    rows: [row("k", "b", 7), row("k", "a", 3), row("k2", "c", 9)],
    stay: ["b", "c"],
    out: ["a"],
    there: [],
  },
  {
    name: "a later row wins over a known text",
    known: [matched("k", "a", 1)],
    rows: [row("k", "b", 2)],
    stay: ["b"],
    out: [],
    there: [],
    lost: 1,
  },
  {
    name: "the highest version of new rows goes on, wherever it stands",
    known: [],
    rows: [versioned("b", 3, "9"), versioned("a", 7, "8")],
    stay: ["b"],
    out: ["a"],
    there: [],
  },
  {
    name: "a row with a version goes on beside a known text behind it, to be held against the stored version",
    known: [matched("k", "a", 5)],
    rows: [versioned("b", 2, "9")],
    stay: ["b"],
    out: [],
    there: [],
    lost: 1,
  },
  {
    name: "a known text wins over an earlier row",
    known: [matched("k", "a", 5)],
    rows: [row("k", "b", 2)],
    stay: [],
    out: ["b"],
    there: ["k"],
  },
  {
    name: "the last row is known although its first twin was the one that met the known text",
    known: [matched("k", "a", 1)],
    rows: [{ ...row("k", "a", 4), fingerprint: "k a" }, row("k", "b", 3)],
    stay: [],
    out: ["a", "b"],
    there: ["k"],
  },
  {
    name: "of known twins one stays",
    known: [matched("k", "a", 5), { ...matched("k#2", "a", 5), fingerprint: "k a" }],
    rows: [],
    stay: [],
    out: [],
    there: ["k"],
    lost: 1,
  },
  {
    name: "known rows of other keys and tombstones are not concerned",
    known: [matched("k", "a", 1), matched("k2", "b", 2), kept("k#2", "c")],
    rows: [row("k3", "d", 3)],
    stay: ["d"],
    out: [],
    there: ["k", "k2"],
  },
];

const REJECT: Case[] = [
  { name: "a row alone goes on", known: [known("k", "a")], rows: [row("k", "b")], stay: ["b"], out: [], there: [] },
  {
    name: "all new rows with one key are refused, those of other keys go on",
    known: [],
    rows: [row("k", "a"), row("k", "b", 1), row("k2", "c", 2)],
    stay: ["c"],
    out: ["a", "b"],
    there: [],
  },
  {
    name: "what the target has for the key stays",
    known: [known("k", "x"), known("k2", "y")],
    rows: [row("k", "a"), row("k", "b", 1)],
    stay: [],
    out: ["a", "b"],
    there: ["k"],
  },
  {
    name: "a row beside its known twin is refused, the known one stays",
    known: [matched("k", "a")],
    rows: [row("k", "b", 1)],
    stay: [],
    out: ["b"],
    there: ["k"],
  },
  {
    name: "a tombstone stays a tombstone",
    known: [kept("k", "x")],
    rows: [row("k", "a"), row("k", "b", 1)],
    stay: [],
    out: ["a", "b"],
    there: [],
  },
];

describe.each([
  ["last" as const, LAST],
  ["reject" as const, REJECT],
])("on_duplicate %s", (policy, cases) => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { known, rows, stay, out, there, lost = 0 }) => {
    const settled = settleDuplicates(known, rows, policy);
    expect(contents(settled.rows)).toEqual(stay);
    expect(contents(policy === "last" ? settled.dropped : settled.rejected)).toEqual(out);
    expect(settled.known.filter((raw) => raw.matched).map((raw) => raw.id)).toEqual(there);
    expect(settled.known.map((raw) => raw.id)).toEqual(known.map((raw) => raw.id));
    expect(settled.lost).toBe(lost);
  });
});

it("on_duplicate keep lets every row and every known row through", () => {
  const raws = [matched("k", "a"), known("k#2", "b")];
  const rows = [row("k", "c"), row("k", "c", 1)];
  expect(settleDuplicates(raws, rows, "keep")).toEqual({ known: raws, rows, dropped: [], rejected: [], lost: 0 });
});

function contents(rows: SnapshotRow[]): string[] {
  return rows.map((each) => each.mappedHash).sort();
}
