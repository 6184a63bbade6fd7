import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TargetField } from "../../../src/mapping/model";
import type { Stream } from "../../../src/settings/stream";
import type { Engine } from "../../../src/sync/engine";
import { NotMended, readMended, sameJson } from "../../../src/sync/mend";

const fields: TargetField[] = [
  { name: "ID", type: "text", required: true },
  { name: "QTY", type: "number", required: false },
];
const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const engine = {
  hash: { md5 },
  targetShape: () => ({ fields, autodates: [], onlyRecords: "", maxLengths: {} }),
  zonedToUtc: () => 0,
} as unknown as Engine;
const stream = {
  options: { push: { touch_field: "" }, parent: { stream: "", key: [], field: "" } },
  targetCollection: "target",
  keyFields: ["ID", "NO"],
  groupFields: ["ID"],
  mapping: {},
  timezone: "UTC",
} as unknown as Stream;

describe("readMended", () => {
  it("gives key, group and mapped hash, and keeps the fingerprint of what the ERP sent", () => {
    const { row } = readMended(engine, stream, '{"ID": "A", "NO": 1, "QTY": "10", "MORE": [1]}', "as-sent");
    expect(row).toMatchObject({ key: "A|1", group: "A", fingerprint: "as-sent", valid: true });
    expect(row.mappedHash).toBe(md5('ID,QTY\n["A",10]'));
  });

  it.each([
    ["what is no JSON", "{ID: 1}", /^\{ID: 1\} is not JSON \(.*\); expected the row as a JSON object$/],
    ["a list", '["A"]', /^\["A"\] is not a row; expected a JSON object/],
    ["a text", '"A"', /^"A" is not a row/],
    ["null", "null", /^null is not a row/],
    ["a key that cannot be read", '{"ID": {}, "NO": 1}', /^key field ID: \{\} cannot be part of a key/],
    ["an empty key", '{"QTY": 1, "ID": ""}', /all key fields \(ID, NO\) are empty/],
    ["a value the target cannot take", '{"ID": "A", "QTY": "ten"}', /QTY.*"ten"/],
  ])("refuses %s with the sentence of what is wrong", (_, text, sentence) => {
    const read = () => readMended(engine, stream, text, "");
    expect(read).toThrow(NotMended);
    expect(read).toThrow(sentence);
  });

  it("quotes only the beginning of a long text", () => {
    const text = JSON.stringify("x".repeat(1000));
    expect(() => readMended(engine, stream, text, "")).toThrow(/^"x{79}… is not a row/);
  });
});

describe("sameJson", () => {
  it.each([
    ['{"a":1,"b":[1,{"c":2,"d":3}]}', ' { "b": [1.0, {"d":3, "c":2e0}], "a":1 }', true],
    ['{"a":1}', '{"a":"1"}', false],
    ['{"a":[1,2]}', '{"a":[2,1]}', false],
    ['{"a":null}', "{}", false],
    ['{"a":{}}', '{"a":[]}', false],
    ['{"__proto__":1}', '{"__proto__":2}', false],
    ["not json", "not json", true],
    ["not json", "{}", false],
  ])("of %s and %s is %s", (one, other, same) => {
    expect(sameJson(one, other)).toBe(same);
  });

  it("does not depend on spaces or the order of keys, and tells different values apart", () => {
    const reversed = (_: string, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const text = JSON.stringify(one);
        expect(sameJson(text, JSON.stringify(JSON.parse(text), reversed, 2))).toBe(true);
        const equal = JSON.stringify(one, reversed) === JSON.stringify(other, reversed);
        if (equal) expect(sameJson(text, JSON.stringify(other))).toBe(true);
        if (sameJson(text, JSON.stringify(other))) expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(other)));
      }),
    );
  });
});
