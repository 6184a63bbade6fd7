import { nextRunAt } from "../settings/next-run";
import type { Stream } from "../settings/stream";
import { fromDbTime, toDbTime } from "./clock";
import type { Engine } from "./engine";
import type { Db } from "./ports";
import { streamLog } from "./stage";

const MINUTE_MS = 60_000;
/** Waits double until they reach options.breaker.max_minutes; so many doublings reach it from any schedule. */
const MOST_DOUBLINGS = 16;

/** Failed runs since the newest one that was not. Stopped and interrupted runs, and replays of an archive, say nothing about the ERP. */
export interface Streak {
  failures: number;
  /** When the newest of them began, in ms; 0 without any. */
  lastAt: number;
  /** A run is in progress. */
  running: boolean;
}

/** Whether the schedule of a stream is heeded. closed: always. open: not before restsUntil. half_open: one trial run is due. */
export interface Breaker {
  state: "closed" | "open" | "half_open";
  failures: number;
  /** ms; null while it is closed. */
  restsUntil: number | null;
}

type BreakerStream = Pick<Stream, "schedule" | "options">;

/**
 * An ERP that keeps failing is asked less often (001, "Circuit Breaker"): from options.breaker.failures failed runs in a
 * row on, the next run is the 2nd, then the 4th, the 8th … scheduled one after the last failure, but no later than the
 * last one within options.breaker.max_minutes. The first run that does not fail closes it. `now` in ms.
 */
export function breakerOf({ failures, lastAt, running }: Streak, stream: BreakerStream, now: number): Breaker {
  const restsUntil = restEnd(failures, lastAt, stream);
  if (restsUntil === null) return { state: "closed", failures, restsUntil };
  // While the trial runs, its outcome is waited for: a trigger that met it would ask for one more run at once.
  if (running) return { state: "half_open", failures, restsUntil };
  return { state: now < restsUntil ? "open" : "half_open", failures, restsUntil };
}

/** Null when the next scheduled run is not left out. */
function restEnd(failures: number, lastAt: number, { schedule, options }: BreakerStream): number | null {
  const { failures: enough, max_minutes } = options.breaker;
  if (enough === 0 || failures < enough) return null;
  const text = schedule.join("\n");
  const first = nextRunAt(text, lastAt);
  const latest = lastAt + max_minutes * MINUTE_MS;
  const turns = 2 ** Math.min(failures - enough + 1, MOST_DOUBLINGS);
  let end = first;
  for (let turn = 1; turn < turns && end !== null; turn++) {
    const next = nextRunAt(text, end);
    if (next === null || next > latest) break;
    end = next;
  }
  return end === first ? null : end;
}

/** True when a schedule comes due in the minute of `now`; otherwise somebody pressed "run now" in the admin UI. */
export function isScheduledNow(schedule: string[], now: number): boolean {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return nextRunAt(schedule.join("\n"), minute - 1) === minute;
}

/** The newest runs by rowid, the order in which they were made: a clock may have been set back. */
const SINCE_GOOD = `rowid > COALESCE((SELECT max(rowid) FROM sync_runs
    WHERE stream = {:stream} AND status IN ('succeeded', 'partial') AND replay_of = ''), 0) AND replay_of = ''`;

export function readStreak(db: Db, stream: string): Streak {
  const row = db.one(
    `SELECT COALESCE(sum(status = 'failed'), 0) AS failures, COALESCE(sum(status = 'running'), 0) AS running,
            COALESCE(max(CASE status WHEN 'failed' THEN started_at END), '') AS lastAt
       FROM sync_runs WHERE stream = {:stream} AND status IN ('failed', 'running') AND ${SINCE_GOOD}`,
    { stream },
    { failures: 0, running: 0, lastAt: "" },
  );
  return { failures: row?.failures ?? 0, lastAt: fromDbTime(row?.lastAt ?? ""), running: (row?.running ?? 0) > 0 };
}

/** When the oldest of the failed runs that decide how long the breaker rests began, as stored; "" without any. */
export function streakSince(db: Db, { name, options }: Pick<Stream, "name" | "options">): string {
  const { failures } = options.breaker;
  if (failures === 0) return "";
  const row = db.one(
    `SELECT COALESCE(min(at), '') AS at FROM (SELECT started_at AS at FROM sync_runs
      WHERE stream = {:stream} AND status = 'failed' AND ${SINCE_GOOD} ORDER BY rowid DESC LIMIT {:most})`,
    { stream: name, most: failures + MOST_DOUBLINGS },
    { at: "" },
  );
  return row?.at ?? "";
}

export function readBreaker(engine: Engine, stream: Stream): Breaker {
  return breakerOf(readStreak(engine.store, stream.name), stream, engine.clock());
}

/** True when a scheduled trigger is to be left out; the log says so. Runs by hand, webhooks and reruns always go through. */
export function rests(engine: Engine, stream: Stream): boolean {
  const now = engine.clock();
  if (!isScheduledNow(stream.schedule, now)) return false;
  const streak = readStreak(engine.store, stream.name);
  const { state, failures, restsUntil } = breakerOf(streak, stream, now);
  if (restsUntil === null || (state === "half_open" && !streak.running)) return false;
  streamLog({ engine, stream }).info("scheduled run left out: the ones before it failed", {
    stream: stream.name,
    failures,
    next: toDbTime(restsUntil),
  });
  return true;
}

/** What the record of a failed run says about the next one; "" when the schedule is heeded as ever. */
export function restNote(engine: Engine, stream: Stream, startedAt: number): string {
  const { failures } = readStreak(engine.store, stream.name);
  const { restsUntil } = breakerOf({ failures: failures + 1, lastAt: startedAt, running: false }, stream, startedAt);
  if (restsUntil === null || stream.paused) return "";
  const next = toDbTime(restsUntil).slice(0, 16);
  return `; ${failures + 1} runs in a row have failed, so the next scheduled one is that of ${next} UTC (options.breaker)`;
}
