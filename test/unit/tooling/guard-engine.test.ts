import { expect, test } from "vitest";
import { guardEngine } from "../../../scripts/build/guard-engine.mjs";

const good: Record<string, string> = {
  "the language and PocketBase's names": `const a = new Map(); module.exports = { a, f: () => $app.save(new Record(a)), g: JSON };`,
  "properties that are called like a missing global": `module.exports = { fetch() {}, URL: 1 }; module.exports.fetch(); class A { setTimeout() {} }`,
  "own functions that are called like a missing global": `function fetch() {} fetch();`,
  "an escaped backslash before p": String.raw`const a = /\\p{2}/;`,
  "regular expressions with the old flags": `const a = /x/gimsuy;`,
};

test.each(Object.entries(good))("lets pass: %s", (_, text) => {
  expect(guardEngine(text, "engine.js")).toEqual([]);
});

const bad: [text: string, message: RegExp][] = [
  ...["setTimeout(f)", "fetch(a)", "new URL(a)", "new TextEncoder()", "structuredClone(a)", "atob(a)"].map(
    (code): [string, RegExp] => [`((f, a) => ${code})`, /^"\w+" is used, which PocketBase's VM does not have$/],
  ),
  ["Intl.NumberFormat()", /^"Intl" is used/],
  ["new WeakRef({})", /^"WeakRef" is used/],
  ["typeof window", /^"window" is used/],
  ["process.env", /^"process" is used, PocketBase does not document it: use \$os$/],
  ["Buffer.from('')", /^"Buffer" is used, PocketBase does not document it/],
  ["routerAdd('GET', '/', () => 1)", /^"routerAdd" is used/],
  ["(1).toLocaleString('en')", /^toLocaleString is used/],
  ["async () => 1", /^async code is used/],
  ["import('./a')", /^import\(\) is used/],
  [String.raw`/\p{L}/u`, /^the regular expression \/\\p\{L\}\/u uses/],
  ["/a/d", /has a flag that/],
];

test.each(bad)("refuses %s", (text, message) => {
  expect(guardEngine(text, "engine.js")).toEqual([
    { file: "engine.js", line: 1, message: expect.stringMatching(message) },
  ]);
});

test("names the source file that a line of the bundle came from", () => {
  const bundle = "// src/a.ts\nvar a = 1;\n\n// src/sync/b.ts\nfunction b() {\n  setTimeout(b);\n}\n";
  expect(guardEngine(bundle, "engine.js")).toEqual([
    { file: "engine.js", line: 6, message: expect.stringMatching(/does not have \(from src\/sync\/b\.ts\)$/) },
  ]);
});
