import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyReader } from "../../../src/diff/key-reader";
import { type KeyField, keyOf } from "../../../src/diff/keys";

const NAMES = ["A", "B", "C", "constructor", "__proto__"];
const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    " ",
    "x",
    " x ",
    "a|b",
    "a#2",
    "a\\b",
    "\u00a0",
    "é",
    null,
    true,
    0,
    -0,
    1,
    10.5,
    1e21,
    [1],
    {},
  ),
  fc.constantFrom<unknown>(2147483647, 2147483648, -2147483649, 9007199254740992, Number.POSITIVE_INFINITY),
  fc.string(),
);
const ROW = fc.dictionary(fc.constantFrom("A", "B", "C", "D"), VALUES, { maxKeys: 4, noNullPrototype: true });
const FIELDS = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 });

describe("keyReader", () => {
  it("reads the same group and key as keyOf from every row", () => {
    fc.assert(
      fc.property(ROW, FIELDS, FIELDS, (row, group, key) => {
        expect(keyReader(group, key)(row)).toEqual({ group: keyOf(row, group), key: keyOf(row, key) });
      }),
      { numRuns: 3000 },
    );
  });

  it("reads them in one expression where no text needs to be trimmed or escaped", () => {
    const isBare = (value: unknown) => typeof value !== "string" || (value === value.trim() && !/[|#\\]/.test(value));
    const row = ROW.filter((each) => Object.values(each).every(isBare));
    fc.assert(
      fc.property(row, FIELDS, FIELDS, fc.nat(5), (row, others, key, inGroup) => {
        for (const group of [others, key.slice(0, inGroup + 1)])
          expect(keyReader(group, key)(row, true)).toEqual({ group: keyOf(row, group), key: keyOf(row, key) });
      }),
      { numRuns: 3000 },
    );
  });

  it.each<[string, KeyField[], KeyField[]]>([
    ["the first fields of the key", ["A"], ["A", "B"]],
    ["the key itself", ["A", "B"], ["A", "B"]],
    ["other fields of the key", ["C", "A"], ["A", "B", "C"]],
    ["fields that the key lacks", ["D"], ["A", "B"]],
    ["a window of time", ["A"], ["A", { field: "B", bucket_minutes: 10 }]],
  ])("reads groups that are %s", (_name, group, key) => {
    const row = { A: "a", B: "2026-01-02T03:14:15", C: 3, D: "d" };
    const readDate = (text: string) => `${text.replace("T", " ")}.000Z`;
    const read = keyReader(group, key, readDate)(row);
    expect(read).toEqual({ group: keyOf(row, group, readDate), key: keyOf(row, key, readDate) });
    expect(read.key.ok && read.group.ok).toBe(true);
  });
});
