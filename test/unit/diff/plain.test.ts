import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffGroup } from "../../../src/diff/group";
import { KnownRows, markMatched } from "../../../src/diff/known";
import type { StoredRow, Upsert } from "../../../src/diff/model";
import { diffPlainGroup } from "../../../src/diff/plain";
import { bad, gone, kept, known, row, unpushed } from "./build";

const KEY = fc.constantFrom("k", "k2", "k3", "k#2");
const CONTENT = fc.constantFrom("a", "b", "c");
const STORED = fc.oneof(
  fc.tuple(KEY, CONTENT).map(([key, content]) => known(key, content)),
  fc.tuple(KEY, CONTENT).map(([key, content]) => unpushed(key, content)),
  fc.tuple(KEY, CONTENT).map(([key, content]) => kept(key, content)),
  KEY.map((key) => gone(key)),
);
/** A key of the snapshot has no ordinal. */
const BASE = fc.constantFrom("k", "k2", "k3");
const ROW = fc.oneof(
  fc.tuple(BASE, CONTENT).map(([key, content]) => row(key, content)),
  BASE.map((key) => bad(key)),
);
const text = ({ kind, erpId, rawId, row }: Upsert) => `${kind} ${row.key} ${row.mappedHash} ${rawId} ${erpId}`;

describe("diffPlainGroup", () => {
  it("gives what diffGroup gives, or leaves the group to it", () => {
    const rows = fc.array(ROW, { maxLength: 4 });
    const stored = fc.uniqueArray(STORED, { maxLength: 4, selector: (raw) => raw.erpId });
    let plain = 0;
    fc.assert(
      fc.property(stored, rows, fc.array(fc.nat(3), { maxLength: 2 }), (raws: StoredRow[], rows, same) => {
        const live = raws.filter((raw) => !raw.missing);
        const fingerprints = new KnownRows(live.map((raw) => raw.fingerprint));
        for (const at of same) fingerprints.take(live[at]?.fingerprint ?? "");
        const found = diffPlainGroup(raws, rows, fingerprints);
        if (!found) return;
        plain++;
        const exact = diffGroup(markMatched(raws, fingerprints, null), rows);
        expect(found.map(text).sort()).toEqual(exact.upserts.map(text).sort());
        expect([exact.superseded, exact.left, exact.duplicates]).toEqual([[], [], 0]);
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(200);
  });

  it("decides what most groups are: new, changed and touched", () => {
    const fingerprints = new KnownRows([known("k", "a").fingerprint, known("k2", "b").fingerprint]);
    expect(diffPlainGroup([], [row("k", "a"), row("k2", "b")], new KnownRows([]))?.map(text)).toEqual([
      "new k a  k",
      "new k2 b  k2",
    ]);
    const stored = [known("k", "a"), known("k2", "b")];
    expect(diffPlainGroup(stored, [row("k2", "b"), row("k", "c")], fingerprints)?.map(text)).toEqual([
      "touched k2 b k2 k2",
      "changed k c k k",
    ]);
  });
});
