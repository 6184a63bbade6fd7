import { expect, test } from "vitest";
import { parseObject, readJson } from "../../../src/settings/json-field";

test.each([
  ['{"a": 1}', { a: 1 }],
  ["{}", {}],
  ["[1]", null],
  ["null", null],
  ['"text"', null],
  ["", null],
  ['{"a": ', null],
])("reads the object that %s is, and nothing else", (text, object) => {
  expect(parseObject(text)).toEqual(object);
});

test.each([
  ["a parsed value", { a: [1] }, { a: [1] }],
  ["JSON text", '{"a": [1]}', { a: [1] }],
  ["the bytes of JSON text", [123, 34, 97, 34, 58, 34, 195, 164, 34, 125], { a: "ä" }],
  ["blank text", "  ", null],
  ["no bytes", [], null],
  ["nothing", undefined, null],
])("reads a json field that is handed over as %s", (_, value, expected) => {
  expect(readJson(value)).toEqual(expected);
});

test.each([
  ["text that is no JSON", "{a}", '"{a}" is not JSON'],
  ["bytes that are no UTF-8", [34, 195, 34], "the bytes are not UTF-8"],
])("refuses %s", (_, value, message) => {
  expect(() => readJson(value)).toThrow(message);
});
