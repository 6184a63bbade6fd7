import { describe, expect, it } from "vitest";
import type { TargetField } from "../../../src/mapping/model";
import { checkMapping } from "../../../src/mapping/settings";

const FIELDS: TargetField[] = [
  { name: "T", type: "text", required: false },
  { name: "N", type: "number", required: false },
  { name: "NEEDED", type: "number", required: true },
  { name: "B", type: "bool", required: false },
  { name: "D", type: "date", required: false },
  { name: "J", type: "json", required: false },
  { name: "S", type: "select", required: false, values: ["R", "F"] },
  { name: "L", type: "select", required: false, values: ["R", "F"], multiple: true },
  { name: "R", type: "relation", required: false },
  { name: "U", type: "url", required: false },
  { name: "E", type: "editor", required: false },
  { name: "O", type: "other", required: false },
];

function faults(mapping: unknown, fields: TargetField[] | null = FIELDS): string[] {
  return checkMapping(mapping, fields).map(({ path, message }) => `${path}: ${message}`);
}

describe("checkMapping accepts", () => {
  it.each([[null], [undefined], [""], [{}]])("%j as no mapping", (mapping) => {
    expect(faults(mapping)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["a field without options", { T: {} }],
    ["skip", { T: { skip: true }, N: { skip: false } }],
    ["from", { T: { from: "ERP FIELD" } }],
    ["trim", { T: { trim: false } }],
    [
      "transforms",
      { T: { transforms: ["trim", "upper", "lower", "digits", "strip_leading_zeros", "collapse_spaces"] } },
    ],
    ["text transforms of other types", { B: { transforms: ["trim"] }, D: { transforms: ["upper"] } }],
    [
      "options of texts on every type of text",
      {
        U: { trim: false, pattern: "x", min: 1, one_of: ["x"] },
        E: { trim: false, pattern: "x", max: 1, one_of: ["x"] },
        O: { trim: false, pattern: "x", lookup: { collection: "c", field: "f" } },
      },
    ],
    ["number transforms", { N: { transforms: ["digits", "abs", "negate", "round:0", "round:10"] } }],
    [
      "default",
      {
        T: { default: "x" },
        N: { default: 0 },
        B: { default: true },
        D: { default: "2025-01-01" },
        J: { default: [] },
      },
    ],
    ["a default among the values", { S: { default: "R" }, L: { default: ["R", "F"] } }],
    ["null as a default", { T: { default: null } }],
    ["nothing as a default beside rules", { T: { default: "", min: 1, pattern: "x" }, N: { default: null, min: 1 } }],
    ["required", { T: { required: true }, NEEDED: { required: false } }],
    ["locale", { N: { locale: "de-CH" } }],
    ["formats", { D: { formats: ["DD.MM.YYYY HH:mm", "iso", "epoch_ms"] } }],
    ["min and max", { N: { min: -1, max: 1.5 }, T: { min: 0, max: 5 }, D: { min: "2020-01-01", max: "2030-01-01" } }],
    ["equal min and max", { N: { min: 1, max: 1 } }],
    ["limits that compare as numbers, not as texts", { N: { min: 9, max: 10 } }],
    ["one_of", { T: { one_of: ["a", ""] }, N: { one_of: [1, 2] } }],
    ["lookup", { R: { lookup: { collection: "orders", field: "order_no" } } }],
  ])("%s", (_name, mapping) => {
    expect(faults(mapping)).toEqual([]);
    expect(faults(mapping, null)).toEqual([]);
  });
});

describe("checkMapping refuses, whether the target is known or not", () => {
  it.each<[string, unknown, string]>([
    ["a list", [], 'mapping: [] is not a mapping; expected an object such as {"QTY": {"from": "BOM_QTY"}}'],
    ["a text", "T", 'mapping: "T" is not a mapping; expected an object'],
    [
      "a field's mapping that is a text",
      { T: "X" },
      'mapping.T: "X" is not a field\'s mapping; expected an object such as {"from": "BOM_QTY"}',
    ],
    ["a field's mapping that is null", { T: null }, "mapping.T: null is not a field's mapping"],
    ["a field's mapping that is a list", { T: [] }, "mapping.T: [] is not a field's mapping"],
    ["a skip that is a text", { T: { skip: "yes" } }, 'mapping.T.skip: "yes" is not a bool; expected true or false'],
    [
      "an unknown option",
      { T: { form: "X" } },
      'mapping.T.form: "form" is not an option; expected one of skip, from, trim, transforms, default',
    ],
    [
      "an inherited name as an option",
      { T: { constructor: 1 } },
      'mapping.T.constructor: "constructor" is not an option',
    ],
    ["an empty from", { T: { from: " " } }, 'mapping.T.from: " " is not the name of an ERP field; expected a text'],
    ["a from that is a number", { T: { from: 1 } }, "mapping.T.from: 1 is not the name"],
    ["trim that is a text", { T: { trim: "yes" } }, 'mapping.T.trim: "yes" is not a bool; expected true or false'],
    ["required that is a number", { T: { required: 1 } }, "mapping.T.required: 1 is not a bool"],
    [
      "an unknown transform",
      { T: { transforms: ["trim", "uper"] } },
      'mapping.T.transforms[1]: "uper" is not a transform; expected one of trim, upper, lower, digits, ' +
        "strip_leading_zeros, collapse_spaces, abs, negate, round:n (n from 0 to 10)",
    ],
    [
      "an inherited name as a transform",
      { T: { transforms: ["toString"] } },
      'mapping.T.transforms[0]: "toString" is not a transform',
    ],
    [
      "round to too many digits",
      { N: { transforms: ["round:11"] } },
      'mapping.N.transforms[0]: "round:11" is not a transform',
    ],
    [
      "a transform that only ends like one",
      { N: { transforms: ["xround:2"] } },
      'mapping.N.transforms[0]: "xround:2" is not a transform',
    ],
    ["round without digits", { N: { transforms: ["round"] } }, 'mapping.N.transforms[0]: "round" is not a transform'],
    [
      "transforms that are a text",
      { T: { transforms: "upper" } },
      'mapping.T.transforms: "upper" is not a list with entries; expected a list of transform names',
    ],
    ["no transforms", { T: { transforms: [] } }, "mapping.T.transforms: [] is not a list with entries"],
    [
      "an unknown locale",
      { N: { locale: "klingon" } },
      'mapping.N.locale: "klingon" is not a known locale; expected one such as "en"',
    ],
    ["a locale that is a number", { N: { locale: 5 } }, "mapping.N.locale: 5 is not a known locale"],
    [
      "a bad format",
      { D: { formats: ["DD.MM"] } },
      'mapping.D.formats[0]: "DD.MM" is not a date format: it lacks the year; ' +
        "expected a format such as DD.MM.YYYY HH:mm, or iso, json_date, epoch_ms, epoch_s",
    ],
    ["a format that is a number", { D: { formats: [1] } }, "mapping.D.formats[0]: 1 is not a date format; expected"],
    [
      "a limit that is a list",
      { N: { min: [] } },
      "mapping.N.min: [] is not a limit; expected a number, or a date as text",
    ],
    ["a limit beyond all numbers", { N: { max: Number.POSITIVE_INFINITY } }, "mapping.N.max: Infinity is not a limit"],
    ["an empty limit", { D: { max: "" } }, 'mapping.D.max: "" is not a limit'],
    [
      "no one_of",
      { T: { one_of: [] } },
      "mapping.T.one_of: [] is not a list with entries; expected a list of texts or numbers",
    ],
    [
      "a list in one_of",
      { T: { one_of: [["a"]] } },
      'mapping.T.one_of[0]: ["a"] cannot be compared; expected a text or a number',
    ],
    [
      "a lookup that is a text",
      { R: { lookup: "orders" } },
      'mapping.R.lookup: "orders" is not a lookup; expected an object such as {"collection": "orders"',
    ],
    ["a lookup that is null", { R: { lookup: null } }, "mapping.R.lookup: null is not a lookup"],
    ["a lookup that is a list", { R: { lookup: [] } }, "mapping.R.lookup: [] is not a lookup"],
    [
      "a lookup without a collection",
      { R: { lookup: { field: "x" } } },
      "mapping.R.lookup.collection: a missing value is not the name of a collection",
    ],
    [
      "a lookup without a field",
      { R: { lookup: { collection: "x", field: "" } } },
      'mapping.R.lookup.field: "" is not the name of a field',
    ],
    [
      "an unknown option of a lookup",
      { R: { lookup: { collection: "x", field: "y", by: 1 } } },
      'mapping.R.lookup.by: "by" is not an option of a lookup; expected collection and field',
    ],
    ["min above max", { N: { min: 10, max: 9 } }, "mapping.N.min: 10 is more than max; expected at most 9"],
    [
      "a first date after the last",
      { D: { min: "2030-01-01", max: "2020-01-01" } },
      'mapping.D.min: "2030-01-01" is more than max; expected at most 2020-01-01',
    ],
  ])("%s", (_name, mapping, expected) => {
    for (const fields of [FIELDS, null]) {
      const found = faults(mapping, fields);
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(expected);
    }
  });
});

describe("checkMapping refuses, for a known target", () => {
  it.each<[string, unknown, string]>([
    [
      "an unknown field",
      { X: {} },
      'mapping.X: "X" is not a field of the target collection; expected one of T, N, NEEDED',
    ],
    [
      "an option of another type",
      { B: { min: 1 } },
      "mapping.B.min: 1 does not suit a bool field; expected min on a field of type text, email",
    ],
    ["a max on a bool field", { B: { max: 1 } }, "mapping.B.max: 1 does not suit a bool field"],
    ["trim on a number field", { N: { trim: false } }, "mapping.N.trim: false does not suit a number field"],
    ["one_of on a date field", { D: { one_of: ["x"] } }, 'mapping.D.one_of: ["x"] does not suit a date field'],
    ["a bad limit once, also beside a default", { N: { min: "x", default: 1 } }, 'mapping.N.min: "x" is not a limit'],
    ["formats on a text field", { T: { formats: ["iso"] } }, 'mapping.T.formats: ["iso"] does not suit a text field'],
    ["a locale on a date field", { D: { locale: "de" } }, 'mapping.D.locale: "de" does not suit a date field'],
    ["a pattern on a number field", { N: { pattern: "1" } }, 'mapping.N.pattern: "1" does not suit a number field'],
    ["a lookup on a number field", { N: { lookup: { collection: "c", field: "f" } } }, "does not suit a number field"],
    ["transforms of json", { J: { transforms: ["trim"] } }, "mapping.J.transforms"],
    [
      "number transforms on a text field",
      { T: { transforms: ["trim", "abs"] } },
      'mapping.T.transforms[1]: "abs" does not suit a text field; expected a transform of texts',
    ],
    [
      "texts in one_of of a number field",
      { N: { one_of: [1, "2"] } },
      'mapping.N.one_of[1]: "2" does not suit a number field; expected a number',
    ],
    [
      "numbers in one_of of a text field",
      { T: { one_of: [1] } },
      "mapping.T.one_of[0]: 1 does not suit a text field; expected a text",
    ],
    [
      "a date as the limit of a number",
      { N: { min: "2020-01-01" } },
      'mapping.N.min: "2020-01-01" is not a limit for this field; expected a number',
    ],
    [
      "a negative length",
      { T: { max: -1 } },
      "mapping.T.max: -1 is not a limit for this field; expected a count from 0 on",
    ],
    ["a length with decimals", { T: { max: 1.5 } }, "mapping.T.max: 1.5 is not a limit for this field"],
    ["a number as the limit of a date", { D: { min: 5 } }, "mapping.D.min: 5 is not a date in a known form"],
    [
      "an impossible date as a limit",
      { D: { max: "2025-02-30" } },
      'mapping.D.max: "2025-02-30" is a date or time that does not exist',
    ],
    [
      "a default that is not of the type",
      { N: { default: "abc" } },
      'mapping.N.default: "abc" is not a number; expected a number such as 1,234.50',
    ],
    [
      "a default that breaks a rule",
      { N: { default: 5, max: 4 } },
      "mapping.N.default: 5 is too big; expected at most 4",
    ],
    [
      "a default outside the select's values",
      { S: { default: "X" } },
      'mapping.S.default: "X" is not among the field\'s values; expected one of "R", "F"',
    ],
    [
      "a default that PocketBase counts as empty",
      { NEEDED: { default: 0 } },
      "mapping.NEEDED.default: 0 counts as empty in PocketBase",
    ],
  ])("%s", (_name, mapping, expected) => {
    const found = faults(mapping);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it("all faults at once, each under its path", () => {
    const mapping = { X: {}, T: { trim: 1, pattern: "(" }, N: { locale: "??" } };
    expect(checkMapping(mapping, FIELDS).map(({ path }) => path)).toEqual([
      "mapping.X",
      "mapping.T.trim",
      "mapping.T.pattern",
      "mapping.N.locale",
    ]);
  });

  it("names up to twelve fields, and a few of more", () => {
    const many = Array.from({ length: 13 }, (_, i): TargetField => ({ name: `F${i}`, type: "text", required: false }));
    expect(faults({ X: {} }, many)[0]).toMatch(/expected one of its 13 fields, such as F0, F1, F2$/);
    expect(faults({ X: {} }, many.slice(0, 12))[0]).toMatch(/expected one of F0, F1, F2, .*, F10, F11$/);
  });
});
