import { fromDbTime } from "../sync/clock";
import { idTime, sqlBatchId } from "../sync/ids";
import type { Db } from "../sync/ports";

/** A row whose target record was made in this transaction. */
export interface Inserted {
  jobId: string;
  rawId: string;
  erpId: string;
  mappedHash: string;
}

/** What writes the finished job and the log entry of each of these rows, as if it had been queued and pushed. */
export function doneInserts(where: { stream: string; run: string; now: string }, rows: Inserted[]): (tx: Db) => void {
  const list = JSON.stringify(rows.map(({ jobId, rawId, erpId, mappedHash }) => [jobId, rawId, erpId, mappedHash]));
  return (tx) => {
    tx.run(JOBS, { ...where, rows: list });
    tx.run(ENTRIES, { ...where, id_time: idTime(fromDbTime(where.now)), rows: list });
  };
}

const JOBS = `
  INSERT INTO job_queue (id, payload_ref, stream, run, operation, mapped_hash, status, retry_count, last_attempt_at,
                         next_attempt_at, processed_at, created_at, updated_at)
  SELECT value ->> 0, value ->> 1, {:stream}, {:run}, 'upsert', value ->> 3, 'done', 0, {:now}, {:now}, {:now}, {:now}, {:now}
    FROM jsonb_each({:rows}) WHERE true`;

const ENTRIES = `
  INSERT INTO push_log (id, job_id, raw_row, run, stream, erp_id, response_code, response_body, changes, sent_at)
  SELECT ${sqlBatchId("key")}, value ->> 0, value ->> 1, {:run}, {:stream}, value ->> 2, 201, 'inserted', 'null', {:now}
    FROM jsonb_each({:rows}) WHERE true`;
