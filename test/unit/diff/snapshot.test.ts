import { describe, expect, it, test } from "vitest";
import { KnownRows } from "../../../src/diff/known";
import type { SnapshotRow, StoredRow, Upsert } from "../../../src/diff/model";
import { diffSnapshot, type Holds } from "../../../src/diff/snapshot";
import { bad, gone, kept, known, row, unpushed } from "./build";

interface World {
  stored: Record<string, StoredRow[]>;
  /** Texts of the snapshot that are known. */
  same?: string[];
  rows?: Record<string, SnapshotRow[]>;
  unsettled?: string[];
  holds?: Partial<Holds>;
  onDuplicate?: "keep" | "last" | "reject";
}

function diffOf({ stored, same = [], rows = {}, unsettled = [], holds = {}, onDuplicate = "keep" }: World) {
  const live = Object.entries(stored).flatMap(([group, raws]) =>
    raws.filter((raw) => !raw.missing).map((raw) => ({ group, raw })),
  );
  const fingerprints = new KnownRows(live.map(({ raw }) => raw.fingerprint));
  for (const text of same) expect(fingerprints.take(text)).toBe(true);
  const slices: string[][] = [];
  const source = {
    groupsOf: (list: string[]) => live.filter(({ raw }) => list.includes(raw.fingerprint)).map(({ group }) => group),
    unsettledGroups: () => unsettled,
    rowsOf: (groups: string[]) => {
      slices.push(groups);
      return new Map(groups.map((group) => [group, stored[group] ?? []] as const));
    },
  };
  const snapshot = { known: fingerprints, groups: new Map(Object.entries(rows)), lastPosition: null };
  const upserts: Upsert[] = [];
  const found = diffSnapshot(snapshot, source, {
    ...{ onDuplicate, onSlice: () => {}, onUpsert: (upsert: Upsert) => upserts.push(upsert) },
    holds: { all: false, groups: new Set(), waiting: new Set(), ignored: new Set(), ...holds },
  });
  return { diff: { ...found, upserts }, slices };
}

describe("diffSnapshot", () => {
  it("looks at no group whose rows are all unchanged", () => {
    const { diff, slices } = diffOf({ stored: { g: [known("k", "a")], h: [known("m", "b")] }, same: ["k a", "m b"] });
    expect(slices).toEqual([]);
    expect(diff).toMatchObject({ unchanged: 2, upserts: [], superseded: [], left: [] });
  });

  it("counts what each row became", () => {
    const { diff } = diffOf({
      stored: { g: [known("k", "a"), known("k2", "b")], h: [known("m", "c")] },
      same: ["k a"],
      rows: { g: [row("k2", "x"), row("k3", "y", 1)] },
    });
    expect(diff.upserts.map((upsert) => upsert.kind)).toEqual(["changed", "new"]);
    expect(diff).toMatchObject({ unchanged: 1, superseded: [], left: ["m"], duplicates: 0 });
  });

  it("reads the stored rows 500 groups at a time", () => {
    const names = Array.from({ length: 1200 }, (_, n) => `g${n}`);
    const rows = Object.fromEntries(names.map((name, n) => [name, [row(`k${n}`, "a", n)]]));
    const { diff, slices } = diffOf({ stored: {}, rows });
    expect(slices.map((slice) => slice.length)).toEqual([500, 500, 200]);
    expect(diff.upserts).toHaveLength(1200);
  });

  it("removes what a killed run left in a group that has come back, although nothing in it is new", () => {
    const stored = { g: [known("k", "a"), kept("k2", "b")] };
    expect(diffOf({ stored, same: ["k a"], unsettled: ["g"] }).diff.superseded).toEqual(["k2"]);
  });

  it("counts a known row that loses against a later one as a duplicate, not as unchanged", () => {
    const { diff } = diffOf({
      ...{ stored: { g: [known("k", "a")] }, same: ["k a"], onDuplicate: "last" },
      rows: { g: [row("k", "b", 1)] },
    });
    expect(diff).toMatchObject({ unchanged: 0, duplicates: 1 });
    expect(diff.upserts).toMatchObject([{ kind: "changed", rawId: "k" }]);
  });
});

describe("superseded and left rows", () => {
  const stored = { g: [known("k", "a"), known("k2", "b")], h: [known("m", "c")] };
  const both = { superseded: ["k2"], left: ["m"] };
  const none = { superseded: [], left: [] };
  const onlyLeft = { superseded: [], left: ["m"] };
  const cases: [string, Omit<World, "stored"> & { stored?: World["stored"] }, object][] = [
    ["go when nothing holds them", {}, both],
    ["all stay while a row's group cannot be read", { holds: { all: true } }, none],
    ["stay in the group of a row without a key", { holds: { groups: new Set(["g"]) } }, onlyLeft],
    ["of left groups stay as well", { holds: { groups: new Set(["h"]) } }, { superseded: ["k2"], left: [] }],
    ["stay beside a new row that cannot be mapped", { rows: { g: [bad("k9")] } }, onlyLeft],
    ["go beside a bad row whose last good version is in the target", { rows: { g: [bad("k2")] } }, onlyLeft],
  ];

  test.each(cases)("%s", (_, world, expected) => {
    expect(diffOf({ stored, same: ["k a"], ...world }).diff).toMatchObject(expected);
  });

  const waitingRow = { g: [known("k", "a"), known("k2", "b"), unpushed("k9", "")] };
  it("stay while a row of the group that never got there waits in quarantine", () => {
    const world = { stored: waitingRow, same: ["k a", "k9 "] };
    expect(diffOf({ ...world, holds: { waiting: new Set(["k9"]) } }).diff).toMatchObject(none);
    expect(diffOf(world).diff).toMatchObject({ superseded: ["k2"] });
  });

  it("stay when that row comes again with another text that cannot be mapped, ignored before or not", () => {
    const world = { stored: waitingRow, same: ["k a"], rows: { g: [bad("k9")] } };
    expect(diffOf({ ...world, holds: { waiting: new Set(["k9"]) } }).diff).toMatchObject(none);
    expect(diffOf(world).diff).toMatchObject(none);
  });

  it("stay beside a tombstone without a record that comes back bad", () => {
    const world = { stored: { g: [known("k", "a"), known("k2", "b"), gone("k9")] }, same: ["k a"] };
    expect(diffOf({ ...world, rows: { g: [bad("k9")] } }).diff).toMatchObject(none);
  });

  it("go when the row in quarantine has gone too", () => {
    const world = { stored: waitingRow, same: ["k a"], holds: { waiting: new Set(["k9"]) } };
    expect(diffOf(world).diff).toMatchObject({ superseded: ["k2", "k9"] });
  });

  it("stay beside rows that are refused for their key, until a person ignores those", () => {
    const rows = { g: [row("d", "x", 1), row("d", "y", 2)] };
    const world: World = { stored, same: ["k a"], rows, onDuplicate: "reject" };
    expect(diffOf(world).diff).toMatchObject({ superseded: [], left: ["m"] });
    const ignored = new Set(rows.g.map((each) => each.fingerprint));
    expect(diffOf({ ...world, holds: { ignored } }).diff).toMatchObject(both);
  });
});
