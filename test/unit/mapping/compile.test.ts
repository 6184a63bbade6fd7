import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileMapping } from "../../../src/mapping/compile";
import type { FieldMapping, FieldType, MappedValue, TargetField } from "../../../src/mapping/model";
import { zonedToUtc } from "./intl-zones";
import { fieldOf, mapOne } from "./map-one";

const SAMPLE = readJson("../../erp/sample-row.json") as Array<Record<string, unknown>>;
const EXPORT = readJson("../../integration/fixtures/ASWNDUBAI_erpConsolidateData.v022-export.json") as
  | { schema: TargetField[] }
  | Array<{ schema: TargetField[] }>;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}

function targetFields(): TargetField[] {
  const collection = Array.isArray(EXPORT) ? EXPORT[0] : EXPORT;
  return (collection?.schema ?? []).map(({ name, type, required }) => ({ name, type, required }));
}

function mapper(fields: TargetField[], overrides: Record<string, FieldMapping> = {}, timezone = "") {
  return compileMapping({ fields, overrides, timezone, zonedToUtc });
}

describe("the sample row of aswan_bom", () => {
  const row = SAMPLE[0] as Record<string, unknown>;
  const { values, problems } = mapper(targetFields())(row);

  it("maps without a problem into all 54 fields of the target", () => {
    expect(problems).toEqual([]);
    expect(Object.keys(values)).toHaveLength(54);
  });

  it("keeps texts and numbers, stores dates in PocketBase's form and nothing as the type's empty value", () => {
    expect(values).toMatchObject({
      TXN_TYPE: "BOM",
      CUST_ORDER_ID: "SO-122573",
      CUST_ORDER_LINE_NO: 2,
      CUST_ORDER_DATE: "2025-07-11 00:00:00.000Z",
      WO_ASSMB_PART_ID: "",
      WO_CREATE_DATE: "2025-12-08 09:39:14.893Z",
      BOM_WORKORDER_BASE_ID: "AW-122573.1",
      BOM_WORKORDER_LOT_ID: "1",
      BOM_PIECE_NO: 10,
      PURC_REQ_LINE_NO: 0,
      PURC_REQ_DATE: "",
      INV_TRANS_ID: 0,
      INV_TRANS_CREATE_DATE: "",
    });
  });

  it("leaves ERP fields that the target lacks out", () => {
    expect(values).not.toHaveProperty("WO_CLOSE_DATE");
    expect(values).not.toHaveProperty("PART_QTY_ON_HAND_WHOLE");
  });

  it("changes nothing when it is mapped again", () => {
    expect(mapper(targetFields())(values as Record<string, unknown>)).toEqual({ values, problems: [] });
  });

  it("has no value for a target field that no row has", () => {
    const map = mapper([...targetFields(), fieldOf("number", { name: "EXTRA" }), fieldOf("json", { name: "MORE" })]);
    expect(map(row).values).toMatchObject({ EXTRA: 0, MORE: null });
  });
});

describe("problems", () => {
  const fields = [
    fieldOf("number", { name: "QTY" }),
    fieldOf("text", { name: "ID", required: true }),
    fieldOf("date", { name: "DAY" }),
    fieldOf("text", { name: "NOTE" }),
  ];

  it("lists all of a row's problems and still maps its other fields", () => {
    const { values, problems } = mapper(fields, { QTY: { from: "BOM_QTY" } })({
      BOM_QTY: "12 pcs",
      DAY: "2025-02-30",
      NOTE: "x",
    });
    expect(values).toEqual({ NOTE: "x" });
    expect(problems).toEqual([
      {
        stage: "normalize",
        field: "QTY",
        value: "12 pcs",
        expected: "a number such as 1,234.50",
        message: 'QTY (from BOM_QTY): "12 pcs" is not a number; expected a number such as 1,234.50',
        type: "not_a_number",
      },
      {
        stage: "validate",
        field: "ID",
        value: "",
        expected: "a value, since the field is required",
        message: "ID: a missing value is empty; expected a value, since the field is required",
        type: "required",
      },
      {
        stage: "normalize",
        field: "DAY",
        value: "2025-02-30",
        expected: "a date such as 2025-12-31 or 2025-12-31T23:59:59",
        message:
          'DAY: "2025-02-30" is a date or time that does not exist; expected a date such as 2025-12-31 or 2025-12-31T23:59:59',
        type: "impossible_date",
      },
    ]);
  });

  it("tells the value of an id beyond 2^53 and what to do", () => {
    const [problem] = mapOne(fieldOf("number"), {}, JSON.parse("9007199254740993")).problems;
    expect(problem?.message).toBe(
      "F: 9007199254740992 is beyond 9007199254740991, where a number loses its last digits; expected a smaller number; " +
        "have the ERP send long ids as text, and keep them in a text field",
    );
    expect(mapOne(fieldOf("number"), {}, "9007199254740993").problems[0]?.value).toBe("9007199254740993");
  });

  it.each([
    ["x".repeat(500), "x".repeat(500)],
    ["x".repeat(501), "x".repeat(500)],
    [`${"x".repeat(499)}👍`, "x".repeat(499)],
    [`${"x".repeat(499)}\u{10000}`, "x".repeat(499)],
    [`${"x".repeat(499)}\u{10FFFF}`, "x".repeat(499)],
    [`${"x".repeat(498)}\u{10000}y`, `${"x".repeat(498)}\u{10000}`],
    [`${"x".repeat(499)}\ud7ffy`, `${"x".repeat(499)}\ud7ff`],
    [{ a: [1] }, '{"a":[1]}'],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [true, "true"],
  ])("keep the value as text of at most 500 characters", (value, expected) => {
    const field = value === true ? fieldOf("date") : fieldOf("number");
    expect(mapOne(field, {}, value).problems[0]?.value).toBe(expected);
  });

  it("quote at most 100 characters of the value", () => {
    expect(mapOne(fieldOf("number"), {}, "x".repeat(101)).problems[0]?.message).toContain(`"${"x".repeat(100)}…"`);
    expect(mapOne(fieldOf("number"), {}, "x".repeat(100)).problems[0]?.message).toContain(`"${"x".repeat(100)}" is`);
  });
});

describe("names", () => {
  it("takes no value from what every object inherits", () => {
    const names = ["constructor", "toString", "hasOwnProperty"];
    const map = mapper(names.map((name) => fieldOf("text", { name })));
    expect(map({})).toEqual({ values: { constructor: "", toString: "", hasOwnProperty: "" }, problems: [] });
    expect(map({ toString: "mine" }).values.toString).toBe("mine");
  });

  it("reads an ERP field by any name, and evaluates none", () => {
    const from = '"];throw new Error("run");//';
    expect(mapper([fieldOf("text")], { F: { from } })({ [from]: "${1+1}" }).values).toEqual({ F: "${1+1}" });
  });
});

describe("overrides", () => {
  it("take another ERP field, and not the one of the same name", () => {
    const map = mapper([fieldOf("text")], { F: { from: "G" } });
    expect(map({ F: "f", G: "g" }).values).toEqual({ F: "g" });
    expect(map({ F: "f" }).values).toEqual({ F: "" });
  });

  it("may take one ERP field for two target fields", () => {
    const fields = [fieldOf("text", { name: "A" }), fieldOf("number", { name: "B" })];
    expect(mapper(fields, { A: { from: "N" }, B: { from: "N" } })({ N: "1,000" }).values).toEqual({
      A: "1,000",
      B: 1000,
    });
  });

  it("that are not valid stop the run with all sentences", () => {
    expect(() => mapper([fieldOf("text")], { F: { pattern: "(" }, X: {} })).toThrow(
      /^mapping\.F\.pattern: "\(" is not a regular expression.*\nmapping\.X: "X" is not a field of the target collection/s,
    );
  });

  it("of which one is not valid stop the run too", () => {
    expect(() => mapper([fieldOf("text")], { F: { from: "" } })).toThrow("mapping.F.from:");
  });

  it("refuse a lookup where nothing can look up", () => {
    const overrides = { F: { lookup: { collection: "c", field: "f" } } };
    expect(() => mapper([fieldOf("text")], overrides)).toThrow("mapping.F.lookup: this stream cannot look up records");
  });
});

describe("timezone", () => {
  it("is what zone-less dates are in, for formats too", () => {
    const fields = [fieldOf("date", { name: "A" }), fieldOf("date", { name: "B" })];
    const map = mapper(fields, { B: { formats: ["DD.MM.YYYY HH:mm"] } }, "Asia/Dubai");
    expect(map({ A: "2025-12-08T04:00:00", B: "08.12.2025 04:00" }).values).toEqual({
      A: "2025-12-08 00:00:00.000Z",
      B: "2025-12-08 00:00:00.000Z",
    });
  });
});

describe("mapping twice", () => {
  const types: FieldType[] = [
    "text",
    "number",
    "bool",
    "date",
    "json",
    "select",
    "relation",
    "email",
    "url",
    "editor",
    "other",
  ];
  const fields = types.flatMap((type) => [
    fieldOf(type, { name: `one_${type}` }),
    fieldOf(type, { name: `many_${type}`, multiple: true }),
  ]);
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: "binary" }),
    fc.constantFrom("1,000.50", " 7 ", "yes", "2025-12-08T09:39", "/Date(0)/", "a@b", "0001-01-01"),
  );

  it.each(["", "America/New_York"])("gives what mapping once gave (timezone %j)", (timezone) => {
    const map = mapper(fields, {}, timezone);
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(fields.map(({ name }) => [name, value])), { requiredKeys: [] }),
        (row) => {
          const once = map(row);
          const twice = map(once.values as Record<string, unknown>);
          expect(twice.problems).toEqual([]);
          for (const [name, mapped] of Object.entries(once.values)) expect(twice.values[name]).toEqual(mapped);
        },
      ),
    );
  });

  it("gives every field a value of its type or a problem", () => {
    const map = mapper(fields);
    const fits: Partial<Record<FieldType, (mapped: MappedValue) => boolean>> = {
      number: (mapped) => typeof mapped === "number" && Number.isFinite(mapped),
      bool: (mapped) => typeof mapped === "boolean",
      date: (mapped) => /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z)?$/.test(String(mapped)),
      text: (mapped) => typeof mapped === "string",
    };
    fc.assert(
      fc.property(fc.record(Object.fromEntries(fields.map(({ name }) => [name, value]))), (row) => {
        const { values, problems } = map(row);
        const troubled = problems.map((problem) => problem.field);
        for (const { name, type } of fields) {
          expect(name in values).toBe(!troubled.includes(name));
          const mapped = values[name];
          if (mapped !== undefined) expect(fits[type]?.(mapped) ?? true).toBe(true);
        }
      }),
    );
  });
});
