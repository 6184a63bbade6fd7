import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALREADY_CLEAN } from "../../../src/mapping/strings";
import { cleanliness } from "../../../src/sync/scan";

const isClean = cleanliness({ byteLength: (text) => Buffer.byteLength(text) });
const TEXT = fc.string({
  unit: fc.constantFrom("a", " ", '"', "\\", "\t", "é", "\u007f", "\u0000", ":", ","),
  maxLength: 5,
});

describe("cleanliness", () => {
  it("never calls a row clean that has a text to be cleaned", () => {
    const row = fc.dictionary(TEXT, fc.oneof(TEXT, fc.integer(), fc.constant(null), fc.array(TEXT, { maxLength: 2 })));
    fc.assert(
      fc.property(row, fc.constantFrom(undefined, 1, "\t"), (row, space) => {
        const text = JSON.stringify(row, null, space);
        const texts = Object.values(row)
          .flat()
          .filter((value): value is string => typeof value === "string");
        if (isClean(text)) for (const each of texts) expect(each === "" || ALREADY_CLEAN.test(each)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("calls an ordinary compact row clean", () => {
    expect(isClean('{"A":"an ordinary text","B":1,"C":"","D":null}')).toBe(true);
  });
});
