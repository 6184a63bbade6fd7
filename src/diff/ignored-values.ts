import { skipSpace, valueEnd } from "../sources/json-scan";

/**
 * Takes the values of some fields out of a row's text, so that a change of theirs changes no fingerprint. Null when the
 * text is no whole row. Everything else of the text stays as it is, character by character.
 */
export type ValueCutter = (text: string) => string | null;

/**
 * Prepares a cutter. In an ordinary row each field is found by its name and colon alone: a quotation mark inside a text
 * is escaped, so `,"NAME":` can only be a member. Where that does not tell (nested objects, a name that stands twice,
 * spaces, escapes) the row is read member by member.
 */
export function valueCutter(fields: string[]): ValueCutter {
  if (fields.length === 0) return (text) => text;
  const names = new Set(fields);
  const quoted = fields.map((field) => JSON.stringify(field));
  const keys = quoted.map((name) => `${name}:`);
  return (text) => {
    let rest = text;
    for (let at = 0; at < keys.length; at++) {
      const cut = cutPlain(rest, keys[at] as string, quoted[at] as string);
      if (cut === null) return cutExactly(text, names);
      rest = cut;
    }
    return rest;
  };
}

const COMMA = 44;
const OPEN = 123;
const CLOSE = 125;
const QUOTE = 34;

/** Null when the text does not tell where the field's value is. */
function cutPlain(text: string, key: string, name: string): string | null {
  const at = text.indexOf(key);
  if (at < 0) return text.indexOf(name) < 0 && !mayBeEscaped(text, name) ? text : null;
  const before = text.charCodeAt(at - 1);
  const start = at + key.length;
  if ((before !== COMMA && before !== OPEN) || text.indexOf(name, start) >= 0 || mayBeEscaped(text, name)) return null;
  const head = text.substring(0, start);
  if (head.indexOf("{", 1) >= 0 || head.indexOf("[") >= 0) return null;
  const end = plainEnd(text, start);
  const after = end < 0 ? 0 : text.charCodeAt(end);
  if (after !== COMMA && after !== CLOSE) return null;
  return head + text.substring(end);
}

/** Whether the name may also stand in the text with escapes that it does not need: PHP writes a slash as `\/`. */
function mayBeEscaped(text: string, name: string): boolean {
  return text.indexOf("\\u") >= 0 || (name.indexOf("/") >= 0 && text.indexOf("\\/") >= 0);
}

/** A number or a word of JSON. */
const WORD = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|null|true|false)$/;

/** Where a text without escapes, a number or a word ends; -1 for any other value, and for what is no JSON. */
function plainEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) {
    const end = text.indexOf('"', start + 1);
    const value = end < 0 ? "" : text.substring(start, end + 1);
    return value.indexOf("\\") >= 0 || !isJson(value) ? -1 : end + 1;
  }
  const comma = text.indexOf(",", start);
  const end = comma < 0 ? text.length - 1 : comma;
  return WORD.test(text.substring(start, end)) ? end : -1;
}

/** What is left of a broken row must not look like a whole one. */
function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Member by member. */
function cutExactly(text: string, names: Set<string>): string | null {
  if (!isJson(text)) return null;
  let rest = "";
  let done = 0;
  for (let at = skipSpace(text, 1); text[at] !== "}"; ) {
    const nameEnd = valueEnd(text, at);
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = valueEnd(text, value);
    if (names.has(JSON.parse(text.substring(at, nameEnd)) as string)) {
      rest += text.substring(done, value);
      done = end;
    }
    const next = skipSpace(text, end);
    at = text[next] === "," ? skipSpace(text, next + 1) : next;
  }
  return rest + text.substring(done);
}
