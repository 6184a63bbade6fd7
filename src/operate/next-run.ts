import { type CronPart, cronParts, inFields, scheduleLines } from "../settings/schedule";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The longest wait there is: from one 29 February on a given weekday to the next, across a century without one. */
const LONGEST_WAIT_YEARS = 40;

/**
 * When a schedule, as it stands in the field of that name, comes due next, in ms: a full minute in UTC, always later
 * than `afterMs` (003, "nextScheduledSync"). null when it never does. A line that is no cron expression never comes due,
 * as PocketBase does not register it.
 */
export function nextRunAt(schedule: string, afterMs: number): number | null {
  let next: number | null = null;
  for (const { expression } of scheduleLines(schedule)) {
    const cron = readCron(expression);
    const at = cron && nextDue(cron, afterMs);
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

/** The values at which each field is due, ascending. */
interface Cron {
  minutes: number[];
  hours: number[];
  days: number[];
  months: number[];
  weekdays: number[];
}

/** Day and weekday must both be right, unlike in Unix cron: that is how PocketBase reads it. */
function nextDue(cron: Cron, afterMs: number): number | null {
  const first = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  const firstDay = Math.floor(first / DAY_MS) * DAY_MS;
  const lastYear = new Date(first).getUTCFullYear() + LONGEST_WAIT_YEARS;
  for (let day = firstDay; ; ) {
    const date = new Date(day);
    const year = date.getUTCFullYear();
    if (year > lastYear) return null;
    if (!cron.months.includes(date.getUTCMonth() + 1)) {
      day = Date.UTC(year, date.getUTCMonth() + 1, 1);
      continue;
    }
    if (cron.days.includes(date.getUTCDate()) && cron.weekdays.includes(date.getUTCDay())) {
      const minute = firstMinute(cron, day === firstDay ? (first - day) / MINUTE_MS : 0);
      if (minute !== null) return day + minute * MINUTE_MS;
    }
    day += DAY_MS;
  }
}

/** The first minute of a day, counted from 0, that is due and not before `from`. */
function firstMinute({ hours, minutes }: Cron, from: number): number | null {
  for (const hour of hours) {
    for (const minute of minutes) {
      if (hour * 60 + minute >= from) return hour * 60 + minute;
    }
  }
  return null;
}

function readCron(expression: string): Cron | null {
  const fields = inFields(expression).split(" ");
  if (fields.length !== cronParts.length) return null;
  const [minutes, hours, days, months, weekdays] = cronParts.map((part, at) => valuesOf(fields[at] ?? "", part));
  return minutes && hours && days && months && weekdays ? { minutes, hours, days, months, weekdays } : null;
}

/** The values of one field, ascending; null when it is not valid. */
function valuesOf(field: string, part: CronPart): number[] | null {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const range = rangeOf(item, part);
    if (!range) return null;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return Array.from(values).sort((a, b) => a - b);
}

function rangeOf(item: string, { min, max }: CronPart): { from: number; to: number; step: number } | null {
  const [span = "", stepText, ...more] = item.split("/");
  const step = stepText === undefined ? 1 : numberWithin(stepText, 1, max);
  if (step === null || more.length > 0) return null;
  if (span === "*") return { from: min, to: max, step };
  const bounds = span.split("-");
  if (bounds.length > 2 || (bounds.length === 1 && step !== 1)) return null;
  const from = numberWithin(bounds[0] ?? "", min, max);
  const to = bounds.length === 1 ? from : numberWithin(bounds[1] ?? "", min, max);
  return from === null || to === null || from > to ? null : { from, to, step };
}

/** PocketBase takes what Go reads as a number: digits, also behind a plus. */
function numberWithin(text: string, min: number, max: number): number | null {
  if (!/^\+?\d+$/.test(text)) return null;
  const number = Number(text);
  return number >= min && number <= max ? number : null;
}
