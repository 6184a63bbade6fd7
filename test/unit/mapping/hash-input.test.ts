import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalList, canonicalValues } from "../../../src/mapping/hash-input";
import type { MappedValue } from "../../../src/mapping/model";

describe("canonicalList", () => {
  it("is the list of canonicalValues, whether or not a value is a list or an object", () => {
    const plain = { a: 1, b: "x", c: null };
    expect(`a,b,c\n${canonicalList([1, "x", null], false)}`).toBe(canonicalValues(plain, ["a", "b", "c"]));
    const nested = { a: { y: [{ q: 2, p: 1 }], x: 1 }, b: ["v"], c: "z" };
    expect(`a,b,c\n${canonicalList([{ x: 1, y: [{ p: 1, q: 2 }] }, ["v"], "z"], true)}`).toBe(
      canonicalValues(nested, ["a", "b", "c"]),
    );
  });

  it("sorts the keys of objects only where there may be any", () => {
    expect(canonicalList([{ b: 1, a: 2 }], true)).toBe('[{"a":2,"b":1}]');
    expect(canonicalList([{ b: 1, a: 2 }], false)).toBe('[{"b":1,"a":2}]');
  });
});

describe("canonicalValues", () => {
  it("is the names and the values in their order", () => {
    const text = canonicalValues({ b: 'x"', a: 1, c: null, d: true, e: "" }, ["a", "b", "c", "d", "e"]);
    expect(text).toBe('a,b,c,d,e\n[1,"x\\"",null,true,""]');
  });

  it("does not depend on the order of keys, nested ones included", () => {
    const one = canonicalValues({ a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 2 }, ["a", "b"]);
    const other = canonicalValues({ b: 2, a: { y: [{ q: 2, p: 1 }], x: 1 } }, ["a", "b"]);
    expect(one).toBe(other);
  });

  it.each<[string, Record<string, MappedValue>, string[]]>([
    ["a changed value", { a: 2, b: "1" }, ["a", "b"]],
    ["a number instead of its text", { a: 1, b: 1 }, ["a", "b"]],
    ["swapped values", { a: "1", b: 1 }, ["a", "b"]],
    ["another order of a list", { a: [2, 1], b: "1" }, ["a", "b"]],
    ["a renamed field", { a: 1, c: "1" }, ["a", "c"]],
    ["one field less", { a: 1, b: "1" }, ["a"]],
  ])("tells %s", (_name, values, names) => {
    const before = canonicalValues({ a: Array.isArray(values.a) ? [1, 2] : 1, b: "1" }, ["a", "b"]);
    expect(canonicalValues(values, names)).not.toBe(before);
  });

  it("takes a missing value as null and leaves fields out that were not asked for", () => {
    expect(canonicalValues({ z: 1 }, ["a"])).toBe("a\n[null]");
  });

  it("keeps a nested key named __proto__", () => {
    const value = JSON.parse('{"__proto__":1,"a":2}') as object;
    expect(canonicalValues({ j: value }, ["j"])).toBe('j\n[{"__proto__":1,"a":2}]');
  });

  it("gives equal texts for equal values only", () => {
    const values = fc.record({ a: fc.jsonValue(), b: fc.jsonValue() }) as fc.Arbitrary<Record<string, MappedValue>>;
    const read = (text: string) => JSON.parse(text.slice("a,b\n".length)) as unknown[];
    fc.assert(
      fc.property(values, (row) => {
        const copy = JSON.parse(JSON.stringify([row.a, row.b])) as unknown[];
        expect(read(canonicalValues(row, ["a", "b"]))).toEqual(copy);
      }),
    );
  });
});
