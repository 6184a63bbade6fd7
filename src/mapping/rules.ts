/** The validation rules of a field (002, stage validate): min, max, pattern, one_of, and what its type demands. */
import type { DateReader } from "./dates";
import type { FieldMapping, FieldType, MappedValue, TargetField } from "./model";
import { decimalText } from "./numbers";
import { quote, Refused } from "./problems";
import { isList, isTextual, toDate, toEntries } from "./types";

/** Why a value that is not empty breaks the rule, or undefined when it keeps it. */
export type Rule = (value: MappedValue) => Refused | undefined;

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const WITHOUT_SPACES = /^\S+$/;

/** The rules of a field and its override, which must have passed `checkMapping`. */
export function rulesOf(field: TargetField, override: FieldMapping, plainDates: DateReader): Rule[] {
  const { min, max, pattern, one_of: oneOf } = override;
  const rules: Rule[] = [];
  if (field.type === "select" && field.values && field.values.length > 0) {
    rules.push(eachOf(field.values, "not_in_select", "is not among the field's values"));
  }
  if (field.type === "email") rules.push(eachMatches(EMAIL, "not_an_email", "is not an e-mail address", "name@host"));
  if (field.type === "url")
    rules.push(eachMatches(WITHOUT_SPACES, "not_a_url", "is not a URL", "a URL without spaces"));
  if (oneOf) rules.push(eachOf(oneOf, "not_one_of", "is not an allowed value"));
  if (pattern !== undefined) {
    rules.push(eachMatches(new RegExp(pattern), "pattern", "does not match the pattern", `a text like ${pattern}`));
  }
  if (min !== undefined) rules.push(bound(field, min, plainDates, -1));
  if (max !== undefined) rules.push(bound(field, max, plainDates, 1));
  return rules;
}

/** A limit in the form that values are compared in: a stored date (read as ISO), or a number. Refused when it is none. */
export function boundOf(type: FieldType, limit: number | string, plainDates: DateReader): string | number | Refused {
  if (type === "date") return toDate(limit, plainDates);
  if (typeof limit === "number" && (type === "number" || (Number.isInteger(limit) && limit >= 0))) return limit;
  return new Refused(
    "bad_limit",
    "is not a limit for this field",
    type === "number" ? "a number" : "a count from 0 on",
  );
}

/** `side` is -1 for a lower bound, 1 for an upper one. */
function bound(field: TargetField, limit: number | string, plainDates: DateReader, side: -1 | 1): Rule {
  const edge = boundOf(field.type, limit, plainDates);
  if (edge instanceof Refused) throw new Error(`${quote(limit)} ${edge.says}; expected ${edge.expected}`);
  const word = side < 0 ? "least" : "most";
  const expected = `at ${word} ${limit}${unitOf(field)}`;
  const refused = new Refused(side < 0 ? "below_min" : "above_max", sentenceOf(field, side), expected);
  return (value) => {
    const size = sizeOf(value, field);
    return (side < 0 ? size < edge : size > edge) ? refused : undefined;
  };
}

function unitOf(field: TargetField): string {
  if (isList(field)) return " entries";
  return isTextual(field.type) ? " characters" : "";
}

function sentenceOf(field: TargetField, side: -1 | 1): string {
  if (isList(field)) return side < 0 ? "has too few entries" : "has too many entries";
  if (field.type === "date") return side < 0 ? "is too early" : "is too late";
  if (field.type === "number") return side < 0 ? "is too small" : "is too big";
  return side < 0 ? "is too short" : "is too long";
}

/** Stored dates compare as text; texts by their characters, as PocketBase counts them. */
function sizeOf(value: MappedValue, field: TargetField): string | number {
  if (Array.isArray(value)) return value.length;
  if (typeof value === "string" && field.type !== "date") return [...value].length;
  return typeof value === "string" || typeof value === "number" ? value : 0;
}

function eachOf(allowed: Array<string | number>, type: string, says: string): Rule {
  const texts = new Set(allowed.map((entry) => (typeof entry === "number" ? decimalText(entry) : entry)));
  const expected = `one of ${allowed.map((entry) => JSON.stringify(entry)).join(", ")}`;
  return each((text) => texts.has(text), new Refused(type, says, expected));
}

function eachMatches(shape: RegExp, type: string, says: string, expected: string): Rule {
  return each((text) => shape.test(text), new Refused(type, says, expected));
}

function each(keeps: (text: string) => boolean, refused: Refused): Rule {
  return (value) => {
    const kept = toEntries(value).every((entry) =>
      keeps(typeof entry === "number" ? decimalText(entry) : String(entry)),
    );
    return kept ? undefined : refused;
  };
}
