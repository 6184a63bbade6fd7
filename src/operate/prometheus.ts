import { openKinds } from "../alerts/store";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db } from "../sync/ports";
import { noPushes, noRows, PUSH_COUNTS, ROW_COUNTS, type RunStatus } from "../sync/runs";
import { type DayFacts, metricFamilies, type StreamFacts } from "./metric-families";
import { isOverdue, readSuccess } from "./overdue";
import { expositionText } from "./prometheus-text";
import { readStatus, type StreamStatus } from "./status";

const DAY_MS = 86_400_000;

/** Every metric of every stream, in Prometheus' text format. Reads the database only. */
export function prometheusMetrics(engine: Engine): string {
  const now = engine.clock();
  const facts = readStatus(engine).streams.map((status) => readFacts(engine, status, now));
  return expositionText(metricFamilies(facts, now));
}

function readFacts({ store, runDurations }: Engine, status: StreamStatus, now: number): StreamFacts {
  const errors = store.all(
    `SELECT stage AS stage, error_type AS type, count(*) AS rows FROM failed_records
      WHERE stream = {:stream} AND resolved_at = '' AND ignored_at = '' GROUP BY stage, error_type ORDER BY stage, error_type`,
    { stream: status.name },
    { stage: "", type: "", rows: 0 },
  );
  return {
    status,
    overdue: !status.paused && isOverdue(status.schedule, readSuccess(store, status.name), now),
    day: readDay(store, status.name, now - DAY_MS),
    errors: errors.map((row) => ({ ...row })),
    durations: runDurations(status.name),
    alerts: Array.from(openKinds(store, status.name)),
  };
}

/** One example of what a stream's runs are grouped into, by status. */
const OF_STATUS = { status: "", runs: 0, bytes: 0, duration_ms: 0, ...noRows(), ...noPushes() };
const SUMS = ["bytes", "duration_ms", ...ROW_COUNTS, ...PUSH_COUNTS] as const;

function readDay(db: Db, stream: string, startMs: number): DayFacts {
  const since = { stream, start: toDbTime(startMs) };
  const sums = SUMS.map((name) => `COALESCE(sum(${name}), 0) AS ${name}`).join(", ");
  const byStatus = db.all(
    `SELECT status AS status, sum(CASE WHEN status = 'skipped' THEN max(skipped_count, 1) ELSE 1 END) AS runs, ${sums}
       FROM sync_runs WHERE stream = {:stream} AND started_at >= {:start} GROUP BY status`,
    since,
    OF_STATUS,
  );
  const day: DayFacts = {
    runs: { running: 0, succeeded: 0, partial: 0, failed: 0, skipped: 0, stopped: 0, interrupted: 0 },
    sums: { bytes: 0, duration_ms: 0, ...noRows(), ...noPushes() },
  };
  for (const row of byStatus) {
    day.runs[row.status as RunStatus] = row.runs;
    for (const name of SUMS) day.sums[name] += row[name];
  }
  return day;
}
