/** Layer 4, dates (002): every way an ERP writes a date becomes `YYYY-MM-DD HH:mm:ss.SSSZ`. */
import { FIRST_INSTANT, formatInstant, formatWall, isReal, LAST_INSTANT, utcOf } from "./calendar";
import { type DateShape, dateShape, milliseconds, type WrittenDate, zoneOffset } from "./date-formats";
import type { ZonedToUtc } from "./model";
import { own } from "./own";
import { Refused } from "./problems";

/** A date as PocketBase stores it, "" for an ERP's empty date, or why the text is no date. */
export type DateReader = (text: string) => string | Refused;

/** Reads a text of its shape into milliseconds since 1970 or a written date; undefined when it has another shape. */
type Shape = (text: string) => number | WrittenDate | undefined;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:[Tt]| {1,3})(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;
const JSON_DATE = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/;
const WHOLE_NUMBER = /^-?\d{1,16}$/;
const LONGEST_DATE = 60;

// The same dates come again and again, row by row; the rest are nearly all in this form, which needs no arithmetic in
// UTC: a day that exists (29 February apart), a time that exists, and no fraction or milliseconds.
const EVERYDAY =
  /^[1-9]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?$/;
const SECONDS_LENGTH = 19;
const REMEMBERED_DATES = 2000;

const iso: DateShape = (text) => {
  const found = ISO.exec(text);
  if (!found) return undefined;
  const date: WrittenDate = {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: Number(found[4] ?? 0),
    minute: Number(found[5] ?? 0),
    second: Number(found[6] ?? 0),
    millisecond: milliseconds(found[7] ?? ""),
  };
  if (found[8]) date.offset = zoneOffset(found[8]);
  return date;
};

// The milliseconds are UTC; the offset behind them only tells where the sender's clock stood.
const jsonDate: Shape = (text) => {
  const found = JSON_DATE.exec(text);
  return found ? Number(found[1]) : undefined;
};

/** Names that may stand among the formats beside patterns such as `DD.MM.YYYY`. */
const NAMED: Record<string, Shape> = {
  iso,
  json_date: jsonDate,
  epoch_ms: (text) => (WHOLE_NUMBER.test(text) ? Number(text) : undefined),
  epoch_s: (text) => (WHOLE_NUMBER.test(text) ? Number(text) * 1000 : undefined),
};

/** How to read one format, or the rest of a sentence that says what is wrong with it. */
export function dateFormat(format: string): Shape | string {
  return own(NAMED, format) ?? dateShape(format);
}

/**
 * Reads dates that say no zone in `timezone` ("" and UTC: the wall clock as it is, without calling `zonedToUtc`).
 * Without `formats`: ISO 8601 with or without time and zone, and `/Date(ms)/`. With `formats` only those, and the first
 * whose shape fits decides, so that a list cannot turn an impossible date into a possible other one.
 * 0001-01-01 (.NET, SQL Server) and 0000-00-00 (MySQL, SAP) are empty dates. Throws for a bad format: see settings.ts.
 */
export function dateReader(options: { formats?: string[]; timezone: string; zonedToUtc: ZonedToUtc }): DateReader {
  const { timezone, zonedToUtc } = options;
  const inUtc = isUtc(timezone);
  const formats = options.formats ?? ["iso", "json_date"];
  const shapes = formats.map((format) => {
    const shape = dateFormat(format);
    if (typeof shape === "string") throw new Error(`date format "${format}" ${shape}`);
    return shape;
  });
  const expected = `a date such as ${options.formats ? formats.join(" or ") : "2025-12-31 or 2025-12-31T23:59:59"}`;

  function instant(date: WrittenDate): number {
    if (date.offset !== undefined) return utcOf(date) - date.offset;
    const { year, month, day, hour, minute, second, millisecond } = date;
    return zonedToUtc(year, month, day, hour, minute, second, millisecond, timezone);
  }

  const isQuick = inUtc && !options.formats;
  const known = new Map<string, string>();

  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const date = isQuick && EVERYDAY.test(text) ? everydayDate(text) : read(text);
    if (typeof date === "string") {
      if (known.size >= REMEMBERED_DATES) known.clear();
      known.set(text, date);
    }
    return date;
  };

  function read(text: string): string | Refused {
    const trimmed = text.trim();
    if (trimmed.length > LONGEST_DATE) return new Refused("not_a_date", "is not a date", expected);
    const date = firstFit(shapes, trimmed);
    if (date === undefined) return new Refused("not_a_date", "is not a date in a known form", expected);
    if (typeof date === "number") return stored(date, expected);
    if (isEmptyDate(date)) return "";
    if (!isReal(date)) return new Refused("impossible_date", "is a date or time that does not exist", expected);
    if (date.offset === undefined && inUtc) return formatWall(date);
    if (Number.isNaN(date.offset)) return new Refused("impossible_date", "names a zone that does not exist", expected);
    return stored(instant(date), expected);
  }
}

/** True when a zone-less wall clock needs no conversion. */
export function isUtc(timezone: string): boolean {
  return /^(|utc|etc\/utc|z)$/i.test(timezone.trim());
}

function everydayDate(text: string): string {
  return `${text.slice(0, 10)} ${text.slice(11)}${text.length === SECONDS_LENGTH ? ".000Z" : "Z"}`;
}

function firstFit(shapes: Shape[], text: string): number | WrittenDate | undefined {
  for (const shape of shapes) {
    const date = shape(text);
    if (date !== undefined) return date;
  }
  return undefined;
}

function isEmptyDate(date: WrittenDate): boolean {
  const { year, month, day } = date;
  return (year === 1 && month === 1 && day === 1) || (year === 0 && month === 0 && day === 0);
}

function stored(epochMs: number, expected: string): string | Refused {
  if (epochMs === FIRST_INSTANT) return "";
  if (epochMs >= FIRST_INSTANT && epochMs <= LAST_INSTANT) return formatInstant(epochMs);
  return new Refused("date_out_of_range", "is outside the years 1 to 9999", expected);
}
