import { describe, expect, it } from "vitest";
import type { TargetField } from "../../../src/mapping/model";
import { checkMapping } from "../../../src/mapping/settings";

const FIELDS: TargetField[] = [{ name: "T", type: "text", required: false }];

function faults(pattern: unknown): string[] {
  const mapping = { T: { pattern } };
  const known = checkMapping(mapping, FIELDS);
  expect(checkMapping(mapping, null)).toEqual(known);
  return known.map(({ path, message }) => `${path}: ${message}`);
}

describe("the option pattern accepts", () => {
  it.each([
    ["classes, groups, repeats and escapes", "^[A-Z(?=]{2}-\\d{1,1000}(?:x|y)\\(\\?=$"],
    ["what only looks like more than RE2 can do", "[(?=\\](?=1001]{2,1000}a{b[{1001}]"],
  ])("%s", (_name, pattern) => {
    expect(faults(pattern)).toEqual([]);
  });
});

describe("the option pattern refuses", () => {
  it.each<[string, unknown, string]>([
    ["a bad regular expression", "(", '"(" is not a regular expression (Invalid regular expression'],
    ["a number", 1, "1 is not a pattern; expected a regular expression that both JavaScript and RE2 know"],
    ["an empty one", "", '"" is not a pattern'],
    ["a lookahead", "a(?=b)", '"a(?=b)" uses the lookaround "(?=", which RE2 lacks'],
    ["a negative lookahead", "a(?!b)", '"a(?!b)" uses the lookaround "(?!", which RE2 lacks'],
    ["a lookbehind", "(?<=b)a", 'uses the lookaround "(?<=", which RE2 lacks'],
    ["a negative lookbehind", "(?<!b)a", 'uses the lookaround "(?<!", which RE2 lacks'],
    ["a back reference", "(a)\\1", 'uses the back reference "\\1", which RE2 lacks'],
    ["a back reference before a class", "(a)\\1[b]", 'uses the back reference "\\1", which RE2 lacks'],
    ["a back reference between two classes", "[a](b)\\1[c]", 'uses the back reference "\\1", which RE2 lacks'],
    ["the second back reference", "(a)(b)\\2", 'uses the back reference "\\2", which RE2 lacks'],
    ["the ninth back reference", "(a)\\9", 'uses the back reference "\\9", which RE2 lacks'],
    ["a named back reference", "(?<a>x)\\k<a>", 'uses the back reference "\\k", which RE2 lacks'],
    ["a Unicode class", "\\p{L}", 'uses the class "\\p", which RE2 lacks'],
    ["a negated Unicode class", "\\P{L}", 'uses the class "\\P", which RE2 lacks'],
    ["too many repeats", "a{1001}", 'uses more than 1000 repeats "{1001}", which RE2 lacks'],
    ["too many repeats at most", "a{1,1001}", 'uses more than 1000 repeats "{1,1001}", which RE2 lacks'],
    ["too many repeats at least", "a{1001,}", 'uses more than 1000 repeats "{1001,}", which RE2 lacks'],
  ])("%s", (_name, pattern, expected) => {
    const found = faults(pattern);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith("mapping.T.pattern: ")).toBe(true);
    expect(found[0]).toContain(expected);
  });
});
