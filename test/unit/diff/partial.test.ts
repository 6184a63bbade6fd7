import { describe, expect, it } from "vitest";
import type { OnDuplicate } from "../../../src/diff/duplicates";
import { KnownRows } from "../../../src/diff/known";
import type { KnownRow, SnapshotRow, Upsert } from "../../../src/diff/model";
import { diffPartial } from "../../../src/diff/partial";
import { bad, gone, kept, known, row } from "./build";

/** `sent`: stored rows whose very text the answer has, with the place where it has it. */
function diff(
  stored: KnownRow[],
  rows: SnapshotRow[],
  onDuplicate: OnDuplicate = "keep",
  sent: [KnownRow, number][] = [],
) {
  const fingerprints = new KnownRows(stored.filter((raw) => !raw.missing).map((raw) => raw.fingerprint));
  for (const [raw] of sent) fingerprints.take(raw.fingerprint);
  const upserts: Upsert[] = [];
  const result = diffPartial(
    {
      known: fingerprints,
      groups: new Map([["group", rows]]),
      lastPosition: new Map(sent.map(([raw, at]) => [raw.fingerprint, at])),
    },
    { groupsOf: () => [], unsettledGroups: () => [], rowsOf: () => new Map([["group", stored]]) },
    {
      onDuplicate,
      holds: { all: false, groups: new Set(), waiting: new Set(), ignored: new Set() },
      onSlice: () => {},
      onUpsert: (upsert) => upserts.push(upsert),
    },
  );
  expect([result.superseded, result.left]).toEqual([[], []]);
  const { rejected, dropped, duplicates, unchanged } = result;
  return {
    upserts: upserts.map((each) => `${each.kind} ${each.erpId}`),
    taken: upserts.map((each) => each.row),
    ...{ rejected, dropped, duplicates, unchanged },
  };
}

describe("a row of a partial fetch", () => {
  it.each<[string, KnownRow[], SnapshotRow, string]>([
    ["is new under its key", [], row("a", "1"), "new a"],
    ["changes the stored row of its key", [known("a", "0")], row("a", "1"), "changed a"],
    ["only touches it when the target would not change", [known("a", "1")], row("a", "1"), "touched a"],
    ["brings a tombstone back", [kept("a", "1")], row("a", "1"), "returned a"],
    ["brings a deleted one back", [gone("a")], row("a", "1"), "returned a"],
    ["never takes a row of another key in its group", [known("b", "1")], row("a", "1"), "new a"],
    ["is stored under its key although it cannot be mapped", [known("a", "0")], bad("a"), "changed a"],
  ])("%s", (_, stored, sent, upsert) => {
    const result = diff(stored, [sent]);
    expect(result.upserts).toEqual([upsert]);
    expect(result.rejected).toEqual([]);
  });

  it("is one row, however often its very text comes", () => {
    const twin = row("a", "1");
    expect(diff([], [twin, { ...twin, position: 7 }]).upserts).toEqual(["new a"]);
    const stored = known("a", "1");
    const again: SnapshotRow = { ...row("a", "1"), fingerprint: stored.fingerprint };
    expect(diff([stored], [again], "keep", [[stored, 0]])).toMatchObject({ upserts: [], rejected: [], unchanged: 1 });
  });
});

describe.each<OnDuplicate>(["keep", "reject"])("several texts with one key, on_duplicate %s", (policy) => {
  it("are rejected, since nobody can tell which stored row each of them is", () => {
    const rows = [row("a", "1", 0), row("a", "2", 1)];
    expect(diff([], rows, policy)).toMatchObject({ upserts: [], rejected: rows, duplicates: 2 });
    expect(diff([known("a", "0")], rows, policy)).toMatchObject({ upserts: [], rejected: rows });
  });

  it("are rejected also when the stored row is one of them", () => {
    const stored = known("a", "0");
    const other = row("a", "1", 1);
    expect(diff([stored], [other], policy, [[stored, 0]])).toMatchObject({ upserts: [], rejected: [other] });
  });

  it("and a single one when several rows are stored under its key", () => {
    const other = row("a", "3");
    expect(diff([known("a", "0"), known("a#2", "1")], [other], policy)).toMatchObject({ rejected: [other] });
  });
});

describe("several texts with one key, on_duplicate last", () => {
  it("leave the last one, for the stored row without an ordinal", () => {
    const last = row("a", "2", 5);
    const result = diff([known("a#2", "1"), known("a", "0")], [last, row("a", "1", 3)], "last");
    expect(result).toMatchObject({ upserts: ["changed a"], taken: [last], rejected: [] });
  });

  it("leave the stored row alone when its text came later", () => {
    const stored = known("a", "0");
    expect(diff([stored], [row("a", "1", 3)], "last", [[stored, 4]])).toMatchObject({ upserts: [], rejected: [] });
    expect(diff([stored], [row("a", "1", 5)], "last", [[stored, 4]])).toMatchObject({ upserts: ["changed a"] });
  });
});
