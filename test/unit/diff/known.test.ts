import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KnownRows, markMatched } from "../../../src/diff/known";
import { gone, held, kept, known, unpushed } from "./build";

/** Some often, many once; "a" and the like are none of the sync's own. */
const FINGERPRINT = fc
  .oneof(fc.constantFrom("a", "b", "", "1", "fff"), fc.nat(20).map(String), fc.nat(300).map(String))
  .map((text) => (text.length === 2 || text.length === 3 ? createHash("md5").update(text).digest("hex") : text));

describe("KnownRows", () => {
  it("gives out each fingerprint as often as there are rows with it", () => {
    fc.assert(
      fc.property(
        fc.array(FINGERPRINT, { maxLength: 200, size: "max" }),
        fc.array(FINGERPRINT, { maxLength: 200, size: "max" }),
        (all, asked) => {
          const rows = new KnownRows(all);
          const left = new Map<string, number>();
          for (const each of all) left.set(each, (left.get(each) ?? 0) + 1);
          for (const each of asked) {
            const before = left.get(each) ?? 0;
            expect(rows.take(each)).toBe(before > 0);
            left.set(each, Math.max(0, before - 1));
          }
          const rest = [...left].filter(([, count]) => count > 0);
          expect(rows.size).toBe(all.length);
          expect(rows.remaining).toBe(rest.reduce((sum, [, count]) => sum + count, 0));
          expect(rows.remainingFingerprints().sort()).toEqual(rest.map(([each]) => each).sort());
          for (const [each, count] of left) expect(rows.remainingOf(each)).toBe(count);
        },
      ),
    );
  });
});

describe("markMatched", () => {
  const marked = (
    stored: ReturnType<typeof known>[],
    taken: string[],
    positions: Map<string, number> | null = null,
  ) => {
    const rows = new KnownRows(stored.filter((raw) => !raw.missing).map((raw) => raw.fingerprint));
    for (const fingerprint of taken) expect(rows.take(fingerprint)).toBe(true);
    return markMatched(stored, rows, positions);
  };
  const twins = (...raws: ReturnType<typeof known>[]) => raws.map((raw) => ({ ...raw, fingerprint: "t" }));
  const ids = (raws: ReturnType<typeof known>[]) => raws.filter((raw) => raw.matched).map((raw) => raw.id);

  it("marks the rows whose text the snapshot has", () => {
    expect(ids(marked([known("k", "a"), known("k2", "b")], ["k2 b"]))).toEqual(["k2"]);
  });

  it("marks as many of several equal texts as the snapshot has", () => {
    const stored = twins(known("k", "a"), known("k#2", "a"), known("k#3", "a"));
    expect(ids(marked(stored, [])).sort()).toEqual([]);
    expect(ids(marked(stored, ["t", "t"])).sort()).toEqual(["k", "k#2"]);
    expect(ids(marked(stored, ["t", "t", "t"])).sort()).toEqual(["k", "k#2", "k#3"]);
  });

  it("prefers, of equal texts, the row that the target already has as it should", () => {
    expect(ids(marked(twins(unpushed("k", "a"), known("k#2", "a")), ["t"]))).toEqual(["k#2"]);
    const stale = known("k", "a", { pushedHash: "old" });
    expect(ids(marked(twins(unpushed("k#2", "a"), stale), ["t"]))).toEqual(["k"]);
  });

  it("never marks a tombstone, whatever its text", () => {
    expect(ids(marked(twins(kept("k", "a"), gone("k2"), held("k3", "a"), known("k4", "a")), ["t"]))).toEqual(["k4"]);
  });

  it("tells where the snapshot has a text last, when it was asked to remember", () => {
    const [raw] = marked([known("k", "a")], ["k a"], new Map([["k a", 17]]));
    expect(raw?.position).toBe(17);
    expect(marked([known("k", "a")], ["k a"])[0]).not.toHaveProperty("position");
  });
});
