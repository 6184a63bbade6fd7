import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { DIED } from "./reset";

/** A claimed job with the raw row it is about. */
export interface ClaimedJob {
  id: string;
  retryCount: number;
  rawId: string;
  erpId: string;
  payload: string;
  /** What the target should have, as of the claim; "" is nothing. */
  mappedHash: string;
  pushedHash: string;
  targetId: string;
  missingSince: string;
}

const CLAIM = `
  UPDATE job_queue SET status = 'processing', claimed_by = {:claim}, waits_for = '', last_attempt_at = {:now}, updated_at = {:now},
         mapped_hash = COALESCE((SELECT r.mapped_hash FROM erp_raw_data r WHERE r.id = job_queue.payload_ref), '')
   WHERE id IN (SELECT id FROM job_queue WHERE stream = {:stream} AND status IN ('queued', 'failed') AND next_attempt_at <= {:now}`;

/**
 * Claims up to `limit` due jobs, oldest first; nobody else can claim them (000, "Worker picks jobs"). Jobs whose worker
 * died are claimed alone, so that one row that kills its worker cannot take its neighbours with it.
 */
export function claimJobs(tx: Db, stream: string, claim: string, nowMs: number, limit: number): number {
  const now = toDbTime(nowMs);
  const fresh = tx.run(`${CLAIM} AND last_error <> {:died} ORDER BY next_attempt_at, id LIMIT {:limit})`, {
    stream,
    claim,
    now,
    limit,
    died: DIED,
  });
  if (fresh > 0) return fresh;
  return tx.run(`${CLAIM} ORDER BY next_attempt_at, id LIMIT 1)`, { stream, claim, now });
}

/** id, retry_count, mapped_hash; id, erp_id, pushed_hash, target_id, missing_since of the raw row. */
type JobColumns = [string, number, string, string, string, string, string, string];

/** The jobs of one claim with their rows as they are now. */
export function readClaim(db: Db, stream: string, claim: string): ClaimedJob[] {
  const rows = db.all(
    // A list is read in a fraction of the time that as many columns take.
    `SELECT json_array(j.id, j.retry_count, j.mapped_hash, r.id, r.erp_id, r.pushed_hash, r.target_id, r.missing_since) AS columns,
            COALESCE(r.payload_json, '') AS payload
       FROM job_queue j JOIN erp_raw_data r ON r.id = j.payload_ref
      WHERE j.stream = {:stream} AND j.status = 'processing' AND j.claimed_by = {:claim}
      ORDER BY j.id`,
    { stream, claim },
    { columns: "", payload: "" },
  );
  return rows.map(({ columns, payload }) => {
    const [id, retryCount, mappedHash, rawId, erpId, pushedHash, targetId, missingSince] = JSON.parse(
      columns,
    ) as JobColumns;
    return { id, retryCount, rawId, erpId, payload, mappedHash, pushedHash, targetId, missingSince };
  });
}
