const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** The next position that is not JSON white space; text.length if there is none. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/**
 * Where the JSON value that begins at `from` ends (the position after it), or -1 when the text ends first. Only
 * brackets and quotation marks are counted: whether the value is valid is for JSON.parse to say. A number or a bare
 * word ends at the first delimiter; at a delimiter itself the value is empty.
 */
export function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return stringEnd(text, from);
  if (first === OPEN_OBJECT || first === OPEN_LIST) return nestedEnd(text, from);
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || isSpace(code)) return at;
  }
  return -1;
}

function nestedEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (code < OPEN_LIST) {
      // no bracket; asked first because goja takes its time over every comparison
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return -1;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

export type Member = { at: number } | { names: string[]; closed: boolean } | { broken: number };

/**
 * Looks for a member of the object that begins at `from`. Gives where its value begins; or the names there are, and
 * whether the object was closed before the text ended; or where the text is not JSON.
 */
export function findMember(text: string, from: number, wanted: string): Member {
  const names: string[] = [];
  let at = skipSpace(text, from + 1);
  if (text[at] === "}") return { names, closed: true };
  for (;;) {
    const nameEnd = at < text.length ? valueEnd(text, at) : -1;
    if (nameEnd < 0) return { names, closed: false };
    const name = parseName(text.substring(at, nameEnd));
    const colon = skipSpace(text, nameEnd);
    if (name === null || (colon < text.length && text[colon] !== ":")) return { broken: at };
    const value = skipSpace(text, colon + 1);
    if (value >= text.length) return { names, closed: false };
    if (name === wanted) return { at: value };
    names.push(name);
    const end = valueEnd(text, value);
    const next = end < 0 ? text.length : skipSpace(text, end);
    if (next >= text.length) return { names, closed: false };
    if (text[next] === "}") return { names, closed: true };
    if (text[next] !== ",") return { broken: next };
    at = skipSpace(text, next + 1);
  }
}

function parseName(text: string): string | null {
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === "string" ? name : null;
  } catch {
    return null;
  }
}
