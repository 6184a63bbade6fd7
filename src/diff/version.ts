import { decimalText, isSafeNumber } from "../mapping/numbers";
import type { SnapshotRow } from "./model";

/**
 * A row's version as a text that compareVersions can order; "" when it has none, or is a number that has lost digits: it
 * could pass for an older one. `dateOf`: the date as stored, "" for what is no date.
 */
export function versionText(value: unknown, dateOf: (text: string) => string): string {
  if (typeof value === "number") return isSafeNumber(value) ? decimalText(value) : "";
  if (typeof value !== "string") return "";
  const text = value.trim();
  return dateOf(text) || text;
}

/**
 * Below 0 when `a` is older than `b`, above 0 when it is newer; 0 when they are equal, one of them is unknown, or nobody
 * can tell: a wrong guess would keep the newer one out.
 */
export function compareVersions(a: string, b: string): number {
  if (a === "" || b === "" || a === b) return 0;
  const same = samePrefix(a, b);
  for (const kind of KINDS) {
    const [one, other] = [kind(a.slice(same)), kind(b.slice(same))];
    if (one !== null && other !== null) return compareParts(one, other);
  }
  return 0;
}

/** How long the letters are that both begin with before a number: v9 and v10. */
function samePrefix(a: string, b: string): number {
  const [prefix = ""] = /^[A-Za-z_-]+(?=\d+$)/.exec(a) ?? [];
  return b.startsWith(prefix) && /^\d+$/.test(b.slice(prefix.length)) ? prefix.length : 0;
}

/** Parts that are compared one after the other; null for a text of another kind. */
type Kind = (text: string) => (string | number)[] | null;

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const KINDS: Kind[] = [
  // Numbers; between those that are too long for one the digits decide.
  (text) => (/^\d+$/.test(text) ? [Number(text), ...counter(text)] : null),
  (text) => (/^-?\d+(\.\d+)?$/.test(text) ? [Number(text)] : null),
  // Dates as they are stored.
  (text) => (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? [text] : null),
  // Hexadecimal, such as SQL Server's 0x00000000000007D1.
  (text) => (/^(0x)?[0-9a-f]+$/i.test(text) ? counter(text.toLowerCase().replace(/^0x/, "")) : null),
  // Eight bytes in base64, as .NET sends that.
  (text) => (/^[A-Za-z0-9+/]{11}=$/.test(text) ? Array.from(text.slice(0, -1), (each) => BASE64.indexOf(each)) : null),
];

/** Digits without needless zeros: the longer ones are the higher ones. */
function counter(digits: string): (string | number)[] {
  const needed = digits.replace(/^0+/, "");
  return [needed.length, needed];
}

function compareParts(a: (string | number)[], b: (string | number)[]): number {
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at], b[at]] as [string | number, string | number];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Of rows that share their key the one with the highest version, or the last one where that says nothing. */
export function lastOf<R extends Pick<SnapshotRow, "version" | "position">>(rows: R[]): R {
  const isLater = (row: R, than: R) =>
    (compareVersions(row.version ?? "", than.version ?? "") || row.position - than.position) > 0;
  return rows.reduce((last, row) => (isLater(row, last) ? row : last));
}
