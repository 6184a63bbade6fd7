/** Explicit date formats, such as `DD.MM.YYYY HH:mm`, for ERPs that do not write ISO dates. */
import type { WallClock } from "./calendar";
import { own } from "./own";

/** A wall clock as written; `offset` in milliseconds ahead of UTC when the text names its zone. */
export interface WrittenDate extends WallClock {
  offset?: number;
}

/** The date in a text, or undefined when the text does not have this format's shape. It may be impossible (30 February). */
export type DateShape = (text: string) => WrittenDate | undefined;

interface Token {
  source: string;
  read(text: string, date: WrittenDate): void;
  /** Tokens of one group exclude each other. */
  group: string;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

const year: Token["read"] = (text, date) => {
  date.year = Number(text);
};
const month: Token["read"] = (text, date) => {
  date.month = Number(text);
};
const day: Token["read"] = (text, date) => {
  date.day = Number(text);
};
const hour: Token["read"] = (text, date) => {
  date.hour = Number(text);
};
// A clock of twelve has no 0 and no 13 o'clock: 99 makes the date impossible. A, read last, adds the afternoon.
const hourOfTwelve: Token["read"] = (text, date) => {
  const value = Number(text);
  date.hour = value >= 1 && value <= 12 ? value % 12 : 99;
};

const TOKENS: Record<string, Token> = {
  YYYY: { source: "\\d{4}", group: "year", read: year },
  YY: {
    source: "\\d{2}",
    group: "year",
    read: (text, date) => year(String(Number(text) + (Number(text) < 70 ? 2000 : 1900)), date),
  },
  MMM: {
    source: "[A-Za-z]{3}",
    group: "month",
    read: (text, date) => {
      date.month = MONTHS.split(" ").indexOf(text.toLowerCase()) + 1;
    },
  },
  MM: { source: "\\d{2}", group: "month", read: month },
  M: { source: "\\d{1,2}", group: "month", read: month },
  DD: { source: "\\d{2}", group: "day", read: day },
  D: { source: "\\d{1,2}", group: "day", read: day },
  HH: { source: "\\d{2}", group: "hour", read: hour },
  H: { source: "\\d{1,2}", group: "hour", read: hour },
  hh: { source: "\\d{2}", group: "hour", read: hourOfTwelve },
  h: { source: "\\d{1,2}", group: "hour", read: hourOfTwelve },
  mm: {
    source: "\\d{2}",
    group: "minute",
    read: (text, date) => {
      date.minute = Number(text);
    },
  },
  ss: {
    source: "\\d{2}",
    group: "second",
    read: (text, date) => {
      date.second = Number(text);
    },
  },
  SSS: {
    source: "\\d{1,9}",
    group: "fraction",
    read: (text, date) => {
      date.millisecond = milliseconds(text);
    },
  },
  A: {
    source: "[AaPp][Mm]",
    group: "half of the day",
    read: (text, date) => {
      if (/^p/i.test(text)) date.hour += 12;
    },
  },
  Z: {
    source: "[Zz]|[+-]\\d{2}(?::?\\d{2})?",
    group: "zone",
    read: (text, date) => {
      date.offset = zoneOffset(text);
    },
  },
};

const PIECE = /\[[^\]]*\]|YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|SSS|A|Z|[\s\S]/g;

/**
 * Compiles a format. Tokens: YYYY YY MMM MM M DD D HH H hh h mm ss SSS A Z; YY is 1970 to 2069, SSS takes 1 to 9
 * digits, MMM is English, A is AM or PM, Z a zone. `[text]` and T stand for themselves. Returns why not as a sentence's rest.
 */
export function dateShape(format: string): DateShape | string {
  const tokens: Token[] = [];
  let source = "";
  for (const piece of format.match(PIECE) ?? []) {
    const token = own(TOKENS, piece);
    if (token) {
      if (tokens.some((earlier) => earlier.group === token.group)) return `says the ${token.group} twice`;
      tokens.push(token);
      source += `(${token.source})`;
    } else {
      if (/^[A-SU-Za-z]$/.test(piece)) return `holds "${piece}", which is no date token (write letters as [${piece}])`;
      source += (piece.length > 1 ? piece.slice(1, -1) : piece).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    }
  }
  const groups = tokens.map((token) => token.group);
  for (const needed of ["year", "month", "day"]) if (!groups.includes(needed)) return `lacks the ${needed}`;
  const ofTwelve = tokens.some((token) => token.read === hourOfTwelve);
  if (ofTwelve !== groups.includes("half of the day")) return "must have both h and A, or neither";
  return reader(new RegExp(`^${source}$`), tokens);
}

function reader(shape: RegExp, tokens: Token[]): DateShape {
  return (text) => {
    const found = shape.exec(text);
    if (!found) return undefined;
    const date: WrittenDate = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0 };
    tokens.forEach((token, i) => {
      if (token.group !== "half of the day") token.read(found[i + 1] ?? "", date);
    });
    tokens.forEach((token, i) => {
      if (token.group === "half of the day") token.read(found[i + 1] ?? "", date);
    });
    return date;
  };
}

/** The first three digits of a fraction of a second: finer digits (SQL Server sends seven) are cut, not rounded. */
export function milliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, "0"));
}

/** Milliseconds ahead of UTC of `Z`, `+04:00`, `+0400` or `+04`; NaN when no place on earth has it. */
export function zoneOffset(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = text.length > 3 ? Number(text.slice(-2)) : 0;
  if (hours * 60 + minutes > 14 * 60 || minutes > 59) return Number.NaN;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
