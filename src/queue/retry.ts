import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";

/** Which dead or waiting jobs a person wants tried again. */
export interface RetryFilter {
  stream: string;
  /** One job, or "" for all of them. */
  jobId: string;
}

/**
 * Makes dead jobs, and failed ones that wait, due now with all their attempts again. A dead job whose row has got
 * another open job meanwhile stays dead: that one does the work.
 */
export function retryJobs(tx: Db, nowMs: number, { stream, jobId }: RetryFilter): number {
  return tx.run(
    `UPDATE job_queue SET status = 'queued', retry_count = 0, next_attempt_at = {:now}, updated_at = {:now}
      WHERE id IN (
        SELECT j.id FROM job_queue j
         WHERE j.status IN ('dead', 'failed') AND ({:stream} = '' OR j.stream = {:stream}) AND ({:id} = '' OR j.id = {:id})
           AND (j.status = 'failed' OR (
             NOT EXISTS (SELECT 1 FROM job_queue o WHERE o.payload_ref = j.payload_ref AND o.status IN ('queued', 'processing', 'failed'))
             AND NOT EXISTS (SELECT 1 FROM job_queue n WHERE n.payload_ref = j.payload_ref AND n.status = 'dead' AND n.id > j.id))))`,
    { stream, id: jobId, now: toDbTime(nowMs) },
  );
}
