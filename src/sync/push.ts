import { nextRetryAt } from "../queue/backoff";
import { type Completed, completeJobs } from "../queue/complete";
import { failJob } from "../queue/fail";
import { TargetRefusal } from "./errors";
import type { Work } from "./heal";
import { fence } from "./lease";
import type { Db, TargetOutcome } from "./ports";
import type { Prepared } from "./prepare";
import { quarantine, type Rejection } from "./quarantine";
import { addPushes, noPushes, type PushCounts } from "./runs";

/** 422: the target refuses the row itself. */
const REFUSED = 422;

/**
 * Pushes claimed jobs in one transaction: fence, target, push_log, job, raw row. When the target refuses one of several,
 * nothing is kept and each goes on its own, so that one bad row never stops the others (design, promise 7).
 */
export function pushBatch(work: Work, prepared: Prepared[], total: PushCounts): void {
  try {
    const counts = work.engine.store.transaction((tx) => pushAll(work, tx, prepared));
    for (const name of Object.keys(counts) as (keyof PushCounts)[]) total[name] += counts[name];
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    const [only] = prepared;
    if (prepared.length === 1 && only) failOne(work, only, error, total);
    else for (const one of prepared) pushBatch(work, [one], total);
  }
}

function pushAll(work: Work, tx: Db, prepared: Prepared[]): PushCounts {
  const { engine, stream, lease, runId } = work;
  fence(engine, tx, lease);
  const counts = noPushes();
  const done: Completed[] = [];
  for (const one of prepared) {
    if (one.rejection) refuse(work, tx, one, one.rejection);
    if (one.rejection || !one.write) {
      counts.pushed_failed++;
      continue;
    }
    const outcome = engine.target.write(tx, stream.targetCollection, one.write);
    counts[`pushed_${outcome.kind}`]++;
    done.push(completed(one, outcome));
  }
  completeJobs(tx, stream.name, runId, engine.clock(), done);
  addPushes(tx, runId, counts);
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
function refuse(work: Work, tx: Db, { job }: Prepared, rejection: Rejection): void {
  const { engine, stream, runId } = work;
  const now = engine.clock();
  failJob(tx, stream.name, runId, now, {
    jobId: job.id,
    erpId: job.erpId,
    message: rejection.message,
    code: REFUSED,
    retryAt: null,
  });
  quarantine(tx, stream.name, runId, now, {
    rawId: job.rawId,
    jobId: job.id,
    erpId: job.erpId,
    rawText: job.payload,
    rejection,
  });
}

function failOne(work: Work, one: Prepared, refusal: TargetRefusal, total: PushCounts): void {
  const { engine, stream, runId, lease } = work;
  const counts = { ...noPushes(), pushed_failed: 1 };
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const now = engine.clock();
    const retryAt = refusal.fatal
      ? null
      : nextRetryAt(now, one.job.retryCount + 1, stream.options.retry, engine.random());
    if (retryAt === null) refuse(work, tx, one, pushRejection(one, refusal));
    else {
      const { id: jobId, erpId } = one.job;
      failJob(tx, stream.name, runId, now, { jobId, erpId, message: refusal.message, code: refusal.code, retryAt });
    }
    addPushes(tx, runId, counts);
  });
  total.pushed_failed++;
}

function pushRejection({ write }: Prepared, refusal: TargetRefusal): Rejection {
  const value = refusal.field === "" ? "" : String(write?.values?.[refusal.field] ?? "");
  return {
    stage: "push",
    type: refusal.fatal ? "refused_by_target" : "gave_up",
    message: refusal.message,
    field: refusal.field,
    value: value.slice(0, 500),
    expected: "a value the target collection accepts",
  };
}
