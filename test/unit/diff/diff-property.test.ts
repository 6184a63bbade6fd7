import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewestWrites } from "./fewest-writes";
import { type ErpRow, Mirror, type Policy } from "./mirror-model";

// Small alphabets, so that groups, keys, contents and whole rows meet again and again.
const row = (contents: string[]): fc.Arbitrary<ErpRow> =>
  fc.record({
    group: fc.constantFrom("g1", "g2"),
    key: fc.constantFrom("1", "2", "3"),
    content: fc.constantFrom(...contents),
    extra: fc.constantFrom(0, 1),
  });
const snapshot = (contents: string[]) => fc.array(row(contents), { maxLength: 7 });
const good = snapshot(["a", "b", "c"]);
const broken = snapshot(["a", "b", "!"]);
const chunks = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const policy: fc.Arbitrary<Policy> = fc.record({ onMissing: fc.constantFrom("keep", "mark", "delete") });
const halfRun = fc.record({ rows: good, sizes: chunks, killedAfter: fc.nat(6), drained: fc.boolean() });
type HalfRun = typeof halfRun extends fc.Arbitrary<infer T> ? T : never;

describe("the diff, over random snapshots one after the other", () => {
  it("makes the target equal to the snapshot, with the rows of left groups as on_missing says", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(good, chunks), { maxLength: 6 }), policy, (runs, how) => {
        const mirror = new Mirror();
        const expected = new Map<string, string[]>();
        for (const [rows, sizes] of runs) {
          mirror.run(rows, how, sizes);
          expectGroups(expected, rows, how);
          expect(mirror.contents()).toEqual([...expected.values()].flat().sort());
        }
      }),
      { numRuns: 400 },
    );
  });

  it("writes as few target records as the rules allow", () => {
    fc.assert(
      fc.property(fc.array(good, { maxLength: 5 }), policy, (runs, how) => {
        const mirror = new Mirror();
        for (const rows of runs) {
          const fewest = fewestWrites(mirror, rows, how);
          expect(mirror.run(rows, how)).toBe(fewest);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("does the same whatever the order of the rows and the size of the transactions", () => {
    fc.assert(
      fc.property(
        fc.array(good, { maxLength: 4 }),
        policy,
        chunks,
        fc.func(fc.integer()),
        (runs, how, sizes, order) => {
          const one = new Mirror();
          const other = new Mirror();
          for (const rows of runs) {
            const shuffled = rows
              .map((each, at) => ({ each, place: order(at, each) }))
              .sort((a, b) => a.place - b.place)
              .map(({ each }) => each);
            expect(other.run(shuffled, how, sizes)).toBe(one.run(rows, how));
            expect(other.described()).toEqual(one.described());
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds the rest when it was killed between two transactions", () => {
    fc.assert(
      fc.property(fc.array(halfRun, { maxLength: 5 }), policy, (runs, how) => {
        const mirror = new Mirror();
        const expected = new Map<string, string[]>();
        for (const run of runs) {
          half(mirror, run, how);
          mirror.run(run.rows, how);
          expectGroups(expected, run.rows, how);
          expect(mirror.contents()).toEqual([...expected.values()].flat().sort());
        }
      }),
      { numRuns: 400 },
    );
  });

  it("has the groups of a snapshot exactly after any number of killed runs over other snapshots", () => {
    fc.assert(
      fc.property(fc.array(halfRun, { maxLength: 6 }), good, policy, (runs, last, how) => {
        const mirror = new Mirror();
        for (const run of runs) half(mirror, run, how);
        mirror.run(last, how);
        const groups = new Set(last.map((each) => each.group));
        expect(mirror.contents(groups)).toEqual(last.map((each) => each.content).sort());
        if (how.onMissing === "delete") expect(mirror.contents()).toEqual(mirror.contents(groups));
        expect(mirror.run(last, how)).toBe(0);
      }),
      { numRuns: 400 },
    );
  });
});

describe("the diff, with rows that cannot be mapped", () => {
  it("keeps the good rows of the snapshot in the target and is exact again when all are mended", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(broken, chunks), { maxLength: 6 }), good, policy, (runs, last, how) => {
        const mirror = new Mirror();
        for (const [rows, sizes] of runs) {
          mirror.run(rows, how, sizes);
          const wanted = rows.filter((each) => each.content !== "!").map((each) => each.content);
          expect(missing(wanted, mirror.contents())).toEqual([]);
        }
        mirror.run(last, how);
        const groups = new Set(last.map((each) => each.group));
        expect(mirror.contents(groups)).toEqual(last.map((each) => each.content).sort());
      }),
      { numRuns: 400 },
    );
  });
});

describe("the diff, when the last of several rows with a key counts", () => {
  it("has one record for each key, with what its last row says, and nothing more to do the next time", () => {
    fc.assert(
      fc.property(fc.array(good, { maxLength: 5 }), chunks, (runs, sizes) => {
        const mirror = new Mirror();
        for (const rows of runs) {
          const how: Policy = { onMissing: "delete", onDuplicate: "last" };
          mirror.run(rows, how, sizes);
          const lasts = new Map(rows.map((each) => [`${each.group}|${each.key}`, each.content]));
          expect(mirror.contents()).toEqual([...lasts.values()].sort());
          const again = mirror.diff(rows, how);
          expect({ upserts: again.upserts, absent: again.absent }).toEqual({ upserts: [], absent: [] });
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** A run that is killed after some of its transactions, and perhaps a worker that pushes what it left. */
function half(mirror: Mirror, { rows, sizes, killedAfter, drained }: HalfRun, how: Policy): void {
  mirror.ingest(mirror.diff(rows, how), sizes, killedAfter);
  if (drained) mirror.drain();
}

/** What each group's rows should be in the target after this snapshot. */
function expectGroups(expected: Map<string, string[]>, rows: ErpRow[], { onMissing }: Policy): void {
  for (const [group, contents] of expected) {
    if (onMissing === "delete") expected.delete(group);
    if (onMissing === "mark")
      expected.set(
        group,
        contents.map(() => "mark"),
      );
  }
  const present = new Map<string, string[]>();
  for (const { group, content } of rows) present.set(group, [...(present.get(group) ?? []), content]);
  for (const [group, contents] of present) expected.set(group, contents);
}

function missing(wanted: string[], from: string[]): string[] {
  const rest = from.slice();
  return wanted.filter((each) => {
    const at = rest.indexOf(each);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
