import { type Cron, readCron } from "./cron";
import { cronParts } from "./schedule";

const DAY_MINUTES = 1440;
/** Days of the months, in a leap year. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A cron expression of a wall clock as cron expressions in UTC that come due at the very same instants, as long as that
 * clock is `offsetMinutes` ahead of UTC. No two of them come due together. Throws when `expression` is no cron
 * expression, never comes due, or needs a date that cron cannot say: 1 March at 02:00 in Dubai is the last day of
 * February in UTC, whichever that is.
 */
export function shiftCron(expression: string, offsetMinutes: number): string[] {
  const cron = readCron(expression);
  if (!cron) throw new Error(`"${expression}" is not a cron expression`);
  const times = new Map<string, number[]>();
  for (const [days, minutes] of byDay(minutesOfDay(cron).map((minute) => minute - offsetMinutes))) {
    for (const date of shiftDates(expression, cron, days)) times.set(date, (times.get(date) ?? []).concat(minutes));
  }
  return Array.from(times).flatMap(([date, minutes]) => timesText(minutes).map((time) => `${time} ${date}`));
}

/** Minutes of the UTC day, by how many days that is after the local one. */
function byDay(minutes: number[]): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (const minute of minutes) {
    const day = Math.floor(minute / DAY_MINUTES);
    const found = days.get(day) ?? [];
    found.push(minute - day * DAY_MINUTES);
    days.set(day, found);
  }
  return days;
}

function minutesOfDay({ hours, minutes }: Cron): number[] {
  return hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
}

/** Minutes of the day as the fields minute and hour; minutes that come at the same hours stand together. */
function timesText(times: number[]): string[] {
  const hoursOf = new Map<number, number[]>();
  for (const time of times) {
    const minute = time % 60;
    hoursOf.set(minute, (hoursOf.get(minute) ?? []).concat(Math.floor(time / 60)));
  }
  const minutesOf = new Map<string, number[]>();
  for (const [minute, hours] of hoursOf) {
    const text = fieldText(hours, 1);
    minutesOf.set(text, (minutesOf.get(text) ?? []).concat(minute));
  }
  return Array.from(minutesOf, ([hours, minutes]) => `${fieldText(minutes, 0)} ${hours}`);
}

/** The fields day, month and weekday for what comes due so many days earlier (-1) or later (1) in UTC. */
function shiftDates(expression: string, { days, months, weekdays }: Cron, by: number): string[] {
  const weekday = fieldText(
    weekdays.map((each) => (each + by + 7) % 7),
    4,
  );
  if (isEvery(days, 2) && isEvery(months, 3)) return [`* * ${weekday}`];
  const [leap, common] = [true, false].map((isLeap) => shiftedDays(days, months, by, isLeap)) as [string[], string[]];
  if (leap.length === 0) throw new Error(`"${expression}" never comes due: none of its months has such a day`);
  if (by === 0) return [`${fieldText(days, 2)} ${fieldText(months, 3)} ${weekday}`];
  const inCommonYears = leap.filter((date) => date !== "2-29");
  if (inCommonYears.join() !== common.join()) {
    throw new Error(
      `"${expression}" cannot be written in UTC: there it comes due on 28 or 29 February, depending on the year; ` +
        "choose a time that falls on the same day in UTC, or leave this day out",
    );
  }
  return datesText(leap).map((date) => `${date} ${weekday}`);
}

/** Dates as "month-day", ascending, each moved by some days. */
function shiftedDays(days: number[], months: number[], by: number, isLeap: boolean): string[] {
  const all = MONTH_DAYS.flatMap((length, month) =>
    Array.from({ length: month === 1 && !isLeap ? 28 : length }, (_, day) => ({ month: month + 1, day: day + 1 })),
  );
  return all
    .filter((_, at) => {
      const local = all[(at - by + all.length) % all.length];
      return local !== undefined && months.includes(local.month) && days.includes(local.day);
    })
    .map(({ month, day }) => `${month}-${day}`);
}

/** The fields day and month; months with the same days stand together. */
function datesText(dates: string[]): string[] {
  const daysOf = new Map<number, number[]>();
  for (const date of dates) {
    const [month = 0, day = 0] = date.split("-").map(Number);
    daysOf.set(month, (daysOf.get(month) ?? []).concat(day));
  }
  const monthsOf = new Map<string, number[]>();
  for (const [month, days] of daysOf) {
    const text = days.length === MONTH_DAYS[month - 1] ? "*" : fieldText(days, 2);
    monthsOf.set(text, (monthsOf.get(text) ?? []).concat(month));
  }
  return Array.from(monthsOf, ([days, months]) => `${days} ${fieldText(months, 3)}`);
}

function isEvery(values: number[], part: number): boolean {
  const { min, max } = partAt(part);
  return values.length === max - min + 1;
}

/** Values of a field as it is written in cron: a star, a star with a step, else numbers and ranges. */
function fieldText(values: number[], part: number): string {
  const { min, max } = partAt(part);
  const sorted = Array.from(new Set(values)).sort((a, b) => a - b);
  const [first = min, second = max + 1] = sorted;
  const step = second - first;
  const stepped = sorted.length > 3 && sorted.every((value, at) => value === min + at * step);
  if (stepped && min + sorted.length * step > max) return step === 1 ? "*" : `*/${step}`;
  return runsOf(sorted).join(",");
}

/** Three numbers in a row and more are a range. */
function runsOf(sorted: number[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === (sorted[end] as number) + 1) end++;
    if (end - at >= 2) texts.push(`${sorted[at]}-${sorted[end]}`);
    else texts.push(...sorted.slice(at, end + 1).map(String));
    at = end + 1;
  }
  return texts;
}

function partAt(part: number): { min: number; max: number } {
  const found = cronParts[part];
  if (!found) throw new Error(`a cron expression has no part ${part}`);
  return found;
}
