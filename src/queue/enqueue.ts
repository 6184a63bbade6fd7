import { fromDbTime } from "../sync/clock";
import { idTime, sqlBatchId } from "../sync/ids";
import type { Db } from "../sync/ports";

/**
 * Pending rows: what the target should have is not what it was last told. A row with an open job needs no second one,
 * and a row whose newest content was already given up waits for a person (design, promises 3 and 4).
 */
const PENDING = `
   WHERE r.stream = {:stream} AND r.mapped_hash <> r.pushed_hash
     AND NOT EXISTS (SELECT 1 FROM job_queue j WHERE j.payload_ref = r.id AND j.status IN ('queued', 'processing', 'failed'))
     AND NOT EXISTS (SELECT 1 FROM job_queue d WHERE d.payload_ref = r.id AND d.status = 'dead' AND d.mapped_hash = r.mapped_hash)`;

const INSERT_JOBS =
  "INSERT INTO job_queue (id, payload_ref, stream, run, operation, mapped_hash, status, retry_count, next_attempt_at, created_at, updated_at)";

export interface Enqueue {
  stream: string;
  /** The run that asks, or "" for a tick. */
  run: string;
  /** As stored, see toDbTime. */
  now: string;
}

/**
 * Queues a job for each of these raw rows that is pending; returns how many. One that waits for its next attempt with
 * what the row was before is due now, with all its attempts: what it failed with is not known of the new content.
 */
export function enqueueRows(tx: Db, { stream, run, now }: Enqueue, rawIds: string[]): number {
  if (rawIds.length === 0) return 0;
  const ids = JSON.stringify(rawIds);
  const renewed = renewFailed(tx, stream, now, ids);
  const queued = tx.run(
    `${INSERT_JOBS}
     SELECT ${sqlBatchId("row_number() OVER () - 1")}, r.id, r.stream, {:run},
            CASE WHEN r.mapped_hash = '' THEN 'delete' ELSE 'upsert' END, r.mapped_hash, 'queued', 0, {:now}, {:now}, {:now}
       FROM erp_raw_data r${PENDING} AND r.id IN (SELECT value FROM json_each({:ids})) ON CONFLICT DO NOTHING`,
    { stream, run, now, id_time: idTime(fromDbTime(now)), ids },
  );
  return renewed + queued;
}

function renewFailed(tx: Db, stream: string, now: string, ids: string): number {
  const waits = "SELECT EXISTS (SELECT 1 FROM job_queue WHERE stream = {:stream} AND status = 'failed') AS some";
  if (tx.one(waits, { stream }, { some: 0 })?.some !== 1) return 0;
  return tx.run(
    `UPDATE job_queue SET status = 'queued', retry_count = 0, next_attempt_at = {:now}, updated_at = {:now}
      WHERE status = 'failed' AND payload_ref IN (SELECT value FROM json_each({:ids}))
        AND EXISTS (SELECT 1 FROM erp_raw_data r
                     WHERE r.id = payload_ref AND r.mapped_hash NOT IN (job_queue.mapped_hash, r.pushed_hash))`,
    { now, ids },
  );
}

/** Queues a job for each of these raw rows, [id, mapped_hash], that were stored in this very transaction. */
export function enqueueNew(tx: Db, { stream, run, now }: Enqueue, rows: [string, string][]): void {
  if (rows.length === 0) return;
  tx.run(
    `${INSERT_JOBS}
     SELECT ${sqlBatchId("key")}, value ->> 0, {:stream}, {:run}, 'upsert', value ->> 1, 'queued', 0, {:now}, {:now}, {:now}
       FROM jsonb_each({:rows}) WHERE true`,
    { stream, run, now, id_time: idTime(fromDbTime(now)), rows: JSON.stringify(rows) },
  );
}

/** The raw rows that are pending and have no job, `limit` of them at most (000, scenario B). */
export function pendingWithoutJob(db: Db, stream: string, limit: number): string[] {
  const rows = db.all(
    `SELECT r.id AS id FROM erp_raw_data r INDEXED BY idx_erp_raw_data_pending${PENDING} LIMIT {:limit}`,
    { stream, limit },
    { id: "" },
  );
  return rows.map((row) => row.id);
}
