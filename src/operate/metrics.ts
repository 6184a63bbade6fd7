import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db } from "../sync/ports";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, table } from "./action";
import { wholeNumber } from "./window";

const HOUR_MS = 3_600_000;
const MOST_HOURS = 168;

export const METRICS_FLAGS: ActionFlag[] = [
  { name: "hours", type: "number", default: 24, help: `how many hours back, 1 to ${MOST_HOURS}` },
];

/** Jobs of a period, added up. */
export interface JobTotals {
  succeeded: number;
  /** Whose newest attempt failed; tried again or given up. */
  failed: number;
  retries: number;
  retried: number;
  /** From a job's making to its end, on average over those that succeeded; 0 without any. */
  latencyMs: number;
  /** The job that was retried most; "" without any. */
  mostId: string;
  most: number;
  /** Given up and waiting for a person now, whatever the period. */
  dead: number;
}

/** The answer of requirement 001; a saga is a job. */
export interface Metrics {
  /** Percent, one decimal; 100 when there was nothing to do, and never 100 when something failed. */
  success_rate: number;
  avg_latency_seconds: number;
  total_processed: number;
  total_succeeded: number;
  total_failed: number;
  retry_metrics: {
    total_retries: number;
    avg_retries_per_saga: number;
    max_retries_saga_id: string | null;
    max_retries_count: number;
    sagas_with_retries: number;
  };
  dead_letter_queue_size: number;
  period_start: string;
  period_end: string;
}

/** `erp metrics`: how the queue did in the past hours (001). */
export function metricsAction(engine: Engine, { stream, flags }: ActionInput): ActionResult {
  const hours = wholeNumber(flags, "hours", MOST_HOURS);
  if (stream !== "") readSettings(engine.store, stream);
  const end = engine.clock();
  const metrics = metricsOf(readTotals(engine.store, stream, end - hours * HOUR_MS, end), end - hours * HOUR_MS, end);
  return { ok: true, data: metrics, lines: linesOf(metrics, hours) };
}

/** 001's numbers of a period, its bounds in ms. */
export function metricsOf(totals: JobTotals, start: number, end: number): Metrics {
  const processed = totals.succeeded + totals.failed;
  return {
    success_rate: successRate(totals.succeeded, totals.failed),
    avg_latency_seconds: rounded(totals.latencyMs / 1000, 1),
    total_processed: processed,
    total_succeeded: totals.succeeded,
    total_failed: totals.failed,
    retry_metrics: {
      total_retries: totals.retries,
      avg_retries_per_saga: processed === 0 ? 0 : rounded(totals.retries / processed, 3),
      max_retries_saga_id: totals.mostId === "" ? null : totals.mostId,
      max_retries_count: totals.most,
      sagas_with_retries: totals.retried,
    },
    dead_letter_queue_size: totals.dead,
    period_start: new Date(start).toISOString(),
    period_end: new Date(end).toISOString(),
  };
}

function successRate(succeeded: number, failed: number): number {
  if (failed === 0) return 100;
  return Math.min(rounded((succeeded / (succeeded + failed)) * 100, 1), 99.9);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** A finished job counts in the period in which it was done, a failed one in that of its newest attempt. */
const OF_PERIOD = `
  SELECT id, status, retry_count, created_at, processed_at FROM job_queue
   WHERE stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name)) AND status = 'done'
     AND processed_at >= {:start} AND processed_at <= {:end}
  UNION ALL
  SELECT id, status, retry_count, created_at, processed_at FROM job_queue
   WHERE stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name)) AND status IN ('failed', 'dead', 'queued')
     AND retry_count > 0 AND last_attempt_at >= {:start} AND last_attempt_at <= {:end}`;

const SUMS = { succeeded: 0, failed: 0, retries: 0, retried: 0, latencyMs: 0, most: 0, mostId: "" };

function readTotals(db: Db, stream: string, start: number, end: number): JobTotals {
  const params = { stream, start: toDbTime(start), end: toDbTime(end) };
  // Beside a max() SQLite reads the other columns from the row that has it.
  const sums = db.one(
    `SELECT COALESCE(sum(status = 'done'), 0) AS succeeded, COALESCE(sum(status <> 'done'), 0) AS failed,
            COALESCE(sum(retry_count), 0) AS retries, COALESCE(sum(retry_count > 0), 0) AS retried,
            CAST(COALESCE(avg(CASE WHEN status = 'done' THEN max(0, julianday(processed_at) - julianday(created_at)) END), 0)
                 * 86400000 AS INTEGER) AS latencyMs,
            COALESCE(max(retry_count), 0) AS most, COALESCE(id, '') AS mostId
       FROM (${OF_PERIOD})`,
    params,
    SUMS,
  );
  const dead = db.one(
    `SELECT count(*) AS n FROM job_queue
      WHERE stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name)) AND status = 'dead'`,
    { stream },
    { n: 0 },
  );
  const { most = 0, mostId = "" } = sums ?? {};
  return { ...SUMS, ...sums, mostId: most > 0 ? mostId : "", dead: dead?.n ?? 0 };
}

function linesOf({ retry_metrics: retries, ...metrics }: Metrics, hours: number): string[] {
  return table([
    ["past hours", String(hours)],
    ["jobs processed", String(metrics.total_processed)],
    ["succeeded", `${metrics.total_succeeded} (${metrics.success_rate} %)`],
    ["failed", String(metrics.total_failed)],
    ["seconds in the queue", String(metrics.avg_latency_seconds)],
    ["retries", `${retries.total_retries} of ${retries.sagas_with_retries} jobs`],
    ["dead now", String(metrics.dead_letter_queue_size)],
  ]);
}
