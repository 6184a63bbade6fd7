import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueCutter } from "../../../src/diff/ignored-values";

const cut = valueCutter(["X", 'a "name"']);

describe("valueCutter", () => {
  it.each([
    ["a number", '{"A":1,"X":2.5e3,"B":3}', '{"A":1,"X":,"B":3}'],
    ["a text", '{"A":1,"X":"b, {c}","B":3}', '{"A":1,"X":,"B":3}'],
    ["a text with escapes", '{"A":1,"X":"\\"}","B":3}', '{"A":1,"X":,"B":3}'],
    ["null, as the last one", '{"A":1,"X":null}', '{"A":1,"X":}'],
    ["the first one", '{"X":true,"A":1}', '{"X":,"A":1}'],
    ["an object", '{"X":{"X":[1,"}"]},"A":1}', '{"X":,"A":1}'],
    ["one behind an object", '{"A":{"X":1},"X":2}', '{"A":{"X":1},"X":}'],
    ["one behind a list", '{"A":["X",{"X":1}],"X":2}', '{"A":["X",{"X":1}],"X":}'],
    ["a name with spaces around", '{ "A" : 1, "X" : 2 }', '{ "A" : 1, "X" :  }'],
    ["a name with escapes", '{"A":1,"\\u0058":2}', '{"A":1,"\\u0058":}'],
    ["a name that stands twice", '{"X":1,"A":2,"X":3}', '{"X":,"A":2,"X":}'],
    ["several fields", '{"X":1,"a \\"name\\"":[2]}', '{"X":,"a \\"name\\"":}'],
  ])("takes out %s", (_name, text, rest) => {
    expect(cut(text)).toBe(rest);
  });

  it("takes out a field whose name holds a slash, with and without an escape", () => {
    const both = valueCutter(["QTY/HAND"]);
    expect(both('{"A":1,"QTY/HAND":2}')).toBe('{"A":1,"QTY/HAND":}');
    expect(both('{"A":1,"QTY\\/HAND":2}')).toBe('{"A":1,"QTY\\/HAND":}');
    expect(both('{"QTY/HAND":1,"QTY\\/HAND":2}')).toBe('{"QTY/HAND":,"QTY\\/HAND":}');
  });

  it.each([
    ["a text that names the field", '{"A":",\\"X\\":1","B":"X"}'],
    ["a field of an object inside", '{"A":{"X":1}}'],
    ["an empty row", "{}"],
  ])("leaves %s alone", (_name, text) => {
    expect(cut(text)).toBe(text);
  });

  it.each([
    ["is cut behind the field", '{"A":1,"X":2,"B"'],
    ["is cut inside the value", '{"A":1,"X":"2'],
    ["is cut behind the name", '{"A":1,"X":'],
    ["has a value that is no JSON", '{"A":1,"X":NaN,"B":2}'],
    ["has a text that is no JSON", '{"A":1,"X":"\t","B":2}'],
  ])("never takes a row for a whole one that %s", (_name, text) => {
    const whole = [cut('{"A":1,"X":2,"B":2}'), cut('{"A":1,"X":2}')];
    expect(whole).not.toContain(cut(text));
  });

  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(',"X":1', '"', "\\", "{", "[", "X", 0, null, { X: 1 }, ["X"]),
  );
  const rowOf = fc.dictionary(fc.constantFrom("A", "B", "X", "C", "__proto__"), value, { noNullPrototype: true });
  const spaces = fc.constantFrom(undefined, 1);

  it("gives the same for rows that differ in the ignored fields only, and never for others", () => {
    fc.assert(
      fc.property(rowOf, rowOf, value, value, spaces, (one, two, x, y, space) => {
        const text = (row: object) => JSON.stringify(row, null, space);
        expect(cut(text({ ...one, X: x }))).toBe(cut(text({ ...one, X: y })));
        const others = ({ X: _, ...rest }: Record<string, unknown>) => text({ ...rest, has: "X" in rest });
        const isSame = others({ ...one, X: 0 }) === others({ ...two, X: 0 });
        const both = [text({ ...one, X: x }), text({ ...two, X: x })].map(cut);
        if (!isSame) expect(both[0]).not.toBe(both[1]);
      }),
      { numRuns: 2000 },
    );
  });

  it("cuts nothing where nothing is ignored", () => {
    expect(valueCutter([])("{ any")).toBe("{ any");
  });
});
