/** Calendar arithmetic that does not depend on the zone of the process, as `new Date("text")` does. */

const DAY_MS = 86_400_000;

/** First and last instant that a stored date can say: year 1 to year 9999, UTC. */
export const FIRST_INSTANT = -62_135_596_800_000;
export const LAST_INSTANT = 253_402_300_799_999;

/** A time of day on a calendar day, month and day counting from 1. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** False for days and times that no calendar or clock has: 2025-02-30, 24:00, second 60. */
export function isReal(wall: WallClock): boolean {
  return (
    wall.year >= 1 &&
    wall.month >= 1 &&
    wall.month <= 12 &&
    wall.day >= 1 &&
    wall.day <= daysInMonth(wall.year, wall.month) &&
    wall.hour <= 23 &&
    wall.minute <= 59 &&
    wall.second <= 59
  );
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Milliseconds since 1970 of a real wall clock, read as UTC. */
export function utcOf(wall: WallClock): number {
  const { year, month, day, hour, minute, second, millisecond } = wall;
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** `YYYY-MM-DD HH:mm:ss.SSSZ` of milliseconds since 1970, as PocketBase stores dates. */
export function formatInstant(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS);
  const ms = epochMs - day * DAY_MS;
  return formatWall({
    ...civilDay(day),
    hour: Math.floor(ms / 3_600_000),
    minute: Math.floor(ms / 60_000) % 60,
    second: Math.floor(ms / 1000) % 60,
    millisecond: ms % 1000,
  });
}

/** The same form of a wall clock that is in UTC already. */
export function formatWall(wall: WallClock): string {
  const date = `${padded(wall.year, 4)}-${padded(wall.month, 2)}-${padded(wall.day, 2)}`;
  const time = `${padded(wall.hour, 2)}:${padded(wall.minute, 2)}:${padded(wall.second, 2)}`;
  return `${date} ${time}.${padded(wall.millisecond, 3)}Z`;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

// Both conversions count years from March, so that the leap day is the last of its year, in eras of 400 years.
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilDay(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}
