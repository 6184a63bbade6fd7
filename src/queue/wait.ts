import type { RetryPolicy } from "../settings/options";
import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { nextRetryAt } from "./backoff";
import { logPushes } from "./log";
import { requeueDead } from "./retry";

/** How often and how long a child waits for its parent before a person is told: requirement 002. */
const PATIENCE: RetryPolicy = { strategy: "fixed", base_seconds: 300, max_retries: 5, delays_seconds: [] };

/** Attempts after the first one, for sentences. */
export const WAIT_RETRIES = PATIENCE.max_retries;

/** 424: what the row depends on is not there. */
const DEPENDENCY_MISSING = 424;

/** A job whose row has no parent in the target yet. */
export interface Waiting {
  jobId: string;
  rawId: string;
  erpId: string;
  /** Attempts that failed before this one. */
  retryCount: number;
  /** The parent's erp_id. */
  key: string;
  /** Why, as a sentence. */
  message: string;
}

/**
 * Ends an attempt of jobs whose parent is not there: tried again in 5 minutes, 5 times, then dead. Returns those that
 * were given up; they too are woken when the parent comes.
 */
export function waitForParents<T extends Waiting>(
  tx: Db,
  where: { stream: string; run: string; nowMs: number; jitter: number },
  waiting: T[],
): T[] {
  if (waiting.length === 0) return [];
  const { stream, run, nowMs, jitter } = where;
  const now = toDbTime(nowMs);
  const due = waiting.map((job) => nextRetryAt(nowMs, job.retryCount + 1, PATIENCE, jitter));
  tx.run(
    `UPDATE job_queue SET status = CASE c.next WHEN '' THEN 'dead' ELSE 'failed' END, retry_count = retry_count + 1,
            last_error = c.error, waits_for = c.key, claimed_by = '', next_attempt_at = c.next, updated_at = {:now}
       FROM (SELECT value ->> 0 AS job, value ->> 1 AS error, value ->> 2 AS key, value ->> 3 AS next
               FROM jsonb_each({:jobs})) AS c
      WHERE id = c.job`,
    {
      now,
      jobs: JSON.stringify(
        waiting.map(({ jobId, message, key }, at) => [jobId, message, key, due[at] == null ? "" : toDbTime(due[at])]),
      ),
    },
  );
  logPushes(
    tx,
    { stream, run, now },
    waiting.map(({ jobId, rawId, erpId, message }) => ({
      jobId,
      rawId,
      erpId,
      code: DEPENDENCY_MISSING,
      body: message,
      changes: [],
    })),
  );
  return waiting.filter((_, at) => due[at] === null);
}

/** How many rows of a stream wait for their parent. */
export const WAITING_ROWS = `SELECT count(DISTINCT payload_ref) AS n FROM job_queue INDEXED BY idx_job_queue_waits
  WHERE stream = {:stream} AND waits_for <> '' AND status IN ('failed', 'dead')`;

/**
 * Raw rows that waited for a parent and need not any more: it is there, or the row is another one since it was looked at.
 * @param isThere an SQL condition on `j.waits_for`; binds {:parent}
 */
export function rowsToWake(isThere: string): string {
  return `SELECT DISTINCT j.payload_ref AS id
     FROM job_queue j INDEXED BY idx_job_queue_waits JOIN erp_raw_data r ON r.id = j.payload_ref
    WHERE j.stream = {:stream} AND j.waits_for <> '' AND j.status IN ('failed', 'dead')
      AND CASE j.status
            WHEN 'failed' THEN j.mapped_hash <> r.mapped_hash OR ${isThere}
            ELSE j.mapped_hash = r.mapped_hash AND r.mapped_hash <> r.pushed_hash AND ${isThere}
             AND NOT EXISTS (SELECT 1 FROM job_queue o
                              WHERE o.payload_ref = j.payload_ref AND o.status IN ('queued', 'processing', 'failed'))
          END`;
}

/** Makes the jobs of these rows due now, with all their attempts: those that wait, and those that were given up. */
export function wakeRows(tx: Db, nowMs: number, rawIds: string[]): void {
  tx.run(
    `UPDATE job_queue SET status = 'queued', retry_count = 0, next_attempt_at = {:now}, updated_at = {:now}
      WHERE status = 'failed' AND waits_for <> '' AND payload_ref IN (SELECT value FROM json_each({:ids}))`,
    { now: toDbTime(nowMs), ids: JSON.stringify(rawIds) },
  );
  requeueDead(tx, nowMs, rawIds);
}
