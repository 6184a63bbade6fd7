import { type Cron, readCron } from "./cron";
import { scheduleLines } from "./schedule";

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
