import { toDbTime } from "../sync/clock";
import type { Db, TargetChange } from "../sync/ports";
import { resolveRows } from "../sync/quarantine";
import { logPushes } from "./log";

/** A job whose row is now in the target as it should be. */
export interface Completed {
  jobId: string;
  rawId: string;
  erpId: string;
  /** What the raw row asked for when the job was claimed. */
  claimedHash: string;
  /** What the target has now; "" is nothing. */
  pushedHash: string;
  outcome: "inserted" | "updated" | "deleted" | "unchanged";
  changes: TargetChange[];
}

const CODES = { inserted: 201, updated: 200, deleted: 204, unchanged: 204 } as const;

/**
 * Ends jobs in the transaction that wrote the target: job done, push_log, pushed_hash, and whatever was dead or in
 * quarantine for these rows is closed. A row that changed meanwhile is queued again, with all its attempts (design,
 * promise 4).
 */
export function completeJobs(tx: Db, stream: string, run: string, nowMs: number, done: Completed[]): void {
  if (done.length === 0) return;
  const now = toDbTime(nowMs);
  const jobs = JSON.stringify(done.map((job) => [job.jobId, job.rawId, job.claimedHash, job.pushedHash]));
  finishJobs(tx, jobs, now);
  tellRawRows(tx, jobs);
  logPushes(
    tx,
    { stream, run, now },
    done.map((job) => ({ ...job, code: CODES[job.outcome], body: job.outcome })),
  );
  closeForRows(
    tx,
    stream,
    nowMs,
    done.map((job) => job.rawId),
  );
}

function finishJobs(tx: Db, jobs: string, now: string): void {
  tx.run(
    `UPDATE job_queue SET status = c.status, operation = c.operation, last_error = '', processed_at = {:now}, claimed_by = '',
            retry_count = CASE c.status WHEN 'done' THEN retry_count ELSE 0 END, next_attempt_at = {:now}, updated_at = {:now}
       FROM (SELECT j.value ->> 0 AS id,
                    CASE WHEN r.mapped_hash = j.value ->> 2 THEN 'done' ELSE 'queued' END AS status,
                    CASE WHEN j.value ->> 3 = '' THEN 'delete' ELSE 'upsert' END AS operation
               FROM jsonb_each({:jobs}) j JOIN erp_raw_data r ON r.id = j.value ->> 1) AS c
      WHERE job_queue.id = c.id`,
    { jobs, now },
  );
}

function tellRawRows(tx: Db, jobs: string): void {
  tx.run(
    `UPDATE erp_raw_data SET pushed_hash = c.pushed, mapped_hash = CASE WHEN mapped_hash = c.claimed THEN c.pushed ELSE mapped_hash END
       FROM (SELECT value ->> 1 AS id, value ->> 2 AS claimed, value ->> 3 AS pushed FROM jsonb_each({:jobs})) AS c
      WHERE erp_raw_data.id = c.id`,
    { jobs },
  );
}

/**
 * Closes what is open for those of these rows that the target has as they should be: a row that went bad and is again
 * what it was before needs no push, so no push would close it.
 */
export function closeSettled(tx: Db, stream: string, nowMs: number, rawIds: string[]): void {
  if (rawIds.length === 0 || !hasTrouble(tx, stream)) return;
  const settled = tx.all(
    `SELECT id AS id FROM erp_raw_data
      WHERE id IN (SELECT value FROM json_each({:ids})) AND mapped_hash = pushed_hash`,
    { ids: JSON.stringify(rawIds) },
    { id: "" },
  );
  closeForRows(
    tx,
    stream,
    nowMs,
    settled.map((row) => row.id),
  );
}

/** A row that is well again needs neither its dead jobs nor its quarantine. */
function closeForRows(tx: Db, stream: string, nowMs: number, rawIds: string[]): void {
  if (rawIds.length === 0 || !hasTrouble(tx, stream)) return;
  tx.run(
    `UPDATE job_queue SET status = 'done', processed_at = {:now}, updated_at = {:now}
      WHERE status = 'dead' AND payload_ref IN (SELECT value FROM json_each({:ids}))`,
    { ids: JSON.stringify(rawIds), now: toDbTime(nowMs) },
  );
  resolveRows(tx, nowMs, rawIds);
}

/** False for a stream without dead jobs and open quarantine, where no row needs to be looked up. */
export function hasTrouble(db: Db, stream: string): boolean {
  const row = db.one(
    `SELECT EXISTS (SELECT 1 FROM job_queue WHERE stream = {:stream} AND status = 'dead')
         OR EXISTS (SELECT 1 FROM failed_records WHERE stream = {:stream} AND resolved_at = '') AS trouble`,
    { stream },
    { trouble: 0 },
  );
  return row?.trouble === 1;
}
