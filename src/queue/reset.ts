import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { logPushes } from "./log";

const DIED = "the worker stopped in the middle of this job";

/**
 * Returns jobs of a worker that is gone to the queue; each costs an attempt, and one too many makes the job dead (000,
 * scenario C). Only the stream's lease holder may call this: whatever is in processing then has no worker any more.
 */
export function resetStuckJobs(tx: Db, stream: string, run: string, nowMs: number, maxRetries: number): number {
  const now = toDbTime(nowMs);
  const stuck = tx.returning(
    `UPDATE job_queue SET status = CASE WHEN retry_count >= {:max} THEN 'dead' ELSE 'queued' END, retry_count = retry_count + 1,
            last_error = {:error}, claimed_by = '', next_attempt_at = {:now}, updated_at = {:now}
      WHERE stream = {:stream} AND status = 'processing'
      RETURNING id, status, COALESCE((SELECT erp_id FROM erp_raw_data r WHERE r.id = payload_ref), '') AS erpId`,
    { stream, now, max: maxRetries, error: DIED },
    { id: "", status: "", erpId: "" },
  );
  const dead = stuck.filter((job) => job.status === "dead");
  const entry = { code: 500, body: DIED, changes: [] };
  logPushes(
    tx,
    { stream, run, now },
    dead.map((job) => ({ jobId: job.id, erpId: job.erpId, ...entry })),
  );
  return stuck.length;
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
