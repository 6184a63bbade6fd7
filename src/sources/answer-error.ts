/**
 * What is wrong with an answer: it has no bytes (empty), is no JSON (not_json) but a web page (html), ends too early
 * (cut), has no list at rows_path (shape), or its list is not one of objects (not_object).
 */
export type AnswerErrorKind = "empty" | "not_json" | "html" | "cut" | "shape" | "not_object";

/** The ERP's answer cannot be used; the message is for the person on call. Nothing of the answer may be applied. */
export class AnswerError extends Error {
  constructor(
    readonly kind: AnswerErrorKind,
    message: string,
  ) {
    super(message);
    this.name = "AnswerError";
  }
}

const QUOTED_CHARACTERS = 200;

/** The beginning of a text on one line, in quotation marks. */
export function quoteStart(text: string): string {
  const line = text.substring(0, 4 * QUOTED_CHARACTERS).replace(/\s+/g, " ");
  const whole = line.length <= QUOTED_CHARACTERS && text.length <= 4 * QUOTED_CHARACTERS;
  return `"${whole ? line : `${line.substring(0, QUOTED_CHARACTERS)}…`}"`;
}

/** The end of a text on one line, in quotation marks. */
export function quoteEnd(text: string): string {
  return `"…${text.replace(/\s+/g, " ")}"`;
}

/** 1234567 as 1,234,567; goja has no toLocaleString. */
export function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** What kind of JSON value a text is, for a message: `a number (7)`. */
export function describeValue(text: string): string {
  switch (text[0]) {
    case "{":
      return "an object";
    case "[":
      return "a list";
    case '"':
      return `text (${quoteStart(text.substring(1, text.length - 1))})`;
    case "t":
    case "f":
      return `a boolean (${text})`;
    case "n":
      return "null";
    default:
      return `a number (${text})`;
  }
}
