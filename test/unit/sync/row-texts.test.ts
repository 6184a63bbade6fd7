import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALREADY_CLEAN } from "../../../src/mapping/strings";
import { rowTextsReader } from "../../../src/sync/row-texts";

const readTexts = rowTextsReader({ byteLength: (text) => Buffer.byteLength(text) });
const TEXT = fc.string({
  unit: fc.constantFrom("a", " ", '"', "\\", "\t", "é", "\u007f", "\u0000", ":", ",", "|", "#"),
  maxLength: 5,
});

describe("rowTextsReader", () => {
  it("never calls a row clean that has a text to be cleaned, nor bare one that keys must escape", () => {
    const row = fc.dictionary(TEXT, fc.oneof(TEXT, fc.integer(), fc.constant(null), fc.array(TEXT, { maxLength: 2 })));
    fc.assert(
      fc.property(row, fc.constantFrom(undefined, 1, "\t"), fc.boolean(), (row, space, isKnown) => {
        const text = JSON.stringify(row, null, space);
        const texts = Object.values(row)
          .flat()
          .filter((value): value is string => typeof value === "string");
        const isAscii = isKnown && Buffer.byteLength(text) === text.length;
        const found = readTexts(text, isAscii);
        if (found !== "odd") for (const each of texts) expect(each === "" || ALREADY_CLEAN.test(each)).toBe(true);
        if (found === "bare") for (const each of texts) expect(each).not.toMatch(/[|#\\]/);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["bare", '{"A":"an ordinary text","B":1,"C":"","D":null}'],
    ["clean", '{"A":"a|b","B":1}'],
    ["clean", '{"A":"#2","B":1}'],
    ["odd", '{"A":" a"}'],
    ["odd", '{"A":"a "}'],
    ["odd", '{"A":"a\\\\b"}'],
    ["odd", '{"A":"é"}'],
    ["odd", '{"A":"\u007f"}'],
  ])("calls a row %s: %s", (expected, text) => {
    expect(readTexts(text, false)).toBe(expected);
  });
});
