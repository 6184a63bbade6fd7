import type { FieldProblem } from "./model";

const VALUE_CHARACTERS = 500;
const QUOTE_CHARACTERS = 100;

/** Why a layer did not take a value; returned, not thrown, since bad values are ordinary. */
export class Refused {
  constructor(
    /** Short code for machines, such as `not_a_number`. */
    readonly type: string,
    /** Rest of a sentence that begins with the value: "is not a number". */
    readonly says: string,
    readonly expected: string,
    /** What a lookup did not find; the value is right as soon as it is there. */
    readonly waitsFor = "",
  ) {}
}

/** Joins a refusal with the field and the value it is about. `from` is the ERP field's name. */
export function fieldProblem(
  stage: FieldProblem["stage"],
  field: string,
  from: string,
  value: unknown,
  refused: Refused,
): FieldProblem {
  const name = from === field ? field : `${field} (from ${from})`;
  return {
    stage,
    field,
    value: cut(valueText(value), VALUE_CHARACTERS),
    expected: refused.expected,
    message: `${name}: ${quote(value)} ${refused.says}; expected ${refused.expected}`,
    type: refused.type,
    ...(refused.waitsFor !== "" && { waitsFor: refused.waitsFor }),
  };
}

/** A value in a sentence: text in quotation marks, everything else as JSON, cut to 100 characters. */
export function quote(value: unknown): string {
  if (value === undefined) return "a missing value";
  const text = valueText(value);
  const short = text.length > QUOTE_CHARACTERS ? `${cut(text, QUOTE_CHARACTERS)}…` : text;
  return typeof value === "string" ? `"${short}"` : short;
}

/** Any JSON value as text: text as it is, a missing value as "", everything else as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  // JSON would say null for an infinity.
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** Cuts a text without leaving half of a surrogate pair, which would not survive the way into Go. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
