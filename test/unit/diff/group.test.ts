import { describe, expect, it, test } from "vitest";
import { diffGroup } from "../../../src/diff/group";
import { baseOf } from "../../../src/diff/keys";
import type { KnownRow, SnapshotRow } from "../../../src/diff/model";
import { aged, bad, gone, held, kept, known, matched, row, unpushed } from "./build";

interface Case {
  name: string;
  known: KnownRow[];
  rows: SnapshotRow[];
  /** `kind content → erp_id (raw row)`, by position. */
  upserts?: string[];
  superseded?: string[];
  left?: string[];
  aged?: string[];
  duplicates?: number;
}

const ONE_ROW: Case[] = [
  { name: "a first row is new", known: [], rows: [row("k", "a")], upserts: ["new a → k"] },
  { name: "an unchanged row is left alone", known: [matched("k", "a")], rows: [] },
  {
    name: "other content under the same key is changed",
    known: [known("k", "a")],
    rows: [row("k", "b")],
    upserts: ["changed b → k (k)"],
  },
  {
    name: "another text with the same content is touched",
    known: [known("k", "a")],
    rows: [row("k", "a")],
    upserts: ["touched a → k (k)"],
  },
  {
    name: "another key in the same group is rekeyed and keeps its record",
    known: [known("k", "a")],
    rows: [row("k2", "b")],
    upserts: ["rekeyed b → k2 (k)"],
  },
  { name: "a group without any row has left", known: [known("k", "a"), known("k2", "b")], rows: [], left: ["k", "k2"] },
];

const ABSENT: Case[] = [
  {
    name: "surplus known rows are superseded while the group is there by an unchanged row",
    known: [matched("k", "a"), known("k2", "b")],
    rows: [],
    superseded: ["k2"],
  },
  {
    name: "surplus known rows are superseded while the group is there by a changed row",
    known: [known("k", "a"), known("k2", "b")],
    rows: [row("k", "c")],
    upserts: ["changed c → k (k)"],
    superseded: ["k2"],
  },
  {
    name: "surplus rows are new",
    known: [known("k", "a")],
    rows: [row("k", "a"), row("k2", "b", 1), row("k3", "c", 2)],
    upserts: ["touched a → k (k)", "new b → k2", "new c → k3"],
  },
  {
    name: "a row that never reached the target is superseded like any other",
    known: [matched("k", "a"), unpushed("k2", "b")],
    rows: [],
    superseded: ["k2"],
  },
];

const TOMBSTONES: Case[] = [
  {
    name: "a tombstone comes back under its own key, with its record",
    known: [kept("k", "a")],
    rows: [row("k", "a")],
    upserts: ["returned a → k (k)"],
  },
  {
    name: "a tombstone comes back under its own key, without a record",
    known: [gone("k")],
    rows: [row("k", "b")],
    upserts: ["returned b → k (k)"],
  },
  {
    name: "a kept record is taken over by another key when its group comes back",
    known: [kept("k", "a")],
    rows: [row("k2", "b")],
    upserts: ["rekeyed b → k2 (k)"],
  },
  {
    name: "a tombstone without a record lends nothing to another key",
    known: [gone("k")],
    rows: [row("k2", "b")],
    upserts: ["new b → k2"],
  },
  {
    name: "kept records go when their group comes back without them",
    known: [kept("k", "a"), kept("k2", "b"), gone("k3")],
    rows: [row("k", "a")],
    upserts: ["returned a → k (k)"],
    superseded: ["k2"],
  },
  {
    name: "kept records go when their group is there by an unchanged row",
    known: [matched("k", "a"), kept("k2", "b")],
    rows: [],
    superseded: ["k2"],
  },
  {
    name: "a tombstone that still waits for its first push goes too",
    known: [matched("k", "a"), { ...unpushed("k2", "b"), missing: true }],
    rows: [],
    superseded: ["k2"],
  },
  {
    name: "a delete that is under way is not decided again",
    known: [matched("k", "a"), { ...kept("k2", "b"), mappedHash: "" }],
    rows: [],
  },
  { name: "tombstones of an absent group stay as they are", known: [kept("k", "a"), gone("k2")], rows: [] },
  {
    name: "a held row stays held while its group is there without it",
    known: [matched("k", "a"), held("k2", "b")],
    rows: [],
  },
  {
    name: "a held row is no longer held when it comes back",
    known: [held("k", "a"), held("k2", "b")],
    rows: [row("k", "a")],
    upserts: ["returned a → k (k)"],
  },
  {
    name: "live records are taken before kept ones, kept before held ones",
    known: [held("k1", "a"), kept("k2", "b"), known("k3", "c")],
    rows: [row("n1", "x"), row("n2", "y", 1)],
    upserts: ["rekeyed x → n1 (k3)", "rekeyed y → n2 (k2)"],
  },
  {
    name: "a record is taken before a row that never got one",
    known: [unpushed("k1", "a"), known("k2", "b")],
    rows: [row("n", "x")],
    upserts: ["rekeyed x → n (k2)"],
    superseded: ["k1"],
  },
];

const AGED_OUT: Case[] = [
  {
    name: "a group that aged out has not left",
    known: [aged(known("k", "a")), known("k2", "b")],
    rows: [],
    aged: ["k"],
    left: ["k2"],
  },
  {
    name: "a row that aged out of a group that is still there is not superseded",
    known: [matched("k", "a"), aged(known("k2", "b")), known("k3", "c")],
    rows: [],
    aged: ["k2"],
    superseded: ["k3"],
  },
  {
    name: "a row that aged out lends its record to no other key",
    known: [aged(known("k", "a"))],
    rows: [row("k2", "a")],
    upserts: ["new a → k2"],
    aged: ["k"],
  },
  {
    name: "a row that aged out is found by its own key",
    known: [aged(known("k", "a"))],
    rows: [row("k", "b")],
    upserts: ["changed b → k (k)"],
  },
  {
    name: "a tombstone that aged out comes back under its own key",
    known: [aged(kept("k", "a"))],
    rows: [row("k", "b")],
    upserts: ["returned b → k (k)"],
  },
  {
    name: "a tombstone that aged out stays when its group is there again",
    known: [matched("k", "a"), aged(kept("k2", "b")), kept("k3", "c")],
    rows: [row("k4", "d")],
    upserts: ["rekeyed d → k4 (k3)"],
  },
];

const DUPLICATES: Case[] = [
  {
    name: "rows that share a key are all kept, told apart by an ordinal",
    known: [],
    rows: [row("k", "a"), row("k", "b", 1), row("k", "c", 2)],
    upserts: ["new a → k", "new b → k#2", "new c → k#3"],
    duplicates: 2,
  },
  {
    name: "identical twins are two rows",
    known: [matched("k", "a")],
    rows: [row("k", "a")],
    upserts: ["new a → k#2"],
    duplicates: 1,
  },
  {
    name: "twins that swap places change nothing",
    known: [known("k", "a"), known("k#2", "b")],
    rows: [row("k", "b"), row("k", "a", 1)],
    upserts: ["touched b → k#2 (k#2)", "touched a → k (k)"],
    duplicates: 1,
  },
  {
    name: "one of three rows with a key goes, the right one",
    known: [known("k", "a"), known("k#2", "b"), known("k#3", "c")],
    rows: [row("k", "a"), row("k", "c", 1)],
    upserts: ["touched a → k (k)", "touched c → k#3 (k#3)"],
    superseded: ["k#2"],
    duplicates: 1,
  },
  {
    name: "a free ordinal is used again, one in use never",
    known: [matched("k#2", "b"), known("x", "a")],
    rows: [row("k", "c"), row("k", "d", 1)],
    upserts: ["rekeyed c → k (x)", "new d → k#3"],
    duplicates: 2,
  },
  {
    name: "a twin moves to another key instead of one being deleted and one made",
    known: [known("k", "a"), known("k#2", "b")],
    rows: [row("k", "a"), row("k2", "b", 1)],
    upserts: ["touched a → k (k)", "rekeyed b → k2 (k#2)"],
  },
  {
    name: "the twin stands back whose content another key needs",
    known: [known("k", "c"), known("k2", "a")],
    rows: [row("k", "a"), row("k", "b", 1)],
    upserts: ["rekeyed a → k#2 (k2)", "changed b → k (k)"],
    duplicates: 1,
  },
];

const BROKEN: Case[] = [
  {
    name: "a bad row takes the place of the row with its own key",
    known: [known("k", "a")],
    rows: [bad("k")],
    upserts: ["changed  → k (k)"],
  },
  {
    name: "a bad row never takes the record of another key",
    known: [known("k", "a")],
    rows: [bad("k2")],
    upserts: ["new  → k2"],
    superseded: ["k"],
  },
  {
    name: "of two rows with a key the good one is the one that is known",
    known: [known("k", "a")],
    rows: [bad("k"), row("k", "b", 1)],
    upserts: ["new  → k#2", "changed b → k (k)"],
    duplicates: 1,
  },
  {
    name: "a tombstone that comes back bad is there again",
    known: [gone("k")],
    rows: [bad("k")],
    upserts: ["returned  → k (k)"],
  },
];

describe.each([
  ["one row", ONE_ROW],
  ["absent rows", ABSENT],
  ["tombstones", TOMBSTONES],
  ["rows that aged out", AGED_OUT],
  ["rows that share a key", DUPLICATES],
  ["rows that cannot be mapped", BROKEN],
])("%s", (_, cases) => {
  test.each(cases.map((each) => [each.name, each] as const))(
    "%s",
    (_, { known, rows, upserts = [], superseded = [], left = [], aged = [], duplicates = 0 }) => {
      const diff = diffGroup(known, rows);
      const written = diff.upserts
        .slice()
        .sort((a, b) => a.row.position - b.row.position)
        .map(
          ({ kind, row: { mappedHash }, erpId, rawId }) => `${kind} ${mappedHash} → ${erpId}${rawId && ` (${rawId})`}`,
        );
      expect(written).toEqual(upserts);
      expect(diff.superseded.map((raw) => raw.id)).toEqual(superseded);
      expect(diff.left.map((raw) => raw.id)).toEqual(left);
      expect(diff.aged.map((raw) => raw.id)).toEqual(aged);
      expect(diff.duplicates).toBe(duplicates);
    },
  );
});

describe("a group of 10,000 rows", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => n);

  it.each([
    ["that share one key", () => "k"],
    ["in pairs of one key", (n: number) => `k${n >> 1}`],
    ["with a key each", (n: number) => `k${n}`],
  ])("%s is compared without comparing each with each", (_, keyOf) => {
    const before = new Map<string, number>();
    const ordinal = (key: string) => before.set(key, (before.get(key) ?? 0) + 1).get(key) ?? 1;
    const erpIds = many.map((n) => (ordinal(keyOf(n)) === 1 ? keyOf(n) : `${keyOf(n)}#${before.get(keyOf(n))}`));
    const raws = many.map((n) => known(erpIds[n] as string, `a${n}`));
    const rows = many.map((n) => row(keyOf(n + (n % 3)), `a${(n * 7919) % 15_000}`, n));
    const diff = diffGroup(raws, rows);
    expect(diff.upserts).toHaveLength(10_000);
    expect(new Set(diff.upserts.map((upsert) => upsert.erpId)).size).toBe(10_000);
    expect(diff.upserts.every((upsert) => baseOf(upsert.erpId) === upsert.row.key)).toBe(true);
  });
});
