import ts from "typescript";
import { freeIdentifiers, parseAlone } from "./free-identifiers.mjs";
import { REFUSED_GLOBALS, VM_GLOBALS } from "./vm-globals.mjs";

const LOCALE = new Set(["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]);

/**
 * Checks the engine bundle for what PocketBase's VM does not have: browser and Node globals, async code, dynamic
 * imports, regular expressions with \p{…} or the flags d and v, toLocale….
 * @param {string} text the bundle
 * @param {string} file its name, used in the problems
 * @returns {import("./guard.mjs").Problem[]}
 */
export function guardEngine(text, file) {
  const { source, checker } = parseAlone(text, file);
  const origin = originOf(text);
  /** @type {import("./guard.mjs").Problem[]} */
  const problems = [];
  /** @type {(node: ts.Node, message: string) => void} */
  const report = (node, message) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    problems.push({ file, line, message: `${message}${origin(line)}` });
  };
  for (const { name, node } of freeIdentifiers(source, checker)) {
    if (VM_GLOBALS.has(name)) continue;
    report(node, `"${name}" is used, ${REFUSED_GLOBALS.get(name) ?? "which PocketBase's VM does not have"}`);
  }
  /** @param {ts.Node} node */
  function visit(node) {
    const message = complaint(node);
    if (message) report(node, message);
    ts.forEachChild(node, visit);
  }
  visit(source);
  return problems;
}

/** @param {ts.Node} node */
function complaint(node) {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return "async code is used, but nothing waits for it";
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return "import() is used, which PocketBase's VM does not have";
  }
  if (ts.isPropertyAccessExpression(node) && LOCALE.has(node.name.text)) {
    return `${node.name.text} is used, which does not know locales here`;
  }
  if (!ts.isRegularExpressionLiteral(node)) return undefined;
  const flags = node.text.slice(node.text.lastIndexOf("/") + 1);
  if (/[dv]/.test(flags)) return `the regular expression ${node.text} has a flag that PocketBase's VM does not have`;
  if (/(^|[^\\])(\\\\)*\\[pP]\{/.test(node.text)) {
    return `the regular expression ${node.text} uses \\p{…}, which may never match here`;
  }
  return undefined;
}

/**
 * Finds the source file of a line by the comment esbuild puts above each file's part.
 * @param {string} text
 * @returns {(line: number) => string} " (from src/…)" or ""
 */
function originOf(text) {
  const lines = text.split("\n");
  return (line) => {
    const comment = lines.slice(0, line).findLast((each) => /^(\s*)\/\/ (src|node_modules)\/\S+$/.test(each));
    return comment ? ` (from ${comment.trim().slice(3)})` : "";
  };
}
