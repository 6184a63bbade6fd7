import { toDbTime } from "../sync/clock";
import type { Db, Store } from "../sync/ports";
import { type JobFilter, jobCondition } from "./filter";

/** Jobs of one transaction: other writers wait for it. */
const AT_ONCE = 1000;

/**
 * Makes dead jobs, and failed ones that wait, due now with all their attempts again, as many as match. A dead job whose
 * row has got another open job meanwhile stays dead: that one does the work.
 */
export function retryJobs(store: Store, nowMs: number, filter: JobFilter): number {
  for (let retried = 0; ; ) {
    const some = store.transaction((tx) => retrySome(tx, nowMs, filter));
    retried += some;
    if (some < AT_ONCE) return retried;
  }
}

function retrySome(tx: Db, nowMs: number, filter: JobFilter): number {
  const { sql, params } = jobCondition(filter);
  return tx.run(
    `UPDATE job_queue SET status = 'queued', retry_count = 0, next_attempt_at = {:now}, updated_at = {:now}
      WHERE id IN (
        SELECT j.id FROM job_queue j
         WHERE j.status IN ('dead', 'failed') AND ${sql}
           AND (j.status = 'failed' OR (
             NOT EXISTS (SELECT 1 FROM job_queue o WHERE o.payload_ref = j.payload_ref AND o.status IN ('queued', 'processing', 'failed'))
             AND NOT EXISTS (SELECT 1 FROM job_queue n WHERE n.payload_ref = j.payload_ref AND n.status = 'dead' AND n.id > j.id)))
         LIMIT {:limit})`,
    { ...params, now: toDbTime(nowMs), limit: AT_ONCE },
  );
}

/**
 * Gives up no longer on these rows: the newest dead job of each that is pending and has no open job is due now with all
 * its attempts. What made it fail was mended.
 */
export function requeueDead(tx: Db, nowMs: number, rawIds: string[]): number {
  if (rawIds.length === 0) return 0;
  return tx.run(
    `UPDATE job_queue SET status = 'queued', retry_count = 0, next_attempt_at = {:now}, updated_at = {:now}
      WHERE id IN (
        SELECT (SELECT d.id FROM job_queue d WHERE d.payload_ref = r.id AND d.status = 'dead'
                 ORDER BY d.updated_at DESC, d.id DESC LIMIT 1)
          FROM erp_raw_data r
         WHERE r.id IN (SELECT value FROM json_each({:ids})) AND r.mapped_hash <> r.pushed_hash
           AND NOT EXISTS (SELECT 1 FROM job_queue o WHERE o.payload_ref = r.id AND o.status IN ('queued', 'processing', 'failed')))`,
    { ids: JSON.stringify(rawIds), now: toDbTime(nowMs) },
  );
}
