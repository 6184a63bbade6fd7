import ts from "typescript";

/**
 * @typedef {{ name: string, node: ts.Identifier, declaredAt: number | undefined }} FreeIdentifier
 *   declaredAt: the line (from 1) of the declaration in the same file, undefined for a global
 */

/**
 * Parses one file on its own: no imports are followed, no library is loaded, so a global is a name without declaration.
 * @param {string} text
 * @param {string} fileName its ending says which language it is
 * @returns {{ source: ts.SourceFile, checker: ts.TypeChecker }}
 * @throws when the text does not parse
 */
export function parseAlone(text, fileName) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2020, true);
  /** @type {ts.CompilerHost} */
  const host = {
    getSourceFile: (name) => (name === fileName ? source : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === fileName,
    readFile: () => undefined,
  };
  const options = { allowJs: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2020 };
  const program = ts.createProgram([fileName], options, host);
  const [broken] = program.getSyntacticDiagnostics(source);
  if (broken) {
    const line = source.getLineAndCharacterOfPosition(broken.start).line + 1;
    throw new Error(`${fileName}:${line}: ${ts.flattenDiagnosticMessageText(broken.messageText, " ")}`);
  }
  return { source, checker: program.getTypeChecker() };
}

/**
 * Every identifier within a node that is used as a value and declared outside of that node.
 * @param {ts.Node} root
 * @param {ts.TypeChecker} checker
 * @returns {FreeIdentifier[]}
 */
export function freeIdentifiers(root, checker) {
  const source = root.getSourceFile();
  /** @type {FreeIdentifier[]} */
  const found = [];
  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isExpressionWithTypeArguments(node)) return visit(node.expression);
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isIdentifier(node)) {
      if (!isOnlyAName(node)) look(node);
      return;
    }
    ts.forEachChild(node, visit);
  }
  /** @param {ts.Identifier} node */
  function look(node) {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    const declarations = symbol?.declarations ?? [];
    if (declarations.some((each) => each.pos >= root.pos && each.end <= root.end)) return;
    if (node.text === "arguments" && isInsideFunction(node, root)) return;
    const first = declarations.find((each) => each.getSourceFile() === source);
    const declaredAt = first && source.getLineAndCharacterOfPosition(first.getStart()).line + 1;
    found.push({ name: node.text, node, declaredAt });
  }
  visit(root);
  return found;
}

/**
 * True for `this` and `arguments` that belong to a function within root: an arrow function has none of its own.
 * @param {ts.Node} node
 * @param {ts.Node} root
 */
export function isInsideFunction(node, root) {
  for (let at = node.parent; at && at !== root.parent; at = at.parent) {
    if (ts.isFunctionLike(at) && !ts.isArrowFunction(at)) return true;
    if (ts.isPropertyDeclaration(at) || ts.isClassStaticBlockDeclaration(at)) return true;
  }
  return false;
}

/**
 * True where an identifier names a property or a label instead of reading a variable.
 * @param {ts.Identifier} node
 */
function isOnlyAName(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.name === node;
  if (ts.isClassElement(parent) || ts.isObjectLiteralElement(parent)) {
    return parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  }
  if (ts.isMetaProperty(parent)) return true;
  return ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent);
}
