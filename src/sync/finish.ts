import { returnJobs } from "../queue/reset";
import { withCommas } from "../sources/answer-error";
import { restNote } from "./breaker";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import type { Drained } from "./drain";
import { LeaseLost, Stopped } from "./errors";
import { fence, releaseLease } from "./lease";
import { endRun, type RunStatus } from "./runs";
import { logged, streamLog } from "./stage";
import { type Told, toldOf } from "./told";
import { tellOlder } from "./versions";

/** Ends a run that did its work: status, counts, lease, in one transaction. */
export function finish(run: RunContext, drained: Drained): RunStatus {
  const reasons = partialReasons(run, drained);
  const told = (notes: string[]) => [...notes, ...reasons].join("; ");
  const status = run.notes.length + reasons.length === 0 ? "succeeded" : "partial";
  const all = run.notes.concat(run.remarks, tellOlder(run));
  close(run, status, { full: told(all.map((note) => note.full)), plain: told(all.map((note) => note.plain)) });
  return status;
}

function partialReasons(run: RunContext, drained: Drained): string[] {
  const reasons: string[] = [];
  const { rows_invalid, rows_held } = run.rows;
  if (rows_invalid > 0) reasons.push(`${counted(rows_invalid, "row")} went to quarantine; see failed_records`);
  if (drained.counts.pushed_failed > 0) {
    reasons.push(`${counted(drained.counts.pushed_failed, "row")} not taken by the target; see job_queue`);
  }
  if (drained.counts.pushed_waiting > 0) {
    const { stream } = run.stream.options.parent;
    reasons.push(
      `${counted(drained.counts.pushed_waiting, "row")} without a parent in stream "${stream}" yet; see job_queue`,
    );
  }
  if (rows_held > 0) {
    reasons.push(
      `${counted(rows_held, "delete")} held: more than options.diff.max_shrink_percent (${run.stream.options.diff.max_shrink_percent} %) of the rows; if they are right: erp approve-deletes ${run.stream.name}`,
    );
  }
  if (drained.halted !== "") reasons.push(`pushing stopped: ${drained.halted}; the worker goes on with what is queued`);
  return reasons;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Ends a run that could not go on. What it had ingested stays and the worker goes on with it; what it had claimed goes
 * back to the queue without an attempt.
 */
export function fail(run: RunContext, error: unknown): RunStatus {
  if (error instanceof LeaseLost) {
    streamLog(run).error("lease lost", { stream: run.stream.name, run: run.runId, error: error.message });
    return endWithoutStream(run) ? "stopped" : "interrupted";
  }
  const status = statusOf(run, error);
  try {
    const { full, plain } = reasonOf(run, error);
    const note = storedNote(run) + (status === "failed" ? restNote(run.engine, run.stream, run.startedAt) : "");
    close(run, status, { full: full + note, plain: plain + note });
  } catch (again) {
    if (!(again instanceof LeaseLost)) throw again;
  }
  return status;
}

/**
 * When the stream's settings record was deleted, no lease is left that anybody could take: the run ends its own record,
 * and its claimed jobs wait for a stream of that name. False when the stream is still there.
 */
function endWithoutStream({ engine, stream, runId, startedAt }: RunContext): boolean {
  return engine.store.transaction((tx) => {
    const now = engine.clock();
    const ended = tx.run(
      `UPDATE sync_runs SET status = 'stopped', finished_at = {:now}, duration_ms = {:ms},
              error = 'the stream was deleted from sync_settings during this run; what was stored before is kept'
        WHERE id = {:runId} AND status = 'running' AND NOT EXISTS (SELECT 1 FROM sync_settings WHERE name = {:stream})`,
      { runId, stream: stream.name, now: toDbTime(now), ms: Math.max(0, Math.round(now - startedAt)) },
    );
    if (ended > 0) returnJobs(tx, stream.name, now);
    return ended > 0;
  });
}

/** A run that ends in the middle of storing has written rows that its counts do not tell of. */
function storedNote({ ingested, stored: { rows, of } }: RunContext): string {
  if (ingested || rows === 0) return "";
  return `; ${withCommas(rows)} of ${withCommas(of)} new or changed rows are stored, the next run stores the others`;
}

function statusOf(run: RunContext, error: unknown): RunStatus {
  if (error instanceof Stopped && error.reason !== "time") return "stopped";
  return run.ingested ? "partial" : "failed";
}

function reasonOf(run: RunContext, error: unknown): Told {
  if (!(error instanceof Stopped) || error.reason !== "time") return toldOf(error);
  const limit = `options.run.max_minutes (${run.stream.options.run.max_minutes})`;
  const full = run.ingested
    ? `pushing stopped after ${limit}; the worker goes on with what is queued`
    : `the answer was not there after ${limit}, nothing was changed; raise it, or ask the ERP for less`;
  return { full, plain: full };
}

function close(run: RunContext, status: RunStatus, error: Told): void {
  const { engine, lease, stream, runId, startedAt } = run;
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const now = engine.clock();
    returnJobs(tx, stream.name, now);
    endRun(tx, runId, startedAt, now, status, error.full);
    releaseLease(tx, lease);
  });
  const level = status === "failed" ? "error" : status === "succeeded" || status === "stopped" ? "info" : "warn";
  streamLog(run)[level](`run ${status}`, {
    stream: stream.name,
    run: runId,
    ms: engine.clock() - startedAt,
    ...run.rows,
    ...(error.full === "" ? {} : { error: logged(run, error) }),
  });
}
