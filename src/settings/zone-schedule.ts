import type { OffsetAt } from "../mapping/zones";
import { explainCron, scheduleLines } from "./schedule";
import { shiftCron } from "./shift-schedule";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Far enough to see summer time begin and end. */
const DAYS_AHEAD = 366;

/** What a schedule of a zone's wall clock is in UTC, from some time on. */
export interface UtcSchedule {
  /** The zone's distance from UTC then, such as +04:00. */
  offset: string;
  /** Cron expressions, as the field `schedule` of a stream takes them. */
  lines: string[];
}

export interface ZoneSchedule extends UtcSchedule {
  zone: string;
  /** The clock changes of the coming year; none where the clock never changes. `at` is in UTC. */
  changes: Array<UtcSchedule & { at: string }>;
}

/**
 * A schedule of local time, as a shift plan says it, for PocketBase's cron, which knows only UTC: as it is now, and what
 * it becomes at each clock change of the coming year. Throws a sentence when a line is no cron expression, or cannot be
 * written in UTC.
 * @param schedule one cron expression a line, comments allowed, as in the field `schedule`
 * @param offsetAt how far the zone's clock is ahead of UTC at an instant, in ms; throws for an unknown zone
 */
export function zoneSchedule(schedule: string, zone: string, nowMs: number, offsetAt: OffsetAt): ZoneSchedule {
  const expressions = readExpressions(schedule);
  const inUtc = (offsetMs: number): UtcSchedule => ({
    offset: offsetText(offsetMs),
    lines: Array.from(new Set(expressions.flatMap((expression) => shiftCron(expression, offsetMs / MINUTE_MS)))),
  });
  const changes = clockChanges(nowMs, (ms) => offsetAt(ms, zone));
  return {
    zone,
    ...inUtc(offsetAt(nowMs, zone)),
    changes: changes.map(({ at, offset }) => ({ at: new Date(at).toISOString(), ...inUtc(offset) })),
  };
}

function readExpressions(schedule: string): string[] {
  const lines = scheduleLines(schedule);
  if (lines.length === 0)
    throw new Error('the schedule is blank (expected a cron expression such as "0 6,14,22 * * *")');
  return lines.map(({ line, expression }) => {
    const reason = explainCron(expression);
    if (reason === "") return expression;
    throw new Error(`schedule line ${line}: "${expression}" is not a cron expression (${reason})`);
  });
}

function clockChanges(nowMs: number, offsetAt: (ms: number) => number): Array<{ at: number; offset: number }> {
  const changes: Array<{ at: number; offset: number }> = [];
  for (let day = 0; day < DAYS_AHEAD; day++) {
    const [from, to] = [nowMs + day * DAY_MS, nowMs + (day + 1) * DAY_MS];
    if (offsetAt(from) !== offsetAt(to))
      changes.push({ at: firstMinuteAfter(from, to, offsetAt), offset: offsetAt(to) });
  }
  return changes;
}

/** The full minute between two times at which the clock changes. */
function firstMinuteAfter(fromMs: number, toMs: number, offsetAt: (ms: number) => number): number {
  let [before, after] = [Math.floor(fromMs / MINUTE_MS), Math.ceil(toMs / MINUTE_MS)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * MINUTE_MS) === offsetAt(fromMs)) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}

function offsetText(ms: number): string {
  const minutes = Math.abs(ms) / MINUTE_MS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
