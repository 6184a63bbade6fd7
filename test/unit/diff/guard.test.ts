import { describe, expect, it, test } from "vitest";
import { type AbsentPolicy, decideAbsent } from "../../../src/diff/absent";
import { shrinksTooMuch } from "../../../src/diff/guard";

describe("shrinksTooMuch", () => {
  test.each([
    { going: 0, known: 0, percent: 20, held: false, why: "nothing goes" },
    { going: 9, known: 9, percent: 20, held: false, why: "fewer than 10 are never held" },
    { going: 10, known: 10, percent: 20, held: true, why: "10 of 10" },
    { going: 10, known: 49, percent: 20, held: true, why: "10 of 49 are more than 20 %" },
    { going: 10, known: 50, percent: 20, held: false, why: "10 of 50 are 20 % and not more" },
    { going: 11, known: 50, percent: 20, held: true, why: "11 of 50" },
    { going: 200, known: 1000, percent: 20, held: false, why: "200 of 1,000" },
    { going: 201, known: 1000, percent: 20, held: true, why: "201 of 1,000" },
    { going: 10, known: 1_000_000, percent: 0, held: true, why: "0 % holds any 10" },
    { going: 9, known: 1_000_000, percent: 0, held: false, why: "0 % still lets 9 go" },
    { going: 1000, known: 1000, percent: 100, held: false, why: "100 % never holds" },
    { going: 10, known: 7, percent: 100, held: false, why: "100 % never holds, even more than were known" },
    { going: 10, known: 7, percent: 99, held: true, why: "more than were known are 100 %" },
    { going: 29, known: 100, percent: 28.5, held: true, why: "parts of a percent count" },
  ])("$why: held $held", ({ going, known, percent, held }) => {
    expect(shrinksTooMuch(going, known, percent)).toBe(held);
  });
});

describe("decideAbsent", () => {
  const ids = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${n}`);
  const decide = (superseded: number, left: number, more: Partial<AbsentPolicy>) => {
    const policy = { onMissing: "delete" as const, sameScope: true, known: 100, maxShrinkPercent: 20, approved: false };
    const decided = decideAbsent(
      { superseded: ids("s", superseded), left: ids("l", left), aged: [] },
      { ...policy, ...more },
    );
    const { absent } = decided;
    const counts = { left: decided.left, held: decided.held };
    const actions = absent.map(({ rawId, action }) => `${rawId[0]} ${action}`);
    return { ...counts, actions: [...new Set(actions)].sort(), rows: absent.length };
  };

  test.each([
    ["keep" as const, "l keep"],
    ["mark" as const, "l mark"],
    ["delete" as const, "l delete"],
  ])("deletes superseded rows and does with left rows what on_missing %s says", (onMissing, action) => {
    expect(decide(2, 3, { onMissing })).toEqual({ left: 3, held: 0, rows: 5, actions: [action, "s delete"] });
  });

  test.each(["mark" as const, "delete" as const])("leaves left rows alone after the scope changed: %s", (onMissing) => {
    expect(decide(2, 3, { onMissing, sameScope: false })).toEqual({ left: 0, held: 0, rows: 2, actions: ["s delete"] });
  });

  it("notes left rows that are kept whatever the scope", () => {
    expect(decide(0, 3, { onMissing: "keep", sameScope: false }).actions).toEqual(["l keep"]);
  });

  it("holds superseded and left rows together when they are too many", () => {
    expect(decide(11, 10, {})).toEqual({ left: 10, held: 21, rows: 21, actions: ["l hold", "s hold"] });
  });

  it.each(["keep" as const, "mark" as const])("does not count left rows that are not deleted: %s", (onMissing) => {
    const noted = onMissing === "keep" ? "l keep" : "l mark";
    expect(decide(5, 90, { onMissing })).toEqual({ left: 90, held: 0, rows: 95, actions: [noted, "s delete"] });
    expect(decide(21, 70, { onMissing })).toEqual({ left: 70, held: 21, rows: 91, actions: [noted, "s hold"] });
  });

  it("holds nothing that a person approved", () => {
    expect(decide(40, 60, { approved: true })).toEqual({
      left: 60,
      held: 0,
      rows: 100,
      actions: ["l delete", "s delete"],
    });
  });

  it.each(["keep" as const, "mark" as const, "delete" as const])(
    "keeps rows that aged out, as no left ones: %s",
    (onMissing) => {
      const policy = { onMissing, sameScope: false, known: 100, maxShrinkPercent: 20, approved: false };
      const rows = { superseded: [], left: [], aged: ids("a", 30) };
      const decided = decideAbsent(rows, { ...policy, missedBefore: () => false });
      expect(decided).toMatchObject({ superseded: 0, left: 0, held: 0, missed: [] });
      expect(decided.absent).toEqual(rows.aged.map((rawId) => ({ rawId, action: "keep" })));
    },
  );

  it("does not count rows that aged out among the known: 21 of 100 are too many, 980 old ones beside them or not", () => {
    const policy = { onMissing: "delete" as const, sameScope: true, maxShrinkPercent: 20, approved: false };
    const held = (known: number, aged: number) =>
      decideAbsent({ superseded: [], left: ids("l", 21), aged: ids("a", aged) }, { ...policy, known }).held;
    expect([held(100, 0), held(1080, 980), held(1080, 0)]).toEqual([21, 21, 0]);
  });

  it("lets rows of a paged source go only when the snapshot before missed them too", () => {
    const policy = { onMissing: "delete" as const, sameScope: true, known: 100, maxShrinkPercent: 20, approved: false };
    const missedBefore = (rawId: string) => rawId === "s1" || rawId === "l0";
    expect(decideAbsent({ superseded: ids("s", 2), left: ids("l", 2), aged: [] }, { ...policy, missedBefore })).toEqual(
      {
        absent: [
          { rawId: "s1", action: "delete" },
          { rawId: "l0", action: "delete" },
        ],
        ...{ missed: ["s0", "l1"], superseded: 1, left: 2, held: 0 },
      },
    );
    const kept = decideAbsent(
      { superseded: [], left: ids("l", 2), aged: [] },
      { ...policy, onMissing: "keep", missedBefore },
    );
    expect(kept).toMatchObject({ missed: [], left: 2 });
    expect(
      decideAbsent({ superseded: [], left: ids("l", 2), aged: [] }, { ...policy, sameScope: false, missedBefore }),
    ).toMatchObject({ missed: [] });
  });
});
