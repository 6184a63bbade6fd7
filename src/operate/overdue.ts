import { nextRunAt } from "../settings/next-run";
import { fromDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";

/** What says whether a stream still succeeds. Times in ms. */
export interface Success {
  /**
   * The newest run that succeeded, in part at least: what a partial one lacks is told otherwise. Null when none has, or
   * none is kept.
   */
  last: { finishedAt: number; durationMs: number } | null;
  /** When the oldest run that is kept began; 0 when there is none. */
  firstRunAt: number;
  /** A run is in progress. */
  running: boolean;
}

/**
 * True when a stream has had no success for two of its intervals: it came due twice since, and as much time is over as
 * the last good run took. A stream without a schedule, or that has never run, is not overdue; nor is one whose very
 * first run is still in progress.
 */
export function isOverdue(schedule: string, { last, firstRunAt, running }: Success, now: number): boolean {
  if (!last && (firstRunAt === 0 || running)) return false;
  const once = nextRunAt(schedule, last?.finishedAt ?? firstRunAt);
  const twice = once === null ? null : nextRunAt(schedule, once);
  return twice !== null && now > twice + (last?.durationMs ?? 0);
}

export function readSuccess(db: Db, stream: string): Success {
  const last = db.one(
    `SELECT finished_at AS finished, duration_ms AS ms FROM sync_runs
      WHERE stream = {:stream} AND status IN ('succeeded', 'partial') AND replay_of = '' ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { finished: "", ms: 0 },
  );
  const first = db.one(
    "SELECT started_at AS started FROM sync_runs WHERE stream = {:stream} AND status <> 'skipped' ORDER BY started_at LIMIT 1",
    { stream },
    { started: "" },
  );
  const running = db.one(
    "SELECT id AS id FROM sync_runs WHERE stream = {:stream} AND status = 'running' LIMIT 1",
    { stream },
    { id: "" },
  );
  return {
    last: last ? { finishedAt: fromDbTime(last.finished), durationMs: last.ms } : null,
    firstRunAt: fromDbTime(first?.started ?? ""),
    running: running !== undefined,
  };
}
