import type { DateReader } from "../mapping/dates";
import { decimalText, digitsLost, isSafeNumber } from "../mapping/numbers";
import { has } from "../mapping/own";
import { quote, Refused } from "../mapping/problems";
import { bucketOf, type TimeBucket } from "./time-bucket";

/** A part of a key: the value of an ERP field, or the window of time that a date field falls into. */
export type KeyField = string | TimeBucket;

/** The key of a row, or the key field that has none, with the value as sent and a sentence for the quarantine. */
export type KeyResult = { ok: true; key: string } | { ok: false; field: string; value: unknown; message: string };

/**
 * Joins key parts with `|`, each with `\`, `|` and `#` escaped by a backslash. Null, missing, "" and white space are
 * alike; so are 10, 10.0 and 1e1, and a number or bool and its own text ("10", but not "010"). Any other two part lists
 * have different keys. Throws for a part that is no key (list, object, number that may have lost digits) and when all
 * parts are empty: see `keyOf` for the form that does not throw.
 */
export function encodeKey(parts: unknown[]): string {
  const texts = parts.map((part) => {
    const text = keyPart(part);
    if (text instanceof Refused) throw new Error(`key part ${quote(part)} ${text.says}; expected ${text.expected}`);
    return text;
  });
  if (texts.every((text) => text === ""))
    throw new Error(`key ${quote(parts)} is empty; expected at least one part with a value`);
  return texts.join("|");
}

/**
 * The key of a row by its key fields (erp_id by `key_fields`, group_key by `group_fields`). Never throws for a row; `readDate` reads
 * the dates of time windows.
 */
export function keyOf(row: unknown, parts: KeyField[], readDate: DateReader = () => NO_DATE): KeyResult {
  const fields = parts.map((part) => (typeof part === "string" ? part : part.field));
  const first = fields[0] ?? "";
  const all = fields.join(", ");
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    return refuse(first, row, `row ${quote(row)} is not an object; expected one with the key fields ${all}`);
  }
  if (!fields.some((field) => has(row, field))) {
    return refuse(
      first,
      undefined,
      `the row has none of the key fields ${all}; expected at least one (check key_fields, group_fields and the rows path)`,
    );
  }
  const texts: string[] = [];
  for (const part of parts) {
    const field = typeof part === "string" ? part : part.field;
    const value = has(row, field) ? (row as Record<string, unknown>)[field] : undefined;
    const text = typeof part === "string" ? keyPart(value) : bucketOf(value, part.bucket_minutes, readDate);
    if (text instanceof Refused) {
      return refuse(field, value, `key field ${field}: ${quote(value)} ${text.says}; expected ${text.expected}`);
    }
    texts.push(text);
  }
  if (texts.every((text) => text === "")) {
    return refuse(first, undefined, `all key fields (${all}) are empty; expected a value in at least one`);
  }
  return { ok: true, key: texts.join("|") };
}

const NO_DATE = new Refused("not_a_date", "is in a time window, and nothing here reads dates", "a date");

/** A text as it stands within a key. */
export function escapePart(text: string): string {
  return text.replace(/[\\|#]/g, "\\$&");
}

/** The erp_id of the n-th row with this key, counting from 1: `key`, `key#2`, `key#3`. */
export function withOrdinal(key: string, n: number): string {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`ordinal ${n} of key ${quote(key)} is not a whole number from 1 on`);
  return n === 1 ? key : `${key}#${n}`;
}

/** The key that an erp_id was made of: without the `#n` that `withOrdinal` put there. */
export function baseOf(erpId: string): string {
  const mark = erpId.lastIndexOf("#");
  if (mark < 0 || !/^\d+$/.test(erpId.slice(mark + 1))) return erpId;
  let backslashes = 0;
  while (erpId.charAt(mark - 1 - backslashes) === "\\") backslashes++;
  return backslashes % 2 === 0 ? erpId.slice(0, mark) : erpId;
}

function keyPart(value: unknown): string | Refused {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return escapePart(value.trim());
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return numberPart(value);
  return new Refused("not_a_key", "cannot be part of a key", "a text, a number, true, false or null");
}

// Two ids that JSON.parse made one would be merged silently: the one mistake here that nobody could see.
function numberPart(value: number): string | Refused {
  if (isSafeNumber(value)) return decimalText(value);
  return new Refused(
    digitsLost().type,
    digitsLost().says,
    "a smaller number, or the id as text: have the ERP send it in quotation marks",
  );
}

function refuse(field: string, value: unknown, message: string): KeyResult {
  return { ok: false, field, value, message };
}
