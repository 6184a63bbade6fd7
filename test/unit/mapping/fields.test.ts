import { describe, expect, it } from "vitest";
import type { FieldMapping, Lookup, TargetField } from "../../../src/mapping/model";
import { fieldOf, mapOne, outcome } from "./map-one";

const text = fieldOf("text");
const number = fieldOf("number");
const date = fieldOf("date");
const list = fieldOf("select", { multiple: true });

type Case = [string, TargetField, FieldMapping, unknown, unknown];

describe("transforms", () => {
  it.each<Case>([
    ["trim", text, { trim: false, transforms: ["trim"] }, " a ", "a"],
    ["upper", text, { transforms: ["upper"] }, "aß-1", "ASS-1"],
    ["lower", text, { transforms: ["lower"] }, "AbC", "abc"],
    ["digits", text, { transforms: ["digits"] }, "AW-122573.1", "1225731"],
    ["digits that leave nothing", text, { transforms: ["digits"] }, "none", ""],
    ["strip_leading_zeros", text, { transforms: ["strip_leading_zeros"] }, "00120", "120"],
    ["strip_leading_zeros of only zeros", text, { transforms: ["strip_leading_zeros"] }, "000", "0"],
    ["strip_leading_zeros before letters", text, { transforms: ["strip_leading_zeros"] }, "00A1", "A1"],
    ["strip_leading_zeros before nothing else", text, { transforms: ["strip_leading_zeros"] }, "0-1", "0-1"],
    ["strip_leading_zeros of a decimal", text, { transforms: ["strip_leading_zeros"] }, "0.5", "0.5"],
    ["collapse_spaces", text, { transforms: ["collapse_spaces"] }, "a  b\t\nc", "a b c"],
    ["text steps in their order", text, { transforms: ["strip_leading_zeros", "digits"] }, "A007", "007"],
    ["text steps in the other order", text, { transforms: ["digits", "strip_leading_zeros"] }, "A007", "7"],
    ["text steps on a number", text, { transforms: ["digits"] }, -1.5, "15"],
    ["text steps before a number is read", number, { transforms: ["digits"] }, "12 pcs", 12],
    ["text steps on each entry", list, { transforms: ["upper"] }, ["a", "A", "b"], ["A", "B"]],
    [
      "text steps before a date is read",
      date,
      { transforms: ["upper"] },
      "2025-12-08t10:00",
      "2025-12-08 10:00:00.000Z",
    ],
    ["text steps on a list in a text field", text, { transforms: ["upper"] }, [1], "normalize not_text"],
    ["number steps on what is no number", number, { transforms: ["abs"] }, "x", "normalize not_a_number"],
    ["text steps on a list in a number field", number, { transforms: ["digits"] }, [1], "normalize not_text"],
    ["abs", number, { transforms: ["abs"] }, -5, 5],
    ["negate", number, { transforms: ["negate"] }, 5, -5],
    ["negate of 0", number, { transforms: ["negate"] }, 0, 0],
    ["round:0", number, { transforms: ["round:0"] }, 2.5, 3],
    ["round:2", number, { transforms: ["round:2"] }, "1.005", 1.01],
    ["number steps in their order", number, { transforms: ["abs", "negate"] }, -5, -5],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toEqual(expected);
  });
});

it("strips leading zeros before every letter and digit", () => {
  for (const first of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
    const mapped = mapOne(text, { transforms: ["strip_leading_zeros"] }, `00${first}`);
    expect(outcome(mapped)).toBe(first);
  }
});

describe("trim", () => {
  it.each<Case>([
    ["is on", text, {}, " a ", "a"],
    ["can be off", text, { trim: false }, " a ", " a "],
    ["off keeps a text of spaces", text, { trim: false }, "  ", "  "],
    ["off keeps no control characters", text, { trim: false }, " a\u0000", " a"],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toBe(expected);
  });
});

describe("locale", () => {
  it.each<Case>([
    ["de reads 1.234,50", number, { locale: "de" }, "€1.234,50", 1234.5],
    ["de does not read 1,234.50", number, { locale: "de" }, "1,234.50", "normalize not_a_number"],
    ["none reads 1,234.50", number, {}, "1,234.50", 1234.5],
    ["a JSON number needs none", number, { locale: "de" }, 1.5, 1.5],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toBe(expected);
  });
});

describe("default", () => {
  it.each<Case>([
    ["for null", text, { default: "none" }, null, "none"],
    ["for an empty text", text, { default: "none" }, "", "none"],
    ["for a missing field", text, { default: "none" }, undefined, "none"],
    ["for white space", text, { default: "none" }, "  ", "none"],
    ["for what transforms left nothing of", text, { default: "0", transforms: ["digits"] }, "abc", "0"],
    ["not for a value", text, { default: "none" }, "a", "a"],
    ["not for the number 0", number, { default: 7 }, 0, 0],
    ["not for false", fieldOf("bool"), { default: true }, false, false],
    ["not for what cannot be read", number, { default: 7 }, "abc", "normalize not_a_number"],
    ["of the field's type", number, { default: "1,000" }, null, 1000],
    ["a number whatever the locale", number, { default: 1.5, locale: "de" }, null, 1.5],
    ["a number in text, too", number, { default: "1,234.5", locale: "de" }, null, 1234.5],
    [
      "an ISO date whatever the formats",
      date,
      { default: "2025-01-01", formats: ["DD.MM.YYYY"] },
      null,
      "2025-01-01 00:00:00.000Z",
    ],
    ["for an ERP's empty date", date, { default: "2025-01-01" }, "0001-01-01", "2025-01-01 00:00:00.000Z"],
    ["not transformed", number, { default: 1, transforms: ["negate"] }, null, 1],
    ["a text is not transformed either", text, { default: "none", transforms: ["upper"] }, null, "none"],
    ["of a list", list, { default: ["a"] }, [], ["a"]],
    ["false", fieldOf("bool"), { default: false }, null, false],
    ["json", fieldOf("json"), { default: { a: 1 } }, null, { a: 1 }],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toEqual(expected);
  });
});

describe("required", () => {
  const needed = (type: TargetField["type"], more: Partial<TargetField> = {}) =>
    fieldOf(type, { required: true, ...more });
  it.each<Case>([
    ["refuses null", needed("text"), {}, null, "validate required"],
    ["refuses an empty text", needed("text"), {}, "", "validate required"],
    ["refuses a missing field", needed("text"), {}, undefined, "validate required"],
    ["refuses white space", needed("text"), {}, " ", "validate required"],
    ["refuses an empty date", needed("date"), {}, "0001-01-01", "validate required"],
    ["refuses an empty text as json", fieldOf("json"), { required: true }, "", "validate required"],
    ["refuses an empty list", needed("select", { multiple: true }), {}, [], "validate required"],
    ["takes a value", needed("text"), {}, "a", "a"],
    ["takes a default", needed("text"), { default: "a" }, null, "a"],
    ["refuses 0 where PocketBase would", needed("number"), {}, 0, "validate required"],
    ["refuses false where PocketBase would", needed("bool"), {}, "N", "validate required"],
    ["refuses {} where PocketBase would", needed("json"), {}, {}, "validate required"],
    ["refuses digits that are lost within json", fieldOf("json"), {}, { a: [1, 2 ** 53] }, "normalize digits_lost"],
    ["takes the numbers that json holds exactly", fieldOf("json"), {}, [2 ** 53 - 1, 0.1], [2 ** 53 - 1, 0.1]],
    ["takes 1 and true", needed("bool"), {}, 1, true],
    ["can be asked for by the mapping", text, { required: true }, null, "validate required"],
    ["asked for by the mapping takes 0", number, { required: true }, 0, 0],
    ["asked for by the mapping refuses null", number, { required: true }, null, "validate required"],
    ["can be switched off", needed("text"), { required: false }, null, ""],
    ["switched off takes 0", needed("number"), { required: false }, 0, 0],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toEqual(expected);
  });
});

describe("min and max", () => {
  it.each<Case>([
    ["a number at min", number, { min: 1 }, 1, 1],
    ["a number below min", number, { min: 1 }, 0.99, "validate below_min"],
    ["a number at max", number, { max: 10 }, "10", 10],
    ["a number above max", number, { max: 10 }, 10.01, "validate above_max"],
    ["nothing is not checked", number, { min: 1 }, null, 0],
    ["but 0 is", number, { min: 1 }, 0, "validate below_min"],
    ["a number after its steps", number, { max: 0, transforms: ["negate"] }, 5, -5],
    ["a text of min characters", text, { min: 2 }, "ab", "ab"],
    ["a shorter text", text, { min: 2 }, "a", "validate below_min"],
    ["a text of max characters", text, { max: 2 }, "ab", "ab"],
    ["a longer text", text, { max: 2 }, "abc", "validate above_max"],
    ["characters beyond U+FFFF count as one", text, { max: 2 }, "👍👍", "👍👍"],
    ["a date at min", date, { min: "2025-01-01" }, "2025-01-01", "2025-01-01 00:00:00.000Z"],
    ["a date before min", date, { min: "2025-01-01" }, "2024-12-31T23:59:59.999", "validate below_min"],
    ["a date at max", date, { max: "2025-01-01" }, "2025-01-01", "2025-01-01 00:00:00.000Z"],
    ["a date after max", date, { max: "2025-01-01" }, "2025-01-01 00:01", "validate above_max"],
    [
      "a limit is an ISO date whatever the formats",
      date,
      { max: "2025-01-01", formats: ["DD.MM.YYYY"] },
      "02.01.2025",
      "validate above_max",
    ],
    ["a list of max entries", list, { max: 2 }, ["a", "b"], ["a", "b"]],
    ["a longer list", list, { max: 2 }, ["a", "b", "c"], "validate above_max"],
    ["a shorter list", list, { min: 2 }, ["a"], "validate below_min"],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toEqual(expected);
  });
});

describe("a broken limit says what it is about", () => {
  it.each<[TargetField, FieldMapping, unknown, string]>([
    [number, { min: 1 }, 0, "0 is too small; expected at least 1"],
    [number, { max: 1 }, 2, "2 is too big; expected at most 1"],
    [text, { min: 2 }, "a", '"a" is too short; expected at least 2 characters'],
    [text, { max: 1 }, "ab", '"ab" is too long; expected at most 1 characters'],
    [date, { min: "2025-01-01" }, "2024-12-31", '"2024-12-31" is too early; expected at least 2025-01-01'],
    [date, { max: "2025-01-01" }, "2025-01-02", '"2025-01-02" is too late; expected at most 2025-01-01'],
    [list, { min: 2 }, ["a"], '["a"] has too few entries; expected at least 2 entries'],
    [list, { max: 1 }, ["a", "b"], '["a","b"] has too many entries; expected at most 1 entries'],
  ])("%o with %j and %j", (field, override, value, sentence) => {
    expect(mapOne(field, override, value).problems[0]?.message).toBe(`F: ${sentence}`);
  });
});

describe("pattern and one_of", () => {
  it.each<Case>([
    ["a text that matches", text, { pattern: "^AW-\\d+" }, "AW-122573.1", "AW-122573.1"],
    ["a text that does not", text, { pattern: "^AW-\\d+" }, "XAW-1", "validate pattern"],
    ["a match anywhere will do", text, { pattern: "W" }, "AW", "AW"],
    ["nothing is not matched", text, { pattern: "^AW" }, "", ""],
    ["each entry is matched", list, { pattern: "^a" }, ["a1", "b1"], "validate pattern"],
    ["an allowed text", text, { one_of: ["R", "F"] }, "F", "F"],
    ["another text", text, { one_of: ["R", "F"] }, "X", "validate not_one_of"],
    ["another case", text, { one_of: ["R", "F"] }, "f", "validate not_one_of"],
    ["an allowed text after transforms", text, { one_of: ["R"], transforms: ["upper"] }, "r", "R"],
    ["nothing is not checked", text, { one_of: ["R"] }, null, ""],
    ["an allowed text that looks like an exponent", text, { one_of: ["1e3", "feet"] }, "feet", "feet"],
    ["a text with a letter e is matched as it is", text, { pattern: "^1e3$" }, "1e3", "1e3"],
    ["an allowed number", number, { one_of: [1, 10] }, "10.0", 10],
    ["an allowed number with an exponent", number, { one_of: [1e-7] }, 1e-7, 1e-7],
    ["minus zero as 0", number, { one_of: [0] }, -0, 0],
    ["another number", number, { one_of: [1, 10] }, 2, "validate not_one_of"],
    [
      "every rule that is broken",
      text,
      { min: 3, pattern: "^A", one_of: ["ABC"] },
      "x",
      "validate not_one_of, validate pattern, validate below_min",
    ],
  ])("%s", (_name, field, override, value, expected) => {
    expect(outcome(mapOne(field, override, value))).toEqual(expected);
  });
});

describe("lookup", () => {
  const asked: string[] = [];
  const lookup: Lookup = {
    find(collection, field, value) {
      asked.push(`${collection}.${field}=${value}`);
      return value.startsWith("C") ? `id_${value}` : "";
    },
  };
  const override: FieldMapping = { lookup: { collection: "customers", field: "code" } };
  const relation = fieldOf("relation");
  const relations = fieldOf("relation", { multiple: true });

  it.each<Case>([
    ["stores the id of the record found", relation, override, "C1", "id_C1"],
    ["looks for the text of a number", relation, override, 7, "validate not_found"],
    ["refuses a value that no record has", relation, override, "X1", "validate not_found"],
    ["looks for nothing when nothing was sent", relation, override, "", ""],
    ["looks for the transformed text", relation, { ...override, transforms: ["upper"] }, " c1 ", "id_C1"],
    ["looks for each entry", relations, override, ["C1", "C2"], ["id_C1", "id_C2"]],
    ["refuses a list with one unknown entry", relations, override, ["C1", "X2"], "validate not_found"],
    ["leaves a field without one alone", text, {}, "C1", "C1"],
    ["stores a default as it is", relation, { ...override, default: "id_other" }, null, "id_other"],
  ])("%s", (_name, field, mapping, value, expected) => {
    expect(outcome(mapOne(field, mapping, value, lookup))).toEqual(expected);
  });

  it("asks for nothing that breaks a rule or is empty", () => {
    asked.length = 0;
    mapOne(relation, { ...override, pattern: "^C" }, "X1", lookup);
    mapOne(relation, override, "", lookup);
    expect(asked).toEqual([]);
    mapOne(relation, override, "C9", lookup);
    expect(asked).toEqual(["customers.code=C9"]);
  });

  it("says which value was not found and where", () => {
    const { problems, values } = mapOne(relations, override, ["C1", "X2"], lookup);
    expect(values).toEqual({});
    const [problem] = problems;
    expect(problem?.message).toBe(
      'F: ["C1","X2"] names no record (looked for "X2"); expected a value of customers.code',
    );
    expect(problem?.waitsFor).toBe("X2");
  });
});
