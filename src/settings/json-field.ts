/**
 * The value of a json field, however PocketBase hands it over: parsed, as JSON text, or as the bytes of that text
 * (records and request bodies inside hooks). Blank text and no bytes, which an empty list cannot be told from, give null. Throws when the text is not JSON.
 */
export function readJson(value: unknown): unknown {
  const text = jsonText(value);
  if (text === null) return value ?? null;
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${quote(text)} is not JSON`);
  }
}

/** A value as a message shows it: JSON, cut to 60 characters. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a JSON text is; null when it is not JSON or something else. For texts that a person may have written. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function jsonText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every(isByte) ? utf8(value) : null;
}

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

function utf8(bytes: number[]): string {
  const escaped = Array.from(bytes, (byte) => `%${byte < 16 ? "0" : ""}${byte.toString(16)}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw new Error("the bytes are not UTF-8");
  }
}
