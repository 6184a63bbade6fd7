import { describe, expect, it } from "vitest";
import { fieldChanges, type JsonType, type KnownField, maybeGone, RowFields } from "../../../src/diff/row-fields";

function seen(...rows: Record<string, unknown>[]): RowFields {
  const fields = new RowFields();
  for (const row of rows) fields.see(row);
  return fields;
}

const known = (name: string, types: JsonType[] = ["text"], gone = false): KnownField => ({ name, types, gone });

describe("RowFields", () => {
  it("collects each field with the types of its values; null is none", () => {
    const fields = seen({ a: "x", b: null, c: { d: 1 } }, { a: 2, c: [1], e: false }, { constructor: 1.5 });
    expect(fields.rows).toBe(3);
    expect(fields.list()).toEqual([
      { name: "a", types: ["text", "number"] },
      { name: "b", types: [] },
      { name: "c", types: ["object", "list"] },
      { name: "e", types: ["bool"] },
      { name: "constructor", types: ["number"] },
    ]);
    expect([fields.has("b"), fields.has("d"), fields.has("toString")]).toEqual([true, false, false]);
  });
});

describe("many rows", () => {
  const many = (wanted: string[], at: number) => {
    const fields = new RowFields(wanted);
    for (let row = 1; row <= 700; row++) fields.see(row === at ? { a: 1, rare: "x" } : { a: 1 });
    return fields;
  };

  it.each([
    ["an early row is looked at", [], 500, true],
    ["a later one is not", [], 501, false],
    ["but every tenth is", [], 510, true],
    ["and each that has a field the target waits for", ["rare"], 501, true],
  ])("%s", (_, wanted, at, found) => {
    const fields = many(wanted, at);
    expect(fields.rows).toBe(700);
    expect(fields.has("rare")).toBe(found);
  });
});

describe("fieldChanges", () => {
  const change = (before: KnownField[], row: Record<string, unknown>) =>
    fieldChanges(before, seen(row)).map(({ name, change: what, types, was }) => [name, what, types.join(), was.join()]);

  it.each<[string, KnownField[], Record<string, unknown>, string[][]]>([
    ["the very first rows are no news", [], { a: "x" }, [["a", "", "text", ""]]],
    ["what is known is none", [known("a")], { a: "y" }, []],
    ["null is no type", [known("a")], { a: null }, []],
    ["a field that is not there may be null", [known("a"), known("b")], { a: "x" }, []],
    ["a new field", [known("a")], { a: "x", b: 1 }, [["b", "new", "number", ""]]],
    ["another type joins the ones that are known", [known("a")], { a: 1 }, [["a", "type", "text,number", "text"]]],
    ["one of several known types", [known("a", ["text", "number"])], { a: 1 }, []],
    ["the first value of a field that was null so far", [known("a", [])], { a: 1 }, [["a", "", "number", ""]]],
    ["a field that was gone", [known("a", ["text"], true)], { a: 1 }, [["a", "returned", "text,number", "text"]]],
  ])("%s", (_, before, row, expected) => {
    expect(change(before, row)).toEqual(expected);
  });
});

describe("maybeGone", () => {
  const rows = (n: number) => seen(...Array.from({ length: n }, () => ({ a: 1 })));
  const fields = [known("a"), known("b"), known("c", ["text"], true)];

  it.each<[string, string[], number, number, boolean]>([
    ["most of a snapshot lacks it", ["b"], 10, 20, true],
    ["less than half of the rows came new or changed", [], 10, 21, true],
    ["too few rows to tell", [], 9, 9, true],
    ["an answer that is no snapshot", [], 100, 100, false],
  ])("%s", (_, expected, parsed, fetched, complete) => {
    expect(maybeGone(fields, rows(parsed), fetched, complete)).toEqual(expected);
  });
});
