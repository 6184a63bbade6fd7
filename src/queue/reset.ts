import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { quarantine, type Rejection } from "../sync/quarantine";
import { logPushes } from "./log";

/** last_error of a job whose worker is gone; such a job is claimed alone. */
export const DIED = "the worker stopped in the middle of this job";

/** Further ahead than any retry waits (a day): whoever wrote such a time had a clock that was wrong. */
const ABSURDLY_FAR_MS = 2 * 24 * 3600 * 1000;

/** Times of next_attempt_at beyond this are taken for due. */
export function absurdDueTime(nowMs: number): string {
  return toDbTime(nowMs + ABSURDLY_FAR_MS);
}

/** Open jobs that a wrong clock has put off for longer than any retry waits are due now. */
export function resetFarJobs(tx: Db, stream: string, nowMs: number): void {
  const now = toDbTime(nowMs);
  tx.run(
    `UPDATE job_queue SET next_attempt_at = {:now}, updated_at = {:now}
      WHERE stream = {:stream} AND status IN ('queued', 'failed') AND next_attempt_at > {:absurd}`,
    { stream, now, absurd: absurdDueTime(nowMs) },
  );
}

/**
 * Returns jobs of a worker that is gone to the queue; each costs an attempt, and one too many makes the job dead and
 * puts its row in quarantine (000, scenario C), but none before it was claimed alone: its neighbours are not to blame.
 * Only the stream's lease holder may call this: whatever is in processing then has no worker any more.
 */
export function resetStuckJobs(tx: Db, stream: string, run: string, nowMs: number, maxRetries: number): number {
  const now = toDbTime(nowMs);
  const stuck = tx.returning(
    `UPDATE job_queue SET status = CASE WHEN retry_count >= {:max} AND last_error = {:error} THEN 'dead' ELSE 'queued' END,
            retry_count = retry_count + 1, last_error = {:error}, claimed_by = '', next_attempt_at = {:now}, updated_at = {:now}
      WHERE stream = {:stream} AND status = 'processing'
      RETURNING id, status, retry_count AS attempts, payload_ref AS rawId`,
    { stream, now, max: maxRetries, error: DIED },
    { id: "", status: "", attempts: 0, rawId: "" },
  );
  for (const job of stuck) {
    if (job.status !== "dead") continue;
    const { erpId, rawText } = readRow(tx, job.rawId);
    const rejection = diedTooOften(job.attempts);
    const entry = { jobId: job.id, rawId: job.rawId, erpId, code: 500, body: rejection.message, changes: [] };
    logPushes(tx, { stream, run, now }, [entry]);
    const row = { rawId: job.rawId, jobId: job.id, erpId, rawText, fingerprint: "", rejection };
    quarantine(tx, { stream, run, nowMs }, [row]);
  }
  return stuck.length;
}

function readRow(tx: Db, id: string): { erpId: string; rawText: string } {
  const shape = { erpId: "", rawText: "" };
  const sql = "SELECT erp_id AS erpId, COALESCE(payload_json, '') AS rawText FROM erp_raw_data WHERE id = {:id}";
  return tx.one(sql, { id }, shape) ?? shape;
}

function diedTooOften(attempts: number): Rejection {
  const message = `PocketBase stopped again while this row was being pushed, at attempt ${attempts}`;
  return {
    stage: "push",
    type: "worker_died",
    message: `${message}; look for a hook of the target that ends the process or never comes back, then retry the job`,
    field: "",
    value: "",
    expected: "a row that can be pushed to its end",
  };
}

/** Gives claimed jobs back untouched, without an attempt: the worker was asked to stop, or the database was at fault. */
export function returnJobs(tx: Db, stream: string, nowMs: number, dueAt = nowMs): number {
  return tx.run(
    `UPDATE job_queue SET status = CASE WHEN retry_count > 0 THEN 'failed' ELSE 'queued' END, claimed_by = '',
            next_attempt_at = {:due}, updated_at = {:now}
      WHERE stream = {:stream} AND status = 'processing'`,
    { stream, now: toDbTime(nowMs), due: toDbTime(dueAt) },
  );
}
