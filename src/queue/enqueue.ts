import type { Db } from "../sync/ports";

/**
 * Pending rows: what the target should have is not what it was last told. A row with an open job needs no second one,
 * and a row whose newest content was already given up waits for a person (design, promises 3 and 4).
 */
const INSERT_JOBS = `
  INSERT INTO job_queue (id, payload_ref, stream, run, operation, mapped_hash, status, retry_count, next_attempt_at, created_at, updated_at)
  SELECT substr(lower(hex(randomblob(8))), 1, 15), r.id, r.stream, {:run},
         CASE WHEN r.mapped_hash = '' THEN 'delete' ELSE 'upsert' END, r.mapped_hash, 'queued', 0, {:now}, {:now}, {:now}
    FROM erp_raw_data r
   WHERE r.stream = {:stream} AND r.mapped_hash <> r.pushed_hash
     AND NOT EXISTS (SELECT 1 FROM job_queue j WHERE j.payload_ref = r.id AND j.status IN ('queued', 'processing', 'failed'))
     AND NOT EXISTS (SELECT 1 FROM job_queue d WHERE d.payload_ref = r.id AND d.status = 'dead' AND d.mapped_hash = r.mapped_hash)`;

export interface Enqueue {
  stream: string;
  /** The run that asks, or "" for a tick. */
  run: string;
  /** As stored, see toDbTime. */
  now: string;
}

/** Queues a job for each of these raw rows that is pending; returns how many. */
export function enqueueRows(tx: Db, { stream, run, now }: Enqueue, rawIds: string[]): number {
  if (rawIds.length === 0) return 0;
  return tx.run(`${INSERT_JOBS} AND r.id IN (SELECT value FROM json_each({:ids})) ON CONFLICT DO NOTHING`, {
    stream,
    run,
    now,
    ids: JSON.stringify(rawIds),
  });
}

/** Queues a job for up to `limit` pending rows that have none (000, scenario B); returns how many. */
export function enqueuePending(tx: Db, { stream, run, now }: Enqueue, limit: number): number {
  return tx.run(`${INSERT_JOBS} LIMIT {:limit} ON CONFLICT DO NOTHING`, { stream, run, now, limit });
}
