import { nextRetryAt } from "../queue/backoff";
import { type Completed, completeJobs } from "../queue/complete";
import { failJob } from "../queue/fail";
import { TargetRefusal } from "./errors";
import type { Work } from "./heal";
import { fence } from "./lease";
import { giveParents, rememberParents, waitAll } from "./orphans";
import type { Parent } from "./parents";
import type { Db, Target, TargetOutcome, TargetWrite } from "./ports";
import { type Prepared, pushRejection } from "./prepare";
import { quarantine, type Rejection } from "./quarantine";
import { addPushes, noPushes, type PushCounts } from "./runs";

/** A drain with the way it writes the target. */
export interface PushWork extends Work {
  target: Target;
  parent: Parent | null;
}

type PreparedWrite = Prepared & { write: TargetWrite };

/** 422: the target refuses the row itself. */
const REFUSED = 422;

/**
 * Pushes claimed jobs in one transaction: fence, target, push_log, job, raw row. When the target refuses one of several,
 * nothing is kept and each half goes on its own, down to the bad row, which never stops the others (design, promise 7).
 */
export function pushBatch(work: PushWork, prepared: Prepared[], total: PushCounts): void {
  try {
    const counts = work.engine.store.transaction((tx) => pushAll(work, tx, prepared));
    for (const name of Object.keys(counts) as (keyof PushCounts)[]) total[name] += counts[name];
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    const [only, second] = prepared;
    if (only && !second) {
      failOne(work, only, error, total);
      return;
    }
    const half = Math.ceil(prepared.length / 2);
    pushBatch(work, prepared.slice(0, half), total);
    pushBatch(work, prepared.slice(half), total);
  }
}

function pushAll(work: PushWork, tx: Db, prepared: Prepared[]): PushCounts {
  const { engine, stream, lease, runId } = work;
  fence(engine, tx, lease);
  const counts = noPushes();
  const done: Completed[] = [];
  const writable: PreparedWrite[] = [];
  const orphans = giveParents(tx, work.parent, prepared);
  for (const one of prepared) {
    if (one.rejection) refuse(work, tx, one, one.rejection);
    else if (one.write && !orphans.has(one)) writable.push({ ...one, write: one.write });
  }
  counts.pushed_waiting = orphans.size;
  counts.pushed_failed = prepared.length - writable.length - orphans.size;
  if (work.parent) waitAll(work, tx, work.parent, [...orphans]);
  const outcomes = work.target.writeAll(
    tx,
    stream.targetCollection,
    writable.map((one) => one.write),
  );
  outcomes.forEach((outcome, at) => {
    counts[`pushed_${outcome.kind}`]++;
    done.push(completed(writable[at] as PreparedWrite, outcome));
  });
  completeJobs(tx, stream.name, runId, engine.clock(), done);
  if (work.parent) rememberParents(tx, writable);
  addPushes(tx, runId, counts);
  // Other people's hooks may have taken longer than the lease, and who waited for the lock looks at it next.
  fence(engine, tx, lease);
  return counts;
}

function completed({ job, pushedHash }: Prepared, outcome: TargetOutcome): Completed {
  return {
    jobId: job.id,
    rawId: job.rawId,
    erpId: job.erpId,
    claimedHash: job.mappedHash,
    pushedHash,
    outcome: outcome.kind,
    changes: outcome.kind === "updated" ? outcome.changes : [],
  };
}

/** A row that cannot be mapped or that the target refuses: dead at once, in quarantine, the last good version stays. */
function refuse(work: Work, tx: Db, { job, mapped }: Prepared, rejection: Rejection): void {
  const { engine, stream, runId } = work;
  const now = engine.clock();
  failJob(tx, stream.name, runId, now, {
    jobId: job.id,
    rawId: job.rawId,
    erpId: job.erpId,
    message: rejection.message,
    code: REFUSED,
    retryAt: null,
  });
  quarantine(tx, { stream: stream.name, run: runId, nowMs: now }, [
    {
      rawId: job.rawId,
      jobId: job.id,
      erpId: job.erpId,
      rawText: job.payload,
      fingerprint: "",
      rejection,
      ...(mapped && { mapped }),
    },
  ]);
}

/**
 * What becomes of one row that the target refuses. A record that has the unique value which this one wants may be further
 * back in the queue, so the first time the job goes behind all that is due, and counts as no failure (ADR 0026).
 */
function failOne(work: PushWork, one: Prepared, refusal: TargetRefusal, total: PushCounts): void {
  const { engine, stream, runId, lease } = work;
  const { id: jobId, rawId, erpId, retryCount } = one.job;
  const { message, code, hope } = refusal;
  const again = hope === "soon" && retryCount === 0 && stream.options.retry.max_retries > 0;
  const counts = { ...noPushes(), pushed_failed: again ? 0 : 1 };
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const now = engine.clock();
    const later = () => nextRetryAt(now, retryCount + 1, stream.options.retry, engine.random());
    const retryAt = again ? now : hope === "never" ? null : later();
    if (retryAt === null) {
      const mapped = one.write?.values ?? {};
      refuse(work, tx, { ...one, mapped }, pushRejection(mapped, refusal, hope === "never"));
    } else {
      failJob(tx, stream.name, runId, now, { jobId, rawId, erpId, message, code, retryAt });
    }
    addPushes(tx, runId, counts);
  });
  total.pushed_failed += counts.pushed_failed;
}
