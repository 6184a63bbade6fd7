import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTexts } from "../../../src/sync/packed-texts";

const byteLength = (text: string) => Buffer.byteLength(text);

describe("packTexts", () => {
  it("tells where the bytes of each text are, whatever its characters", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom("a", '"', "é", "€", "😀", "\u0000") })), (texts) => {
        const { packed, starts, lengths } = packTexts({ byteLength }, texts);
        const bytes = Buffer.from(packed);
        const read = texts.map((_, at) => {
          const start = (starts[at] ?? 0) - 1;
          return bytes.subarray(start, start + (lengths[at] ?? 0)).toString();
        });
        expect(read).toEqual(texts);
      }),
    );
  });
});
