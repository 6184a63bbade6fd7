import { expect, test } from "vitest";
import { Separator } from "../../../src/sources/separator";

/** A separator that has seen each pair of neighbours, written as `{"a":1} , {"b":2}`. */
function learned(...pairs: string[]): Separator {
  const separator = new Separator();
  for (const pair of pairs) separator.learn(pair, pair.indexOf("}"), pair.lastIndexOf("{"));
  return separator;
}

test("is the text between two rows up to the first field's name", () => {
  const separator = learned('{"a":1},\n  {"b": 2}');
  expect(separator.text).toBe('},\n  {"b"');
  expect('},\n  {"b"'[separator.nextRow]).toBe("{");
});

test("leaves the name out once rows begin with different names", () => {
  expect(learned('{"a":1},{"a":2}', '{"a":2},{"b":3}').text).toBe("},{");
  expect(learned('{"a":1},{"a":2}', '{"a":2},{}').text).toBe("},{");
});

test("follows rows that are set apart in another way", () => {
  expect(learned('{"a":1},{"a":2}', '{"a":2}, {"a":3}').text).toBe('}, {"a"');
});

test("gives up where every row is set apart in another way", () => {
  const pairs = Array.from({ length: 10 }, (_, at) => `{"a":1},${" ".repeat(at)}{"a":2}`);
  expect(learned(...pairs.slice(0, 8)).text).toBe(`},${" ".repeat(7)}{"a"`);
  expect(learned(...pairs).text).toBe("");
  expect(learned(...pairs).find('{"a":1},{"a":2}', 0)).toBe(-1);
});

test("passes over lists inside a row once it was misled by one", () => {
  const text = '{"a":[{"a":1},{"a":2}]},{"a":3}';
  const separator = learned('{"a":1},{"a":2}');
  expect(separator.find(text, 0)).toBe(text.indexOf("},"));
  separator.nested = true;
  expect(separator.find(text, 0)).toBe(text.indexOf('},{"a":3'));
});
