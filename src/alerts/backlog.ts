import { fromDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import type { AlertFacts } from "./facts";

const MINUTE_MS = 60_000;

/**
 * When the oldest waiting job of each status was made: by rowid, the order in which they were, which reads one job and
 * not all of them. A queued one waits since it is due: one that was dead for days, since somebody retried it.
 */
const OLDEST: Record<string, string> = {
  queued:
    "next_attempt_at FROM job_queue WHERE stream = {:stream} AND status IN ('queued', 'failed') AND status = 'queued' ORDER BY next_attempt_at",
  processing: "created_at FROM job_queue WHERE stream = {:stream} AND status = 'processing' ORDER BY rowid",
  failed: "created_at FROM job_queue WHERE stream = {:stream} AND status = 'failed' ORDER BY rowid",
};

/** True when the oldest of these jobs has waited for more than so many minutes (options.alerts.backlog_minutes). */
export function waitsTooLong({ jobs, oldestAt }: AlertFacts["backlog"], minutes: number, now: number): boolean {
  return jobs > 0 && now - oldestAt > minutes * MINUTE_MS;
}

/** The jobs of a stream that wait to be pushed, and since when the oldest one does, as epoch ms; 0 without any. */
export function readBacklog(db: Db, stream: string): AlertFacts["backlog"] {
  const backlog = { jobs: 0, oldestAt: 0 };
  for (const [status, oldestOf] of Object.entries(OLDEST)) {
    const row = db.one(
      `SELECT count(*) AS jobs, COALESCE((SELECT ${oldestOf} LIMIT 1), '') AS oldest
         FROM job_queue WHERE stream = {:stream} AND status = {:status}`,
      { stream, status },
      { jobs: 0, oldest: "" },
    );
    const oldest = fromDbTime(row?.oldest ?? "");
    backlog.jobs += row?.jobs ?? 0;
    if (oldest > 0 && (backlog.oldestAt === 0 || oldest < backlog.oldestAt)) backlog.oldestAt = oldest;
  }
  return backlog;
}
