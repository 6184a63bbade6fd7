import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileList, compileText } from "../../../src/mapping/compile";
import { canonicalList } from "../../../src/mapping/hash-input";
import type { FieldMapping, TargetField } from "../../../src/mapping/model";
import { checkMapping } from "../../../src/mapping/settings";
import { isBlank } from "../../../src/mapping/types";
import { rowTextsReader } from "../../../src/sync/row-texts";
import { zonedToUtc } from "./intl-zones";
import { fieldOf } from "./map-one";

const readTexts = rowTextsReader({ byteLength: (text) => Buffer.byteLength(text) });

/** What the long way makes of a row, or "" for one with a problem or with a blank where the target requires a value. */
function longWay(fields: TargetField[], overrides: Record<string, FieldMapping>, row: Record<string, unknown>): string {
  const { list, problems } = compileList({ fields, overrides, timezone: "", zonedToUtc })(row, true);
  if (problems.length > 0 || fields.some((field, at) => field.required && isBlank(list[at] ?? null))) return "";
  return canonicalList(list, true);
}

const shortWay = (fields: TargetField[], overrides: Record<string, FieldMapping>, row: Record<string, unknown>) =>
  compileText({ fields, overrides, timezone: "", zonedToUtc })(row);

const FIELD = fc.record({
  name: fc.constantFrom("A", "B", "constructor", "a`${1}", 'q"]'),
  type: fc.constantFrom<TargetField["type"]>("text", "number", "bool", "date", "json", "select", "email"),
  required: fc.boolean(),
  multiple: fc.boolean(),
});
const OVERRIDE = fc.constantFrom<FieldMapping>(
  {},
  { from: "A" },
  { required: false },
  { required: true },
  { trim: false },
  { transforms: ["upper"] },
);
const VALUE = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    "x",
    "two words",
    "2025-12-08T09:39:14.893",
    "0001-01-01T00:00:00",
    "12.5",
    "1e3",
    "true",
  ),
  fc.constantFrom<unknown>(null, true, false, 0, -0, 10, 1.5, 1e21, 2 ** 53, -3e-7, [], ["b", "a"], {
    z: 1,
    a: [2],
  }),
  fc.double(),
  fc.string({ maxLength: 4 }),
);

describe("compileText", () => {
  it("makes of an ordinary row what the long way makes of it, and nothing of any other", () => {
    const ordinary = { count: 0 };
    const names = fc.constantFrom("A", "B", "constructor", "a`${1}", 'q"]');
    const fields = fc.uniqueArray(FIELD, { selector: ({ name }) => name, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fields,
        OVERRIDE,
        fc.dictionary(names, VALUE, { noNullPrototype: true }),
        (fields, override, sent) => {
          const text = JSON.stringify(sent);
          if (readTexts(text, false) === "odd") return;
          const row = JSON.parse(text) as Record<string, unknown>;
          const overrides = { [(fields[0] as TargetField).name]: override };
          if (checkMapping(overrides, fields).length > 0) return;
          const expected = longWay(fields, overrides, row);
          const made = shortWay(fields, overrides, row);
          if (made !== "") ordinary.count++;
          expect(["", expected]).toContain(made);
        },
      ),
      { numRuns: 5000 },
    );
    expect(ordinary.count).toBeGreaterThan(100);
  });

  it.each<[string, Partial<TargetField>, FieldMapping, unknown, string]>([
    ["a text", { type: "text" }, {}, "x", '["x"]'],
    ["no text", { type: "text" }, {}, null, '[""]'],
    ["an empty text", { type: "text" }, {}, "", '[""]'],
    ["a number", { type: "number" }, {}, 1.5, "[1.5]"],
    ["minus zero", { type: "number" }, {}, -0, "[0]"],
    ["no number", { type: "number" }, {}, "", "[0]"],
    ["a date", { type: "date" }, {}, "2025-12-08T09:39:14", '["2025-12-08 09:39:14.000Z"]'],
    ["no date", { type: "date" }, {}, null, '[""]'],
    ["a bool", { type: "bool" }, {}, true, "[true]"],
    ["JSON", { type: "json" }, {}, { b: 1, a: 2 }, '[{"a":2,"b":1}]'],
    ["no JSON", { type: "json" }, {}, null, "[null]"],
    ["a value with a step", { type: "text" }, { transforms: ["upper"] }, "x", '["X"]'],
  ])("takes %s", (_, field, override, value, expected) => {
    expect(shortWay([fieldOf("text", field)], { F: override }, { F: value })).toBe(expected);
  });

  it.each<[string, Partial<TargetField>, FieldMapping, unknown]>([
    ["a number in a text field", { type: "text" }, {}, 1],
    ["a text in a number field", { type: "number" }, {}, "1"],
    ["a number that may have lost digits", { type: "number" }, {}, 2 ** 53],
    ["an impossible date", { type: "date" }, {}, "2025-02-30"],
    ["an empty date that is written out", { type: "date" }, {}, "0001-01-01"],
    ["a required text that is missing", { type: "text", required: true }, {}, undefined],
    ["a required text that is empty", { type: "text", required: true }, {}, ""],
    ["a required number that is 0", { type: "number", required: true }, {}, 0],
    ["a required bool that is false", { type: "bool", required: true }, {}, false],
    ["a text that the mapping requires", { type: "text" }, { required: true }, ""],
    ["what has a default", { type: "text" }, { default: "d" }, null],
    ["a value that breaks a rule", { type: "text" }, { one_of: ["a"] }, "b"],
  ])("leaves %s to the long way", (_, field, override, value) => {
    expect(shortWay([fieldOf("text", field)], { F: override }, { F: value })).toBe("");
  });
});
