/** Stands before a number that JavaScript could not write as it was: digits of an id, the zero of 10.0. */
const MARK = "\uE000";
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON with every number kept as it is written. Throws where it is no JSON. */
export function parseExact(text: string): unknown {
  return JSON.parse(text.replace(TOKENS, (token) => (isKept(token) ? token : `"${MARK}${token}"`)));
}

/** What `parseExact` gave as JSON text again, laid out for a person. */
export function formatExact(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(new RegExp(`"${MARK}([^"]*)"`, "g"), "$1");
}

/** A value for a person: text in quotation marks, so that "" and " " can be told from nothing. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "string") return typeof value === "object" ? formatExact(value) : String(value);
  return value.startsWith(MARK) ? value.slice(1) : `“${value}”`;
}

function isKept(token: string): boolean {
  return token.startsWith('"') || String(Number(token)) === token;
}
