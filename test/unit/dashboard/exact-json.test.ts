import fc from "fast-check";
import { expect, it } from "vitest";
import { formatExact, formatValue, parseExact } from "../../../src/dashboard/model/exact-json";

it("keeps the digits of a number that JavaScript would round or write otherwise", () => {
  const text =
    '{\n  "id": 9007199254740993,\n  "qty": 10.0,\n  "far": 1.5e400,\n  "note": "9007199254740993 \\"10.0\\""\n}';
  expect(formatExact(parseExact(text))).toBe(text);
});

it("gives back any JSON as it was", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(formatExact(parseExact(text)))).toEqual(JSON.parse(text));
    }),
  );
});

it("shows values so that empty text can be told from nothing, and ids with all their digits", () => {
  const { id } = parseExact('{"id": 9007199254740993}') as { id: unknown };
  expect(["", "10", 10, false, null, { a: 1 }, id].map(formatValue)).toEqual([
    "“”",
    "“10”",
    "10",
    "false",
    "nothing",
    '{\n  "a": 1\n}',
    "9007199254740993",
  ]);
});

it("says of text that is no JSON that it is none", () => {
  expect(() => parseExact('{"a": ')).toThrow(SyntaxError);
});
