import type { DateReader } from "../mapping/dates";
import { Refused } from "../mapping/problems";
import { isNothing, toDate } from "../mapping/types";

/** A key part that is a window of time instead of a value (003): rows whose date falls into one share it. */
export interface TimeBucket {
  /** A date field of the ERP's row. */
  field: string;
  /** How long a window is; it divides a day, so that the first one of a day begins at midnight UTC. */
  bucket_minutes: number;
}

const MINUTE_MS = 60_000;

/** The beginning of the window that a date falls into, in UTC, such as `2025-12-08T10:20Z`; "" for no date. */
export function bucketOf(value: unknown, minutes: number, readDate: DateReader): string | Refused {
  if (isNothing(value)) return "";
  const date = toDate(typeof value === "string" ? value.trim() : value, readDate);
  if (date === "" || date instanceof Refused) return date;
  const size = minutes * MINUTE_MS;
  const start = Math.floor(Date.parse(date.replace(" ", "T")) / size) * size;
  return `${new Date(start).toISOString().slice(0, 16)}Z`;
}
