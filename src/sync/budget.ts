import type { Stream } from "../settings/stream";
import { withCommas } from "../sources/answer-error";
import type { PagePlace } from "../sources/paging";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";

const DAY_MS = 86_400_000;

/** How many rows a stream may still fetch today, in UTC (002: 7 million rows, 1 million a day). */
export interface Budget {
  /** options.source.daily_rows */
  daily: number;
  usedToday: number;
  left: number;
  /** When the next day begins, in ms. */
  renewedAt: number;
}

/** Null for a stream without a budget. A run counts for the day on which it began. */
export function readBudget(engine: Engine, { name, options }: Pick<Stream, "name" | "options">): Budget | null {
  const daily = options.source.daily_rows;
  if (daily === 0) return null;
  const today = todayOf(engine);
  const row = engine.store.one(
    `SELECT COALESCE(sum(rows_fetched), 0) AS n FROM sync_runs
      WHERE stream = {:stream} AND started_at >= {:today} AND started_at < {:tomorrow} AND replay_of = ''`,
    { stream: name, today: toDbTime(today), tomorrow: toDbTime(today + DAY_MS) },
    { n: 0 },
  );
  const usedToday = row?.n ?? 0;
  return { daily, usedToday, left: Math.max(0, daily - usedToday), renewedAt: today + DAY_MS };
}

/** When the runs began that count for the budget, as stored; "" without one. */
export function budgetSince(engine: Engine, { options }: Pick<Stream, "options">): string {
  return options.source.daily_rows === 0 ? "" : toDbTime(todayOf(engine));
}

/** When the day began, in UTC and ms. */
function todayOf(engine: Engine): number {
  return Math.floor(engine.clock() / DAY_MS) * DAY_MS;
}

/** `today's 1,000,000 rows (options.source.daily_rows) are fetched` */
export function usedUp({ daily }: Pick<Budget, "daily">): string {
  return `today's ${withCommas(daily)} rows (options.source.daily_rows) are fetched`;
}

/** `the load that began at 2026-11-20 10:00 UTC has 3,000,000 rows so far and goes on with the first run from 2026-11-23 00:00 UTC` */
export function howFar(
  began: string,
  { rows }: Pick<PagePlace, "rows">,
  { renewedAt }: Pick<Budget, "renewedAt">,
): string {
  return `the load that began at ${minute(began)} has ${withCommas(rows)} rows so far and goes on with the first run from ${minute(toDbTime(renewedAt))}`;
}

/** `2026-11-23 00:00 UTC` */
export function minute(time: string): string {
  return `${time.slice(0, 16)} UTC`;
}
