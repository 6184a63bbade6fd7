const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The factory's first hour. Work orders were created from 2025-12-01 on. */
export const OPENING = Date.UTC(2025, 11, 15, 6);
export const FIRST_WORK_ORDER = Date.UTC(2025, 11, 1, 7);

/** A date without a time, as the ERP writes it: `2025-07-31T00:00:00`. */
export function dateText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 10)}T00:00:00`;
}

/**
 * A moment as the ERP writes it: wall clock without a zone, in the steps of SQL Server's datetime (…0, …3 or …7 ms),
 * trailing zeros of the fraction dropped, so 09:39:14.890 comes as `…T09:39:14.89`.
 */
export function momentText(ms: number): string {
  const step = [0, 3, 7][ms % 3] ?? 0;
  const iso = new Date(ms - (ms % 10) + step).toISOString().slice(0, 23);
  return iso.replace(/\.?0+$/, "");
}
