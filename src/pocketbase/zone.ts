import type { ZonedToUtc } from "../mapping/model";

/** A wall clock time of a zone as UTC milliseconds, by Go's time zone database. */
export const zonedToUtc: ZonedToUtc = (year, month, day, hour, minute, second, millisecond, zone) => {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)} ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(millisecond, 3)}`;
  return new DateTime(text, zone).time().unixMilli();
};

/** "" when the zone exists, else what is wrong. */
export function timezoneError(zone: string): string {
  try {
    new Timezone(zone);
    return new Timezone(zone).string() === zone ? "" : "unknown";
  } catch (error) {
    return String(error);
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
