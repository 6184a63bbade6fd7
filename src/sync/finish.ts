import { returnJobs } from "../queue/reset";
import type { RunContext } from "./context";
import type { Drained } from "./drain";
import { coerceError, LeaseLost, Stopped } from "./errors";
import { fence, releaseLease } from "./lease";
import { endRun, type RunStatus } from "./runs";

/** Ends a run that did its work: status, counts, lease, in one transaction. */
export function finish(run: RunContext, drained: Drained): RunStatus {
  const reasons = partialReasons(run, drained);
  const status = reasons.length === 0 ? "succeeded" : "partial";
  close(run, status, reasons.join("; "));
  return status;
}

function partialReasons(run: RunContext, drained: Drained): string[] {
  const reasons: string[] = [];
  const { rows_invalid, rows_held } = run.rows;
  if (rows_invalid > 0) reasons.push(`${rows_invalid} rows went to quarantine; see failed_records`);
  if (drained.counts.pushed_failed > 0) {
    reasons.push(`${drained.counts.pushed_failed} rows were not taken by the target; see job_queue`);
  }
  if (rows_held > 0) {
    reasons.push(
      `${rows_held} deletes are held because they are more than options.diff.max_shrink_percent (${run.stream.options.diff.max_shrink_percent} %) of the rows; if they are right: erp approve-deletes ${run.stream.name}`,
    );
  }
  if (drained.halted !== "") reasons.push(`pushing stopped: ${drained.halted}; the worker goes on with what is queued`);
  return reasons;
}

/**
 * Ends a run that could not go on. What it had ingested stays and the worker goes on with it; what it had claimed goes
 * back to the queue without an attempt.
 */
export function fail(run: RunContext, error: unknown): RunStatus {
  if (error instanceof LeaseLost) {
    run.engine.log.error("lease lost", { stream: run.stream.name, run: run.runId, error: error.message });
    return "interrupted";
  }
  const status = statusOf(run, error);
  try {
    close(run, status, coerceError(error));
  } catch (again) {
    if (!(again instanceof LeaseLost)) throw again;
  }
  return status;
}

function statusOf(run: RunContext, error: unknown): RunStatus {
  if (error instanceof Stopped && error.reason !== "time") return "stopped";
  return run.ingested ? "partial" : "failed";
}

function close(run: RunContext, status: RunStatus, error: string): void {
  const { engine, lease, stream, runId, startedAt } = run;
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const now = engine.clock();
    returnJobs(tx, stream.name, now);
    endRun(tx, runId, startedAt, now, status, error);
    releaseLease(tx, lease);
  });
  const level = status === "failed" ? "error" : status === "succeeded" || status === "stopped" ? "info" : "warn";
  engine.log[level](`run ${status}`, {
    stream: stream.name,
    run: runId,
    ms: engine.clock() - startedAt,
    ...run.rows,
    ...(error === "" ? {} : { error }),
  });
}
