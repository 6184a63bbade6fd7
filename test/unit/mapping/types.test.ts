import { describe, expect, it } from "vitest";
import { compileMapping } from "../../../src/mapping/compile";
import type { FieldType } from "../../../src/mapping/model";
import { holdsObjects, isBlank } from "../../../src/mapping/types";
import { zonedToUtc } from "./intl-zones";
import { fieldOf, mapOne, outcome } from "./map-one";

const NOTHING: Record<FieldType, unknown> = {
  text: "",
  number: 0,
  bool: false,
  date: "",
  json: null,
  select: "",
  relation: "",
  email: "",
  url: "",
  editor: "",
  geoPoint: { lon: 0, lat: 0 },
  other: "",
};

describe.each(Object.entries(NOTHING) as Array<[FieldType, unknown]>)("nothing in a %s field", (type, empty) => {
  it.each([
    ["null", null],
    ["an empty text", ""],
    ["a missing field", undefined],
  ])("%s becomes the type's empty value", (_name, value) => {
    const mapped = mapOne(fieldOf(type), {}, value);
    expect(mapped).toEqual({ values: { F: empty }, problems: [] });
  });

  it("only white space is nothing too, except in json", () => {
    expect(outcome(mapOne(fieldOf(type), {}, " \t"))).toEqual(type === "json" ? " \t" : empty);
  });
});

it("nothing in a list field is a list of its own", () => {
  const field = fieldOf("select", { multiple: true });
  const map = compileMapping({ fields: [field], overrides: {}, timezone: "", zonedToUtc });
  const first = map({}).values.F;
  expect(first).toEqual([]);
  expect(map({}).values.F).not.toBe(first);
});

describe("text fields", () => {
  it.each<[string, unknown, unknown]>([
    ["a text", "abc", "abc"],
    ["a text with outer spaces", " abc ", "abc"],
    ["a numeric text as it is", "007", "007"],
    ["a number", 10.0, "10"],
    ["a small number without exponent", 1e-7, "0.0000001"],
    ["0", 0, "0"],
    ["minus zero", -0, "0"],
    ["true", true, "true"],
    ["false", false, "false"],
    ["the longest safe number", 9007199254740991, "9007199254740991"],
    ["a long id as text", "9007199254740993", "9007199254740993"],
    ["a number that may have lost digits", 9007199254740992, "normalize digits_lost"],
    ["a negative one", JSON.parse("-9007199254740993"), "normalize digits_lost"],
    ["a list", ["a"], "normalize not_text"],
    ["an object", { a: 1 }, "normalize not_text"],
    ["infinity, as JSON.parse makes of 1e999", Number.POSITIVE_INFINITY, "normalize not_text"],
  ])("take %s", (_name, value, expected) => {
    for (const type of ["text", "editor", "relation"] as const)
      expect(outcome(mapOne(fieldOf(type), {}, value))).toBe(expected);
  });
});

describe("number fields", () => {
  it.each<[string, unknown, unknown]>([
    ["a number", 1.5, 1.5],
    ["0", 0, 0],
    ["minus zero as 0", -0, 0],
    ["a numeric text", "10,000", 10000],
    ["true as 1", true, 1],
    ["false as 0", false, 0],
    ["the longest safe number", 9007199254740991, 9007199254740991],
    ["an id beyond 2^53", 9007199254740992, "normalize digits_lost"],
    ["an id below -2^53", -9007199254740992, "normalize digits_lost"],
    ["infinity", Number.POSITIVE_INFINITY, "normalize digits_lost"],
    ["a word", "ten", "normalize not_a_number"],
    ["a list", [1], "normalize not_a_number"],
    ["an object", {}, "normalize not_a_number"],
  ])("take %s", (_name, value, expected) => {
    expect(outcome(mapOne(fieldOf("number"), {}, value))).toBe(expected);
  });
});

describe("bool fields", () => {
  it.each<[unknown, unknown]>([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    ["TRUE", true],
    [" yes ", true],
    ["Y", true],
    ["t", true],
    ["on", true],
    ["1", true],
    ["X", true],
    ["False", false],
    ["no", false],
    ["N", false],
    ["f", false],
    ["off", false],
    ["0", false],
    [2, "normalize not_a_bool"],
    [-1, "normalize not_a_bool"],
    ["maybe", "normalize not_a_bool"],
    ["10", "normalize not_a_bool"],
    [[], "normalize not_a_bool"],
    [{}, "normalize not_a_bool"],
  ])("take %j: %j", (value, expected) => {
    expect(outcome(mapOne(fieldOf("bool"), {}, value))).toBe(expected);
  });
});

describe("date fields", () => {
  it.each<[unknown, unknown]>([
    ["2025-12-08", "2025-12-08 00:00:00.000Z"],
    ["2025-12-08\u0000", "2025-12-08 00:00:00.000Z"],
    ["0001-01-01T00:00:00", ""],
    [20251208, "normalize not_a_date"],
    [1733650754893, "normalize not_a_date"],
    [JSON.parse("9007199254740993"), "normalize digits_lost"],
    [true, "normalize not_a_date"],
    [["2025-12-08"], "normalize not_a_date"],
    [{}, "normalize not_a_date"],
  ])("take %j: %j", (value, expected) => {
    expect(outcome(mapOne(fieldOf("date"), {}, value))).toBe(expected);
  });

  it("read the digits of a number when the formats say how", () => {
    expect(outcome(mapOne(fieldOf("date"), { formats: ["YYYYMMDD"] }, 20251208))).toBe("2025-12-08 00:00:00.000Z");
    expect(outcome(mapOne(fieldOf("date"), { formats: ["epoch_ms"] }, 1733650754893))).toBe("2024-12-08 09:39:14.893Z");
    expect(outcome(mapOne(fieldOf("date"), { formats: ["epoch_ms"] }, 1.5))).toBe("normalize not_a_date");
  });
});

describe("json fields", () => {
  it.each([[{ a: [1, null] }], [[]], ["text "], [0], [false], [1.5]])("take %j as it is", (value) => {
    expect(outcome(mapOne(fieldOf("json"), {}, value))).toEqual(value);
  });
});

describe("fields of a type we do not know", () => {
  it.each([
    [" a ", "a"],
    [5, "5"],
    [
      { lon: 1, lat: 2 },
      { lon: 1, lat: 2 },
    ],
    [["a"], ["a"]],
  ])("take %j as %j", (value, expected) => {
    expect(outcome(mapOne(fieldOf("other"), {}, value))).toEqual(expected);
  });
});

describe("list fields", () => {
  it.each<[string, unknown, unknown]>([
    ["a list", ["a", "b"], ["a", "b"]],
    ["one value as a list of one", "a", ["a"]],
    ["numbers as texts", [1, 2], ["1", "2"]],
    ["no nothings", ["a", null, "", " "], ["a"]],
    ["each value once", ["a", " a", "b"], ["a", "b"]],
    ["an empty list", [], []],
    ["no lists in lists", [["a"]], "normalize not_text"],
    ["no objects", [{ a: 1 }], "normalize not_text"],
  ])("take %s", (_name, value, expected) => {
    expect(outcome(mapOne(fieldOf("relation", { multiple: true }), {}, value))).toEqual(expected);
  });
});

it.each<[FieldType, boolean, boolean]>([
  ["json", false, true],
  ["other", false, true],
  ["select", true, true],
  ["relation", true, true],
  ["other", true, true],
  ["select", false, false],
  ["text", true, false],
  ["number", false, false],
])("a %s field (many: %j) may hold lists or objects: %j", (type, multiple, expected) => {
  expect(holdsObjects(fieldOf(type, { multiple }))).toBe(expected);
});

it.each([
  [null, true],
  ["", true],
  [0, true],
  [false, true],
  [[], true],
  [{}, true],
  ["0", false],
  [-1, false],
  [true, false],
  [[0], false],
  [{ a: null }, false],
])("%j counts as empty in PocketBase: %j", (value, expected) => {
  expect(isBlank(value)).toBe(expected);
});

it("takes one value as a list of one in an unknown type that holds many", () => {
  expect(outcome(mapOne(fieldOf("other", { multiple: true }), {}, "a"))).toEqual(["a"]);
});

describe("a value of the wrong kind is called what it is", () => {
  it.each<[FieldType, unknown, string]>([
    ["text", ["a"], 'F: ["a"] is a list; expected a text, a number or a bool'],
    ["text", { a: 1 }, 'F: {"a":1} is an object; expected a text, a number or a bool'],
    ["number", [], "F: [] is a list; expected a number such as 1,234.50"],
    ["date", true, "F: true is a bool; expected a date as text"],
    [
      "text",
      Number.POSITIVE_INFINITY,
      "F: Infinity is not a value that JSON can hold; expected a text, a number or a bool",
    ],
  ])("in a %s field: %j", (type, value, message) => {
    expect(mapOne(fieldOf(type), {}, value).problems[0]?.message).toBe(message);
  });
});

describe("geoPoint fields", () => {
  it.each([
    [
      { lon: 32.9, lat: 24.1 },
      { lon: 32.9, lat: 24.1 },
    ],
    [
      { lat: -90, lon: 180, alt: 5 },
      { lon: 180, lat: -90 },
    ],
    ['{"lon": 1, "lat": 2}', { lon: 1, lat: 2 }],
    ["24.1,32.9", "normalize not_a_point"],
    [[32.9, 24.1], "normalize not_a_point"],
    [5, "normalize not_a_point"],
    [{ lon: "32.9", lat: "24.1" }, "normalize not_a_point"],
    [{ lat: 1 }, "normalize not_a_point"],
    [{ lon: 181, lat: 1 }, "normalize not_a_point"],
  ])("take %j: %j", (value, expected) => {
    expect(outcome(mapOne(fieldOf("geoPoint"), {}, value))).toEqual(expected);
  });
});

describe("select, email and url fields", () => {
  const select = fieldOf("select", { values: ["R", "F"] });
  it.each([
    [select, "R", "R"],
    [select, "r", "validate not_in_select"],
    [select, null, ""],
    [fieldOf("select", { values: ["R"] }), "X", "validate not_in_select"],
    [fieldOf("select", { values: [] }), "anything", "anything"],
    [fieldOf("select", { values: ["1", "2"], multiple: true }), [1, "2"], ["1", "2"]],
    [fieldOf("select", { values: ["1", "2"], multiple: true }), ["1", "3"], "validate not_in_select"],
    [fieldOf("email"), "a@b", "a@b"],
    [fieldOf("email"), "ab.c@de.fg", "ab.c@de.fg"],
    [fieldOf("email"), "a b@c", "validate not_an_email"],
    [fieldOf("email"), "@b", "validate not_an_email"],
    [fieldOf("email"), "a.b", "validate not_an_email"],
    [fieldOf("email"), "a@b c", "validate not_an_email"],
    [fieldOf("email"), "a@b@c", "validate not_an_email"],
    [fieldOf("url"), "https://a.b/c", "https://a.b/c"],
    [fieldOf("url"), "https://a.b/c d", "validate not_a_url"],
  ])("%o takes %j: %j", (field, value, expected) => {
    expect(outcome(mapOne(field, {}, value))).toEqual(expected);
  });
});
