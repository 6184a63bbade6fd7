import ts from "typescript";
import { freeIdentifiers, isInsideFunction, parseAlone } from "./free-identifiers.mjs";
import { REFUSED_GLOBALS, VM_GLOBALS } from "./vm-globals.mjs";

/**
 * @typedef {{ file: string, line: number, message: string }} Problem
 * @typedef {(node: ts.Node, message: string) => void} Report
 */

const RUNS_ELSEWHERE = "PocketBase turns a handler into text and runs that elsewhere, where it sees nothing but itself";

/**
 * Checks the entry file of the hooks: registrations only, and every handler stands on its own.
 *
 * Console commands are the exception, as they run in the loader: what is passed to `$app.rootCmd.addCommand` may close
 * over anything.
 * @param {string} text TypeScript, or the JavaScript esbuild made of it
 * @param {string} file its name, used in the problems
 * @returns {Problem[]}
 */
export function guardEntry(text, file) {
  const { source, checker } = parseAlone(text, file);
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Report} */
  const report = (node, message) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    problems.push({ file, line, message });
  };
  for (const statement of source.statements) checkStatement(statement, checker, report);
  return problems;
}

/**
 * @param {ts.Statement} statement
 * @param {ts.TypeChecker} checker
 * @param {Report} report
 */
function checkStatement(statement, checker, report) {
  if (isTypesOnly(statement)) return;
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) {
    return report(statement, `"${firstLine(statement)}" runs at load time, expected "import type": ${RUNS_ELSEWHERE}`);
  }
  if (ts.isExpressionStatement(statement)) {
    if (ts.isStringLiteral(statement.expression)) return; // "use strict"
    if (ts.isCallExpression(statement.expression)) return checkCall(statement.expression, checker, report);
  }
  report(
    statement,
    `"${firstLine(statement)}" is no registration: the entry holds only calls of cronAdd, routerAdd, routerUse, on… and ` +
      "$app.rootCmd.addCommand; put everything else into the engine",
  );
}

/** @param {ts.Statement} statement */
function isTypesOnly(statement) {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isEmptyStatement(statement)) return true;
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause;
    return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  }
  return ts.canHaveModifiers(statement) && hasModifier(statement, ts.SyntaxKind.DeclareKeyword);
}

/**
 * @param {ts.CallExpression} call
 * @param {ts.TypeChecker} checker
 * @param {Report} report
 */
function checkCall(call, checker, report) {
  const name = call.expression.getText().replace(/[?!]\./g, ".");
  if (name === "$app.rootCmd.addCommand") return;
  if (name === "cronAdd") return checkHandler(call.arguments[2], call, checker, report);
  if (/^on[A-Z]\w*$/.test(name)) return checkHandler(call.arguments[0], call, checker, report);
  if (name === "routerAdd" || name === "routerUse") {
    const [handler, ...middlewares] = call.arguments.slice(name === "routerAdd" ? 2 : 0);
    if (name === "routerAdd") checkHandler(handler, call, checker, report);
    else if (handler) middlewares.push(handler);
    for (const middleware of middlewares) checkMiddleware(middleware, call, checker, report);
    return;
  }
  report(call, `"${name}" is no registration: call it inside a handler, or in the engine`);
}

/**
 * A middleware may also be one of PocketBase's own ($apis.requireSuperuserAuth()) or `new Middleware(handler, …)`.
 * @param {ts.Expression} argument
 * @param {ts.CallExpression} call
 * @param {ts.TypeChecker} checker
 * @param {Report} report
 */
function checkMiddleware(argument, call, checker, report) {
  if (ts.isCallExpression(argument) && argument.expression.getText().startsWith("$apis.")) return;
  const made = ts.isNewExpression(argument) && argument.expression.getText() === "Middleware";
  checkHandler(made ? argument.arguments?.[0] : argument, call, checker, report);
}

/**
 * @param {ts.Expression | undefined} argument
 * @param {ts.CallExpression} call
 * @param {ts.TypeChecker} checker
 * @param {Report} report
 */
function checkHandler(argument, call, checker, report) {
  const where = `the handler of ${call.expression.getText()}`;
  if (!argument) return report(call, `${where} is missing`);
  const handler = unwrap(argument);
  if (!ts.isArrowFunction(handler)) {
    return report(
      argument,
      `${where} is "${firstLine(argument)}", expected an arrow function written in its place: ${RUNS_ELSEWHERE}`,
    );
  }
  for (const { name, node, declaredAt } of freeIdentifiers(handler, checker)) {
    if (declaredAt !== undefined) {
      report(node, `${where} uses "${name}" from line ${declaredAt}, outside of it: ${RUNS_ELSEWHERE}`);
    } else if (!VM_GLOBALS.has(name)) {
      report(node, `${where} uses "${name}", ${REFUSED_GLOBALS.get(name) ?? "which PocketBase's VM does not have"}`);
    }
  }
  checkInside(handler, handler, where, report);
}

/**
 * The expression without parentheses and casts.
 * @param {ts.Expression} expression
 * @returns {ts.Expression}
 */
function unwrap(expression) {
  const wrapped =
    ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression);
  return wrapped ? unwrap(expression.expression) : expression;
}

/**
 * What is no matter of names: async functions and a `this` from outside.
 * @param {ts.Node} node
 * @param {ts.ArrowFunction} handler
 * @param {string} where
 * @param {Report} report
 */
function checkInside(node, handler, where, report) {
  if (ts.isFunctionLike(node) && ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.AsyncKeyword)) {
    report(node, `${where} is async: nothing waits for it, and its errors are lost`);
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword && !isInsideFunction(node, handler)) {
    report(node, `${where} uses "this" from outside of it: ${RUNS_ELSEWHERE}`);
  }
  ts.forEachChild(node, (child) => checkInside(child, handler, where, report));
}

/**
 * @param {ts.HasModifiers} node
 * @param {ts.SyntaxKind} kind
 */
function hasModifier(node, kind) {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

/** @param {ts.Node} node */
function firstLine(node) {
  const [line = ""] = node.getText().split("\n");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
