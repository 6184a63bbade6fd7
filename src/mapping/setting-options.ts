/** The options of one field's override: what each may hold, and which field types it is for. */
import { dateFormat } from "./dates";
import type { FieldMapping, FieldType } from "./model";
import { numberStyle } from "./number-locales";
import { own } from "./own";
import { quote } from "./problems";
import { TRANSFORM_NAMES, transformOf } from "./transforms";

/** A fault within an option: where ("" or "[2]" or ".field") and the sentence. */
export interface OptionFault {
  at: string;
  message: string;
}

interface Option {
  check(value: unknown): OptionFault[];
  /** The field types that the option is for; all when left out. */
  types?: FieldType[];
}

const TEXTUAL: FieldType[] = ["text", "email", "url", "editor", "select", "relation", "other"];
const SIZED: FieldType[] = [...TEXTUAL, "number", "date"];
const FORMATS_HELP = "a format such as DD.MM.YYYY HH:mm, or iso, json_date, epoch_ms, epoch_s";

/** Every option that an override may have. */
export const OPTIONS: Record<keyof FieldMapping, Option> = {
  skip: { check: isBool },
  from: { check: (value) => one(isName(value), value, "is not the name of an ERP field", "a text") },
  trim: { check: isBool, types: TEXTUAL },
  transforms: {
    check: (value) =>
      list(value, "transform names", (entry) =>
        one(isTransform(entry), entry, "is not a transform", `one of ${TRANSFORM_NAMES.join(", ")}`),
      ),
    types: [...SIZED, "bool"],
  },
  default: { check: (value) => one(value !== undefined, value, "is not a value", "a JSON value") },
  required: { check: isBool },
  locale: {
    check: (value) =>
      one(
        typeof value === "string" && numberStyle(value) !== undefined,
        value,
        "is not a known locale",
        'one such as "en", "de" or "de-CH"',
      ),
    types: ["number"],
  },
  formats: { check: (value) => list(value, "date formats", checkFormat), types: ["date"] },
  min: { check: isBound, types: SIZED },
  max: { check: isBound, types: SIZED },
  pattern: { check: checkPattern, types: TEXTUAL },
  one_of: {
    check: (value) =>
      list(value, "texts or numbers", (entry) =>
        one(isScalar(entry), entry, "cannot be compared", "a text or a number"),
      ),
    types: [...TEXTUAL, "number"],
  },
  lookup: { check: checkLookup, types: ["text", "relation", "other"] },
};

/** The option of that name; undefined for a name that no override may have. */
export function optionOf(name: string): Option | undefined {
  return own<Option>(OPTIONS, name);
}

/** A fault of a value in the common form of all error sentences. */
export function faultOf(value: unknown, says: string, expected: string, at = ""): OptionFault {
  return { at, message: `${quote(value)} ${says}; expected ${expected}` };
}

function one(fits: boolean, value: unknown, says: string, expected: string): OptionFault[] {
  return fits ? [] : [faultOf(value, says, expected)];
}

function list(value: unknown, of: string, check: (entry: unknown) => OptionFault[]): OptionFault[] {
  if (!Array.isArray(value) || value.length === 0)
    return [faultOf(value, "is not a list with entries", `a list of ${of}`)];
  return value.flatMap((entry, i) => check(entry).map((fault) => ({ ...fault, at: `[${i}]` })));
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}

function isTransform(value: unknown): boolean {
  return typeof value === "string" && transformOf(value) !== undefined;
}

function isBool(value: unknown): OptionFault[] {
  return one(typeof value === "boolean", value, "is not a bool", "true or false");
}

function isBound(value: unknown): OptionFault[] {
  return one(isScalar(value) && value !== "", value, "is not a limit", "a number, or a date as text");
}

function checkFormat(value: unknown): OptionFault[] {
  if (!isName(value)) return [faultOf(value, "is not a date format", FORMATS_HELP)];
  const format = dateFormat(value);
  return typeof format === "string" ? [faultOf(value, `is not a date format: it ${format}`, FORMATS_HELP)] : [];
}

function checkLookup(value: unknown): OptionFault[] {
  const expected = 'an object such as {"collection": "orders", "field": "order_no"}';
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [faultOf(value, "is not a lookup", expected)];
  const unknown = Object.keys(value).filter((key) => key !== "collection" && key !== "field");
  const { collection, field } = value as Record<string, unknown>;
  return [
    ...unknown.map((key) => faultOf(key, "is not an option of a lookup", "collection and field", `.${key}`)),
    ...(isName(collection) ? [] : [faultOf(collection, "is not the name of a collection", expected, ".collection")]),
    ...(isName(field) ? [] : [faultOf(field, "is not the name of a field", expected, ".field")]),
  ];
}

/** PocketBase's regular expressions are RE2's where they can be: only those take time in proportion to the text. */
function checkPattern(value: unknown): OptionFault[] {
  const expected = "a regular expression that both JavaScript and RE2 know";
  if (!isName(value)) return [faultOf(value, "is not a pattern", expected)];
  try {
    new RegExp(value);
  } catch (error) {
    return [
      faultOf(
        value,
        `is not a regular expression (${error instanceof Error ? error.message : String(error)})`,
        expected,
      ),
    ];
  }
  const foreign = foreignToRe2(value);
  return foreign === undefined ? [] : [faultOf(value, `uses ${foreign}, which RE2 lacks`, expected)];
}

function foreignToRe2(pattern: string): string | undefined {
  // Escapes and character classes are passed over whole: what looks like a group inside them is none.
  for (const piece of pattern.match(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\(\?<?[=!]|\{\d+(?:,\d*)?\}|[\s\S]/g) ?? []) {
    if (piece.startsWith("(?")) return `the lookaround "${piece}"`;
    if (/^\\[1-9k]$/.test(piece)) return `the back reference "${piece}"`;
    if (/^\\[pP]$/.test(piece)) return `the class "${piece}"`;
    if (/^\{/.test(piece) && (piece.match(/\d+/g) ?? []).some((count) => Number(count) > 1000))
      return `more than 1000 repeats "${piece}"`;
  }
  return undefined;
}
