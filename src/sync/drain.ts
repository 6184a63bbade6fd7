import type { ClaimedJob } from "../queue/claim";
import { claimJobs, readClaim } from "../queue/claim";
import { returnJobs } from "../queue/reset";
import { adopt, isFirstIngestOpen, whyAdoptLater } from "./adopt";
import { AdaptiveBatch } from "./batch";
import { coerceError, isDatabaseFault, LeaseLost, Stopped } from "./errors";
import { mapFound } from "./found";
import { reconcile, type Work } from "./heal";
import { fence } from "./lease";
import { readParent } from "./parents";
import { makePreparer, type Prepared, rejected } from "./prepare";
import { pushBatch } from "./push";
import { noPushes, type PushCounts, updateRun } from "./runs";
import { announceBatch, chooseTarget } from "./target-mode";
import { wake } from "./wake";

/** How long the stream rests after the database itself refused to work, in ms. */
const DATABASE_REST_MS = 30_000;

/** Record by record the hooks of other people run, and nobody knows before the first transaction how long they take. */
const FIRST_ROWS = { records: 20, bulk: 100 };

export interface Drained {
  counts: PushCounts;
  /** Set when the stream had to stop before the queue was empty, for a reason that is not one row's. */
  halted: string;
}

/**
 * Works off what is due: claim ▶ map ▶ one transaction with target, push_log, job and raw row.
 * @param counts what the run has pushed before
 */
export function drain(work: Work, total = 0, counts = noPushes()): Drained {
  const { engine, stream } = work;
  const drained: Drained = { counts, halted: "" };
  let done = 0;
  reconcile(work);
  wake(work);
  mapFound(work);
  if (isFirstIngestOpen(work)) return drained;
  drained.halted = whyAdoptLater(work);
  if (drained.halted !== "") return drained;
  adopt(work);
  const { mode, target, refusedBy } = chooseTarget(work);
  const prepare = makePreparer(work, refusedBy);
  const parent = readParent(engine.store, stream);
  if (work.runId !== "" && counts.pushed_inserted === 0) updateRun(engine.store, work.runId, { push_mode: mode });
  const { batch_size: largest } = stream.options.push;
  const batch = new AdaptiveBatch(engine.clock, largest, Math.min(largest, FIRST_ROWS[mode]));
  for (;;) {
    work.checkpoint();
    const claim = engine.newId();
    if (claimSome(work, claim, batch.size) === 0) return drained;
    const jobs = readClaim(engine.store, stream.name, claim);
    try {
      const prepared = jobs.map((job) => prepareSafely(prepare, job));
      batch.measure(jobs.length, () => pushBatch({ ...work, target, parent }, prepared, drained.counts));
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof Stopped) throw error;
      drained.halted = coerceError(error);
      giveBack(work, engine.clock() + DATABASE_REST_MS);
      return drained;
    }
    if (mode === "bulk") announceBatch(work, jobs.length);
    done += jobs.length;
    engine.progress("push", done, Math.max(total, done));
  }
}

/** A row that cannot even be looked at is refused like any other, so that it does not stop its stream; a broken database does. */
function prepareSafely(prepare: (job: ClaimedJob) => Prepared, job: ClaimedJob): Prepared {
  try {
    return prepare(job);
  } catch (error) {
    if (isDatabaseFault(coerceError(error))) throw error;
    const message = `the row cannot be read: ${coerceError(error)}; mend payload_json of its raw row`;
    const rejection = {
      stage: "normalize" as const,
      type: "unreadable_row",
      message,
      field: "",
      value: "",
      expected: "",
    };
    return rejected(job, rejection);
  }
}

function claimSome(work: Work, claim: string, size: number): number {
  return work.engine.store.transaction((tx) => {
    fence(work.engine, tx, work.lease);
    return claimJobs(tx, work.stream.name, claim, work.engine.clock(), size);
  });
}

/** Claimed jobs go back to the queue without an attempt. */
export function giveBack(work: Work, dueAt: number): void {
  work.engine.store.transaction((tx) => {
    fence(work.engine, tx, work.lease);
    returnJobs(tx, work.stream.name, work.engine.clock(), dueAt);
  });
}
