/** Layer 1, types (002): which JSON value may become which field type, and what stands for "nothing". */
import { parseObject } from "../settings/json-field";
import type { DateReader } from "./dates";
import type { FieldType, MappedValue, TargetField } from "./model";
import type { NumberStyle } from "./number-locales";
import { decimalText, digitsLost, isSafeNumber, parseNumber } from "./numbers";
import { Refused } from "./problems";

const TRUE_WORDS = new Set(["true", "t", "yes", "y", "on", "1", "x"]);
const FALSE_WORDS = new Set(["false", "f", "no", "n", "off", "0"]);

/** Types that are stored as text (or, for select and relation, as a list of texts). */
export function isTextual(type: FieldType): boolean {
  return type !== "number" && type !== "bool" && type !== "date" && type !== "json" && type !== "geoPoint";
}

/** True when a field holds a list of texts. */
export function isList(field: TargetField): boolean {
  return field.multiple === true && (field.type === "select" || field.type === "relation" || field.type === "other");
}

/** True when a field may hold a list or an object. */
export function holdsObjects(field: TargetField): boolean {
  return ["json", "geoPoint", "other"].includes(field.type) || isList(field);
}

/** What an empty field of this type holds; a new list each time. */
export function emptyValue(field: TargetField): MappedValue {
  if (isList(field)) return [];
  if (field.type === "number") return 0;
  if (field.type === "bool") return false;
  if (field.type === "json") return null;
  if (field.type === "geoPoint") return { lon: 0, lat: 0 };
  return "";
}

/** A place on earth: an object with the numbers lon and lat, in degrees, or its JSON text. */
export function toPoint(value: unknown): object | Refused {
  const point = typeof value === "string" ? parseObject(value) : value;
  const { lon, lat } = (typeof point === "object" && point !== null ? point : {}) as { lon?: unknown; lat?: unknown };
  if (isDegrees(lon, 180) && isDegrees(lat, 90)) return { lon, lat };
  return new Refused(
    "not_a_point",
    "is not a place on earth",
    'an object such as {"lon": 32.9, "lat": 24.1}, in degrees',
  );
}

function isDegrees(value: unknown, most: number): boolean {
  return typeof value === "number" && Math.abs(value) <= most;
}

/** The three ways an ERP says nothing: null, "", and no such field. Alike for every type (000). */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

/** True when PocketBase itself counts the value as missing in a required field. */
export function isBlank(value: MappedValue): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === null || value === "" || value === 0 || value === false;
}

/** Text of a text, number (in decimal form) or bool. Lists, objects and numbers that lost digits are refused. */
export function toText(value: unknown): string | Refused {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value))
    return isSafeNumber(value) ? decimalText(value) : digitsLost();
  return new Refused("not_text", `is ${kindOf(value)}`, "a text, a number or a bool");
}

/** A number of a number, a text (see numbers.ts) or a bool (1 and 0, as PocketBase does). */
export function toNumber(value: unknown, style: NumberStyle): number | Refused {
  if (typeof value === "string") return parseNumber(value, style);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && !Number.isNaN(value)) return isSafeNumber(value) ? value + 0 : digitsLost();
  return new Refused("not_a_number", `is ${kindOf(value)}`, `a number such as ${style.example}`);
}

/** A bool of true, false, 1, 0 and the usual words; "X" is true, as SAP writes it. */
export function toBool(value: unknown): boolean | Refused {
  if (typeof value === "boolean") return value;
  const word = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim().toLowerCase() : "";
  if (TRUE_WORDS.has(word)) return true;
  if (FALSE_WORDS.has(word)) return false;
  return new Refused("not_a_bool", "is neither true nor false", "true, false, 1, 0, yes, no, Y or N");
}

/** A stored date of a text, or of a number when the field's formats read its digits (20251231, epoch_ms). */
export function toDate(value: unknown, read: DateReader): string | Refused {
  const text = typeof value === "number" ? toText(value) : value;
  if (typeof text === "string") return read(text);
  return text instanceof Refused ? text : new Refused("not_a_date", `is ${kindOf(value)}`, "a date as text");
}

/** The entries of a list field: those of a list, or one single value. */
export function toEntries(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "boolean") return "a bool";
  return "not a value that JSON can hold";
}
