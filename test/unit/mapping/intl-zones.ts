import { zonedToUtcFrom } from "../../../src/mapping/zones";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Node's own zone offsets; PocketBase's come from Go. */
export function intlOffsetAt(epochMs: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const digits = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...digits });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const wall = new Date(0);
  wall.setUTCFullYear(part("year"), part("month") - 1, part("day"));
  wall.setUTCHours(part("hour"), part("minute"), part("second"));
  return wall.getTime() - Math.floor(epochMs / 1000) * 1000;
}

export const zonedToUtc = zonedToUtcFrom(intlOffsetAt);
