import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText } from "../../../src/mapping/strings";

describe("cleanText", () => {
  it.each<[string, string, string]>([
    ["plain text as it is", "AW-122573.1", "AW-122573.1"],
    ["inner spaces as they are", "two  words", "two  words"],
    ["a single character", "x", "x"],
    ["nothing", "", ""],
    ["outer spaces, tabs and line ends away", " \t a b \r\n", "a b"],
    ["a space before plain text away", " M12", "M12"],
    ["a space behind plain text away", "M12 ", "M12"],
    ["outer no-break spaces away", "\u00a0a\u00a0", "a"],
    ["only spaces to nothing", "   ", ""],
    ["a NUL away", "a\u0000b", "ab"],
    ["the last control character below the space away", "a\u001fb", "ab"],
    ["DEL and C1 controls away", "a\u007f\u0080\u009fb", "ab"],
    ["the first character above the controls kept", "a\u00a0b", "a\u00a0b"],
    ["an inner tab kept", "a\tb", "a\tb"],
    ["Windows line ends to \\n", "a\r\nb", "a\nb"],
    ["old Mac line ends to \\n", "a\rb\rc", "a\nb\nc"],
    ["two Windows line ends to two", "a\r\n\r\nb", "a\n\nb"],
    ["spaces behind a leading control character away", "\u0000 a", "a"],
    ["letters of other scripts kept", "فاتورة Größe 図面", "فاتورة Größe 図面"],
    ["characters beyond U+FFFF kept", "ok 👍", "ok 👍"],
  ])("turns %s", (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it("takes every control character away but tab and line feed", () => {
    for (let code = 0; code <= 0xa0; code++) {
      const character = String.fromCharCode(code);
      const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
      const expected = isControl && !"\t\n\r".includes(character) ? "" : character.replace("\r", "\n");
      expect([code, cleanText(`a${character}b`)]).toEqual([code, `a${expected}b`]);
    }
  });

  it("keeps outer spaces, but no control characters, when trim is off", () => {
    expect(cleanText(" a\u0000\r\n ", false)).toBe(" a\n ");
  });

  it("keeps every character of a very long text", () => {
    const text = `${"Ω 👍".repeat(100_000)}.`;
    expect(cleanText(` ${text}`)).toBe(text);
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, trim) => {
        const once = cleanText(text, trim);
        expect(cleanText(once, trim)).toBe(once);
      }),
    );
  });
});
