import { toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { logPushes } from "./log";

/** A job whose row the target did not take. */
export interface Failed {
  jobId: string;
  rawId: string;
  erpId: string;
  message: string;
  code: number;
  /** When to try again, in ms; null gives it up (dead). */
  retryAt: number | null;
}

/** Ends one attempt that failed: `failed` with a time to retry, or `dead` until a person looks (000, 001). */
export function failJob(tx: Db, stream: string, run: string, nowMs: number, failed: Failed): void {
  const now = toDbTime(nowMs);
  tx.run(
    `UPDATE job_queue SET status = {:status}, retry_count = retry_count + 1, last_error = {:error}, claimed_by = '',
            next_attempt_at = {:next}, updated_at = {:now}
      WHERE id = {:id}`,
    {
      id: failed.jobId,
      status: failed.retryAt === null ? "dead" : "failed",
      error: failed.message.slice(0, 2000),
      next: failed.retryAt === null ? "" : toDbTime(failed.retryAt),
      now,
    },
  );
  logPushes(tx, { stream, run, now }, [{ ...failed, body: failed.message.slice(0, 2000), changes: [] }]);
}
