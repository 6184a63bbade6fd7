import { AnswerError, describeValue, quoteStart, withCommas } from "./answer-error";
import { jsonMessage, pageTitle } from "./excerpt";
import { findMember, skipSpace, valueEnd } from "./json-scan";

/** In characters, without the list; more before or after it than that would fill the memory. */
export const LONGEST_ENVELOPE = 16_000_000;
/** How many names of an object a message lists. */
const LISTED_NAMES = 20;

/**
 * Where the list of rows begins (the position of its "["), or -1 when more text is needed to tell. `path` is "$" when
 * the answer itself is the list, else names joined with dots. Throws AnswerError when the answer cannot have a list there.
 */
export function findList(text: string, path: string, complete: boolean): number {
  let at = skipSpace(text, 0);
  if (at >= text.length) return -1;
  if (text[at] !== "{" && text[at] !== "[") return refuseOther(text.substring(at).trim(), complete);
  const names = path === "$" ? [] : path.split(".");
  for (let depth = 0; depth < names.length; depth++) {
    if (text[at] !== "{") throw notAnObject(text, at, path, names.slice(0, depth));
    const member = findMember(text, at, names[depth] ?? "");
    if ("broken" in member) {
      throw new AnswerError(
        "not_json",
        `the answer is not valid JSON: it breaks at ${quoteStart(text.substring(member.broken))}`,
      );
    }
    if ("names" in member) {
      if (!member.closed && text.length <= LONGEST_ENVELOPE) return -1;
      throw notThere(path, names.slice(0, depth), member);
    }
    at = member.at;
  }
  if (text[at] !== "[") throw notAList(text, at, path);
  return at;
}

/** Text that is neither an object nor a list: a page, a plain sentence, a bare value. */
function refuseOther(text: string, complete: boolean): number {
  if (text.length < 500 && !complete) return -1;
  if (text[0] === "<") {
    if (/^<\?xml/i.test(text) && !/<html/i.test(text)) {
      throw new AnswerError("not_json", `the answer is XML, not JSON: ${quoteStart(text)}`);
    }
    const title = pageTitle(text);
    const page = title === "" ? `, not JSON: ${quoteStart(text)}` : ` titled ${quoteStart(title)}, not JSON`;
    throw new AnswerError(
      "html",
      `the answer is an HTML page${page} (a login page? check source_url and options.source.auth)`,
    );
  }
  if (isJson(text)) throw new AnswerError("shape", `the answer is ${describeValue(text)}, expected a list of rows`);
  throw new AnswerError("not_json", `the answer is not JSON; it begins with ${quoteStart(text)}`);
}

const ROWS_WERE_HERE = "(the list of rows)";

/**
 * The answer with [] instead of the rows, from the text before and after the list. Throws AnswerError when the two do
 * not make whole JSON; `position` says in words how far the answer went.
 */
export function withoutList(before: string, after: string, path: string, position: string): unknown {
  const text = `${before}${JSON.stringify(ROWS_WERE_HERE)}${after}`;
  if (text.length > LONGEST_ENVELOPE) {
    throw new AnswerError(
      "shape",
      `the answer goes on for over ${withCommas(LONGEST_ENVELOPE)} characters beside its rows`,
    );
  }
  if (valueEnd(text, skipSpace(text, 0)) < 0) {
    throw new AnswerError("cut", `the answer is cut: it ends after the list of rows${position}`);
  }
  if (!isJson(text)) {
    const rest = quoteStart(after.trim());
    throw new AnswerError(
      "not_json",
      `the answer is not valid JSON: what follows the list of rows does not end it: ${rest}`,
    );
  }
  const names = path === "$" ? ["$"] : ["$", ...path.split(".")];
  const last = names.pop() as string;
  const around: Envelope = { $: JSON.parse(text) };
  let parent: Envelope | undefined = around;
  for (const name of names) parent = parent?.[name] as Envelope | undefined;
  if (parent?.[last] !== ROWS_WERE_HERE) {
    throw new AnswerError("shape", `rows_path "${path}" is in the answer more than once; it must name one list`);
  }
  parent[last] = [];
  return around.$;
}

type Envelope = Record<string, unknown>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function notThere(path: string, parents: string[], object: { names: string[]; closed: boolean }): AnswerError {
  const where = parents.length === 0 ? "its top level" : `"${parents.join(".")}"`;
  const has = object.closed ? "has" : "begins with";
  return new AnswerError("shape", `rows_path "${path}" is not in the answer; ${where} ${has}: ${list(object.names)}`);
}

function notAnObject(text: string, at: number, path: string, parents: string[]): AnswerError {
  if (parents.length === 0) {
    return new AnswerError("shape", `rows_path is "${path}", but the answer is a list itself; set rows_path to "$"`);
  }
  const what = describeAt(text, at);
  return new AnswerError("shape", `rows_path "${path}" is not in the answer: "${parents.join(".")}" is ${what}`);
}

function notAList(text: string, at: number, path: string): AnswerError {
  if (path !== "$") {
    return new AnswerError("shape", `rows_path "${path}" is ${describeAt(text, at)} in the answer, expected a list`);
  }
  const member = findMember(text, at, "");
  const names = "names" in member ? member.names : [];
  const message = jsonMessage(text);
  const said = message === "" ? "" : `; it says ${quoteStart(message)}`;
  return new AnswerError(
    "shape",
    `rows_path is "$", but the answer is an object, not a list; its top level has: ${list(names)}${said}`,
  );
}

function describeAt(text: string, at: number): string {
  const end = valueEnd(text, at);
  return describeValue(text.substring(at, end < 0 ? text.length : end));
}

function list(names: string[]): string {
  if (names.length === 0) return "nothing";
  return names.slice(0, LISTED_NAMES).join(", ") + (names.length > LISTED_NAMES ? ", …" : "");
}
