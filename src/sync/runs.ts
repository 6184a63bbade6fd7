import { RUN_FINISHED } from "../alerts/kinds";
import { toDbTime } from "./clock";
import type { Db } from "./ports";

export type Trigger = "schedule" | "manual" | "webhook" | "console" | "rerun";
export type RunStatus = "running" | "succeeded" | "partial" | "failed" | "skipped" | "stopped" | "interrupted";

/** The counts of a run, as columns of sync_runs. */
export const ROW_COUNTS = [
  "rows_fetched",
  "rows_new",
  "rows_changed",
  "rows_rekeyed",
  "rows_touched",
  "rows_unchanged",
  "rows_duplicate",
  "rows_superseded",
  "rows_left",
  "rows_held",
  "rows_invalid",
] as const;
export const PUSH_COUNTS = [
  "pushed_inserted",
  "pushed_updated",
  "pushed_deleted",
  "pushed_unchanged",
  "pushed_failed",
  "pushed_waiting",
] as const;

export type RowCounts = Record<(typeof ROW_COUNTS)[number], number>;
export type PushCounts = Record<(typeof PUSH_COUNTS)[number], number>;

export function noRows(): RowCounts {
  return Object.fromEntries(ROW_COUNTS.map((name) => [name, 0])) as RowCounts;
}

export function noPushes(): PushCounts {
  return Object.fromEntries(PUSH_COUNTS.map((name) => [name, 0])) as PushCounts;
}

/**
 * Skipped triggers that no run has begun after. By rowid, the order in which the records were made: by time, a clock
 * that is set back would make a rerun due again and again.
 */
const UNANSWERED = `stream = {:stream} AND status = 'skipped'
  AND rowid > (SELECT COALESCE(max(r.rowid), 0) FROM sync_runs r WHERE r.stream = {:stream} AND r.status <> 'skipped')`;

/** Writes the record of a run that begins. */
export function insertRun(tx: Db, id: string, stream: string, trigger: Trigger, by: string, nowMs: number): void {
  tx.run(
    `INSERT INTO sync_runs (id, stream, trigger, triggered_by, status, sync_type, started_at)
     VALUES ({:id}, {:stream}, {:trigger}, {:by}, 'running', 'full', {:now})`,
    { id, stream, trigger, by, now: toDbTime(nowMs) },
  );
}

/** Adds what one batch pushed, so that a run shows its progress. */
export function addPushes(tx: Db, run: string, counts: PushCounts): void {
  if (run === "") return;
  const sets = PUSH_COUNTS.map((name) => `${name} = ${name} + {:${name}}`).join(", ");
  tx.run(`UPDATE sync_runs SET ${sets} WHERE id = {:run}`, { ...counts, run });
}

/** Stores columns of a run. The names are ours, never a person's. */
export function updateRun(tx: Db, run: string, columns: Record<string, string | number>): void {
  const sets = Object.keys(columns).map((name) => `${name} = {:${name}}`);
  tx.run(`UPDATE sync_runs SET ${sets.join(", ")} WHERE id = {:run_id}`, { ...columns, run_id: run });
}

/** Ends a run with its status and how long it took. */
export function endRun(tx: Db, run: string, startedAt: number, nowMs: number, status: RunStatus, error: string): void {
  updateRun(tx, run, {
    status,
    error: error.slice(0, 5000),
    finished_at: toDbTime(nowMs),
    duration_ms: Math.max(0, Math.round(nowMs - startedAt)),
  });
  queueFinishPost(tx, run, nowMs);
}

/** Where options.alerts.on_finish is set, the POST about this run is due, in the transaction that ends it. */
function queueFinishPost(tx: Db, run: string, nowMs: number): void {
  tx.run(
    `INSERT INTO sync_alerts (id, stream, kind, run, opened_at, closed_at, due, next_attempt_at)
     SELECT substr(lower(hex(randomblob(8))), 1, 15), r.stream, {:kind}, r.id, {:now}, {:now}, 'opened', {:now}
       FROM sync_runs r JOIN sync_settings s ON s.name = r.stream
      WHERE r.id = {:run} AND COALESCE(s.options ->> '$.alerts.on_finish', '') <> ''`,
    { run, kind: RUN_FINISHED, now: toDbTime(nowMs) },
  );
}

/**
 * Counts a trigger that met a running run: one record per running run, however many triggers it meets. A run that
 * starts later answers it (000: the next one starts after this one is complete).
 */
export function countSkipped(tx: Db, id: string, stream: string, trigger: Trigger, by: string, nowMs: number): string {
  const now = toDbTime(nowMs);
  const counted = tx.returning(
    `UPDATE sync_runs SET skipped_count = skipped_count + 1, finished_at = {:now}
      WHERE ${UNANSWERED} RETURNING id`,
    { stream, now },
    { id: "" },
  );
  if (counted[0]) return counted[0].id;
  tx.run(
    `INSERT INTO sync_runs (id, stream, trigger, triggered_by, status, sync_type, started_at, finished_at, skipped_count, error)
     VALUES ({:id}, {:stream}, {:trigger}, {:by}, 'skipped', 'full', {:now}, {:now}, 1, 'a run was in progress; one more follows when it ends')`,
    { id, stream, trigger, by, now },
  );
  return id;
}

/** True when a trigger was skipped and no run has started since. */
export function rerunIsDue(db: Db, stream: string): boolean {
  const row = db.one(`SELECT count(*) AS n FROM sync_runs WHERE ${UNANSWERED}`, { stream }, { n: 0 });
  return (row?.n ?? 0) > 0;
}

/** The skipped triggers that no run has begun after; null when there are none. */
export function skippedSince(db: Db, stream: string): { triggers: number; trigger: string; at: string } | null {
  const row = db.one(
    `SELECT skipped_count AS triggers, trigger AS trigger, started_at AS at FROM sync_runs WHERE ${UNANSWERED}
      ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { triggers: 0, trigger: "", at: "" },
  );
  return row ? { triggers: row.triggers, trigger: row.trigger, at: row.at } : null;
}

/** Runs of this stream that still say "running" have lost their process: the caller holds the stream's lease. */
export function interruptRuns(tx: Db, stream: string, nowMs: number): string[] {
  const interrupted = tx.returning(
    `UPDATE sync_runs SET status = 'interrupted', finished_at = {:now},
            duration_ms = CAST(max(0, (julianday({:now}) - julianday(started_at)) * 86400000) AS INTEGER),
            error = 'this run lost its lease: its process was killed, crashed, or stood still for longer than the lease; what it had stored is kept and the next run goes on from there'
      WHERE stream = {:stream} AND status = 'running' RETURNING id`,
    { stream, now: toDbTime(nowMs) },
    { id: "" },
  );
  const ids = interrupted.map((row) => row.id);
  for (const id of ids) queueFinishPost(tx, id, nowMs);
  return ids;
}
