import type { DateReader } from "../mapping/dates";
import { isNothing, toDate } from "../mapping/types";

/** Why an answer that lacks a row says nothing of it: too old for it by now, or without a date that could tell. */
export type AgedOut = "old" | "undated";

/**
 * Whether a row is too old for an answer; undefined when the answer should have it.
 * @param value options.diff.window_field of the row as stored
 * @param fromDate the day from which on the ERP was asked for rows, YYYY-MM-DD; it begins in the stream's time zone
 */
export function agedOut(value: unknown, fromDate: string, readDate: DateReader): AgedOut | undefined {
  if (isNothing(value)) return "undated";
  const date = toDate(typeof value === "string" ? value.trim() : value, readDate);
  const start = readDate(fromDate);
  if (typeof date !== "string" || typeof start !== "string" || date === "") return "undated";
  return date < start ? "old" : undefined;
}
