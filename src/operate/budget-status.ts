import { nextRunAt } from "../settings/next-run";
import { withCommas } from "../sources/answer-error";
import { minute, readBudget } from "../sync/budget";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { newestStanding } from "../sync/load-state";
import { readSettings } from "../sync/settings";

/** How much of its day a stream with options.source.daily_rows has fetched. */
export interface BudgetStatus {
  daily_rows: number;
  rows_today: number;
  /** When the next day begins. */
  renewed_at: string;
  /** What goes on with the next run; null when everything was fetched. */
  load: { began_at: string; rows: number } | null;
  /** When the next run comes that may fetch rows; "" while the stream is paused, and when its schedule never comes due. */
  next_fetch_at: string;
}

/** Null for a stream without a budget. Throws when its settings cannot be used. */
export function budgetStatus(engine: Engine, name: string): BudgetStatus | null {
  const stream = readSettings(engine.store, name);
  const budget = readBudget(engine, stream);
  if (!budget) return null;
  const { load } = newestStanding(engine.store, name);
  const from = budget.left > 0 ? engine.clock() : budget.renewedAt - 1;
  const next = stream.paused ? null : nextRunAt(stream.schedule.join("\n"), from);
  return {
    daily_rows: budget.daily,
    rows_today: budget.usedToday,
    renewed_at: toDbTime(budget.renewedAt),
    load: load && { began_at: load.began, rows: load.place.rows },
    next_fetch_at: next === null ? "" : toDbTime(next),
  };
}

/** `1,000,000 of today's 1,000,000 rows are fetched; the load that began at … has … rows so far and goes on at …` */
export function budgetText({ daily_rows, rows_today, load, next_fetch_at }: BudgetStatus): string {
  const today = `${withCommas(rows_today)} of today's ${withCommas(daily_rows)} rows are fetched`;
  if (!load) return today;
  const next = next_fetch_at === "" ? "by hand only" : `at ${minute(next_fetch_at)}`;
  return `${today}; the load that began at ${minute(load.began_at)} has ${withCommas(load.rows)} rows so far and goes on ${next}`;
}
