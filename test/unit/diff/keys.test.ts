import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseOf, encodeKey, keyOf, withOrdinal } from "../../../src/diff/keys";
import { dateReader } from "../../../src/mapping/dates";

describe("encodeKey", () => {
  it.each<[string, unknown[], string]>([
    ["texts joined with |", ["BOM", "W", "AW-122573.1"], "BOM|W|AW-122573.1"],
    ["text without its outer white space", ["  a b \t\n"], "a b"],
    ["| escaped", ["a|b", "c"], "a\\|b|c"],
    ["# escaped", ["a#2"], "a\\#2"],
    ["a backslash escaped", ["a\\"], "a\\\\"],
    ["whole numbers", [10, 0, -3], "10|0|-3"],
    ["10.0 and 1e1 as 10", [10.0, 1e1], "10|10"],
    ["decimals", [1.5, 0.1], "1.5|0.1"],
    ["small numbers without exponent", [1e-7], "0.0000001"],
    ["minus zero as 0", [-0], "0"],
    ["numeric text as text", ["010", "1e1", "10.0"], "010|1e1|10.0"],
    ["bools", [true, false], "true|false"],
    ["null, missing and empty text alike", ["a", null, undefined, "", "  "], "a||||"],
    ["an empty first part", [null, "a"], "|a"],
    ["the longest safe number", [9007199254740991], "9007199254740991"],
    ["a longer id as text", ["9007199254740993"], "9007199254740993"],
    ["letters of other scripts", ["فاتورة", "👍"], "فاتورة|👍"],
  ])("writes %s", (_name, parts, expected) => {
    expect(encodeKey(parts)).toBe(expected);
  });

  it.each<[string, unknown[], string]>([
    ["no parts", [], "key [] is empty"],
    ["only empty parts", [null, "", " "], 'key [null,""," "] is empty; expected at least one part with a value'],
    [
      "an object",
      [{ a: 1 }],
      'key part {"a":1} cannot be part of a key; expected a text, a number, true, false or null',
    ],
    ["a list", [["a"]], 'key part ["a"] cannot be part of a key'],
    ["infinity", [Number.POSITIVE_INFINITY], "key part Infinity cannot be part of a key"],
    [
      "2^53, which 2^53 + 1 is read as",
      [JSON.parse("9007199254740993")],
      "key part 9007199254740992 is beyond 9007199254740991",
    ],
    ["-2^53", [-9007199254740992], "loses its last digits; expected a smaller number, or the id as text"],
  ])("refuses %s", (_name, parts, expected) => {
    expect(() => encodeKey(parts)).toThrow(expected);
  });

  it("is injective, apart from the equalities it promises", () => {
    const character = fc.constantFrom("|", "\\", "#", "a", "1", "0", " ", "2", ".");
    const part = fc.oneof(
      fc.string({ unit: character, maxLength: 5 }),
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.integer({ min: -20, max: 20 }),
      fc.integer().map((hundredths) => hundredths / 100),
      fc.constantFrom(null, undefined, true, false),
    );
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    const plain = (value: unknown) => String(value === 0 ? 0 : (value ?? "")).trim();
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [a, b] = [one.map(plain), other.map(plain)];
        fc.pre(a.join("") !== "" && b.join("") !== "");
        expect(encodeKey(one) === encodeKey(other)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 2000 },
    );
  });

  it("can be taken apart again", () => {
    const part = fc.string({ unit: fc.constantFrom("|", "\\", "#", "a", "2"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 12 }), (parts, n) => {
        fc.pre(parts.join("") !== "");
        const base = baseOf(withOrdinal(encodeKey(parts), n));
        const apart = base.replace(/\\(.)|\|/g, (_all, escaped: string | undefined) => escaped ?? "\n");
        expect(apart.split("\n")).toEqual(parts);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("keyOf", () => {
  it.each<[string, unknown, string[], string]>([
    ["the fields in the order asked for", { B: 2, A: "a" }, ["A", "B"], "a|2"],
    ["0 as a value", { A: 0 }, ["A"], "0"],
    ["a field that is missing as empty", { A: "a" }, ["A", "B"], "a|"],
    ["nothing that an object inherits", { A: "a" }, ["A", "constructor"], "a|"],
  ])("takes %s", (_name, row, fields, key) => {
    expect(keyOf(row, fields)).toEqual({ ok: true, key });
  });

  it.each<[string, unknown, string[], string, unknown, string]>([
    [
      "a row without any key field",
      { C: 1 },
      ["A", "B"],
      "A",
      undefined,
      "the row has none of the key fields A, B; expected at least one (check key_fields, group_fields and the rows path)",
    ],
    [
      "a row with empty key fields only",
      { A: null, B: "" },
      ["A", "B"],
      "A",
      undefined,
      "all key fields (A, B) are empty; expected a value in at least one",
    ],
    [
      "a number that may have lost digits",
      { A: "a", B: JSON.parse("9007199254740993") },
      ["A", "B"],
      "B",
      9007199254740992,
      "key field B: 9007199254740992 is beyond 9007199254740991, where a number loses its last digits; " +
        "expected a smaller number, or the id as text: have the ERP send it in quotation marks",
    ],
    [
      "an object",
      { A: {} },
      ["A"],
      "A",
      {},
      "key field A: {} cannot be part of a key; expected a text, a number, true, false or null",
    ],
    [
      "a row that is a list",
      ["a"],
      ["A"],
      "A",
      ["a"],
      'row ["a"] is not an object; expected one with the key fields A',
    ],
    ["a row that is null", null, ["A"], "A", null, "row null is not an object"],
    ["a row that is a text", "a", ["A"], "A", "a", 'row "a" is not an object'],
    ["no key fields", { A: 1 }, [], "", undefined, "the row has none of the key fields"],
  ])("refuses %s", (_name, row, fields, field, value, message) => {
    const result = keyOf(row, fields);
    expect(result).toMatchObject({ ok: false, field, message: expect.stringContaining(message) });
    expect(result).toHaveProperty("value", value);
  });
});

describe("ordinals", () => {
  it.each([
    ["a", 1, "a"],
    ["a", 2, "a#2"],
    ["a\\#2", 3, "a\\#2#3"],
  ])("%s with ordinal %d is %s", (key, n, erpId) => {
    expect(withOrdinal(key, n)).toBe(erpId);
    expect(baseOf(erpId)).toBe(key);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse %d", (n) => {
    expect(() => withOrdinal("a", n)).toThrow(`ordinal ${n} of key "a" is not a whole number from 1 on`);
  });

  it.each([
    ["a\\#2", "a\\#2"],
    ["a\\\\#2", "a\\\\"],
    ["a\\\\\\#2", "a\\\\\\#2"],
    ["a#2#3", "a#2"],
    ["a#x", "a#x"],
    ["a#", "a#"],
    ["a", "a"],
    ["", ""],
  ])("baseOf(%s) is %s", (erpId, base) => {
    expect(baseOf(erpId)).toBe(base);
  });

  it("come off every key as they were put on", () => {
    const part = fc.string({ unit: fc.constantFrom("#", "\\", "|", "1", "2", "a"), minLength: 1 });
    fc.assert(
      fc.property(part, fc.integer({ min: 1, max: 1000 }), (text, n) => {
        const key = encodeKey([text]);
        expect(baseOf(withOrdinal(key, n))).toBe(key);
      }),
    );
  });
});

describe("keyOf with a time window", () => {
  const utc = dateReader({ timezone: "UTC", zonedToUtc: () => 0 });
  const key = (at: unknown, minutes = 5) => keyOf({ id: 7, at }, ["id", { field: "at", bucket_minutes: minutes }], utc);

  it.each<[string, unknown, number, string]>([
    ["the first moment of a window", "2025-12-08T10:20:00", 5, "7|2025-12-08T10:20Z"],
    ["the last moment of a window", "2025-12-08T10:24:59.999", 5, "7|2025-12-08T10:20Z"],
    ["the first moment of the next", "2025-12-08T10:25:00", 5, "7|2025-12-08T10:25Z"],
    ["a date of another zone, in UTC", "2025-12-08T02:02:00+04:00", 60, "7|2025-12-07T22:00Z"],
    ["a whole day, which begins at midnight UTC", "2025-12-08T23:59:59", 1440, "7|2025-12-08T00:00Z"],
    ["a date before 1970, downwards", "1969-12-31T23:59:00", 5, "7|1969-12-31T23:55Z"],
    ["milliseconds in JSON's old form", "/Date(1765189199999)/", 5, "7|2025-12-08T10:15Z"],
    ["outer white space", " 2025-12-08T10:21:00 ", 5, "7|2025-12-08T10:20Z"],
    ["no date as nothing", null, 5, "7|"],
    ["an empty date of a database as nothing", "0001-01-01", 5, "7|"],
  ])("takes %s", (_name, at, minutes, expected) => {
    expect(key(at, minutes)).toEqual({ ok: true, key: expected });
  });

  it.each<[unknown, string]>([
    ["tomorrow", 'key field at: "tomorrow" is not a date in a known form; expected a date such as'],
    ["2025-02-30T10:00:00", "is a date or time that does not exist"],
    [true, "key field at: true is a bool; expected a date as text"],
  ])("refuses %j", (at, message) => {
    expect(key(at)).toMatchObject({ ok: false, field: "at", value: at, message: expect.stringContaining(message) });
  });

  it("puts two moments into one window exactly when they are in the same multiple of its length", () => {
    const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 1200 }),
        fc.constantFrom(1, 5, 15, 60, 1440),
        (ms, more, minutes) => {
          const other = ms + more * 1000;
          const same = Math.floor(ms / (minutes * 60_000)) === Math.floor(other / (minutes * 60_000));
          const [one, two] = [ms, other].map((time) => key(new Date(time).toISOString(), minutes));
          expect(JSON.stringify(one) === JSON.stringify(two)).toBe(same);
        },
      ),
    );
  });
});
