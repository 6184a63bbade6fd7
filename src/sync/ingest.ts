import { closeSettled } from "../queue/complete";
import { enqueueRows } from "../queue/enqueue";
import { AdaptiveBatch } from "./batch";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { TargetRefusal } from "./errors";
import type { KeylessRows } from "./keyless";
import { fence } from "./lease";
import type { Plan, PlannedStep } from "./plan";
import type { Db } from "./ports";
import { chooseNewRowPush, type NewRowPush } from "./push-new";
import { type QuarantinedRow, quarantine, resolveRows, resolveUnseen } from "./quarantine";
import { markAbsent, markMissed } from "./raw";
import { noPushes, type PushCounts, updateRun } from "./runs";
import { forgetNewStatistics } from "./statistics";
import { prepareRows } from "./store-rows";

/** The largest number of rows one transaction takes, however fast the machine: more take memory and save no time. */
const ROWS_AT_ONCE = 1000;

/**
 * Writes the changed rows only, in short transactions: raw rows, quarantine and jobs together. Killed between two of
 * them, the next run finds the rest again. Returns what was pushed on the way, see NewRowPush.
 */
export function ingest(run: RunContext, plan: Plan): PushCounts {
  const batch = new AdaptiveBatch(run.engine.clock, ROWS_AT_ONCE);
  const pushed = ingestSteps(run, plan, batch);
  ingestAbsent(run, plan, batch);
  ingestMissed(run, plan, batch);
  ingestKeyless(run, plan.keyless, batch);
  run.engine.store.transaction((tx) => {
    fence(run.engine, tx, run.lease);
    const now = run.engine.clock();
    if (plan.complete) resolveUnseen(tx, run.stream.name, now, toDbTime(run.startedAt));
    const { scopeHash: scope_hash, cursor } = plan;
    updateRun(tx, run.runId, { ...run.rows, ingested_at: toDbTime(now), scope_hash, cursor });
  });
  run.ingested = true;
  return pushed;
}

function ingestSteps(run: RunContext, { leftovers }: Plan, batch: AdaptiveBatch): PushCounts {
  const direct = chooseNewRowPush(run);
  const next = leftovers.steps();
  for (let at = 0; at < leftovers.count; ) {
    const size = Math.min(batch.size, leftovers.count - at);
    const planned = Array.from({ length: size }, next);
    forgetNewStatistics(run.engine, run.stream.targetCollection);
    storeSteps(run, batch, planned, direct);
    at += size;
    run.stored = { rows: at, of: leftovers.count };
    run.engine.progress("ingest", at, leftovers.count);
  }
  return direct?.counts ?? noPushes();
}

/** When the target refuses one of the new rows, all of them go through the queue, which finds out which one it is. */
function storeSteps(run: RunContext, batch: AdaptiveBatch, planned: PlannedStep[], direct: NewRowPush | null): void {
  const rows = prepareRows(run, planned, direct);
  try {
    inOneTransaction(run, batch, planned.length, (tx) => rows.store(tx));
    direct?.stored(rows.pushed);
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    const queued = prepareRows(run, planned, null);
    inOneTransaction(run, batch, planned.length, (tx) => queued.store(tx));
  }
}

function ingestAbsent(run: RunContext, plan: Plan, batch: AdaptiveBatch): void {
  for (let at = 0; at < plan.absent.length; ) {
    const absent = plan.absent.slice(at, at + batch.size);
    const ids = absent.map((row) => row.rawId);
    inOneTransaction(run, batch, absent.length, (tx) => {
      markAbsent(run, tx, absent);
      resolveRows(tx, run.engine.clock(), ids);
      closeSettled(tx, run.stream.name, run.engine.clock(), ids);
      enqueueRows(tx, { stream: run.stream.name, run: run.runId, now: toDbTime(run.engine.clock()) }, ids);
    });
    at += absent.length;
  }
}

function ingestMissed(run: RunContext, { missed }: Plan, batch: AdaptiveBatch): void {
  for (let at = 0; at < missed.length; ) {
    const ids = missed.slice(at, at + batch.size);
    inOneTransaction(run, batch, ids.length, (tx) => markMissed(run, tx, ids));
    at += ids.length;
  }
}

function ingestKeyless(run: RunContext, keyless: KeylessRows, batch: AdaptiveBatch): void {
  const next = keyless.take();
  for (let at = 0; at < keyless.count; ) {
    const size = Math.min(batch.size, keyless.count - at);
    const rows = Array.from({ length: size }, next).map(({ text, fingerprint, rejection }): QuarantinedRow => {
      return { rawId: "", jobId: "", erpId: "", rawText: text, fingerprint, rejection };
    });
    inOneTransaction(run, batch, size, (tx) => {
      quarantine(tx, { stream: run.stream.name, run: run.runId, nowMs: run.engine.clock() }, rows);
    });
    at += size;
  }
}

/** A run that was asked to stop does so between two transactions, never inside one. */
function inOneTransaction<T>(run: RunContext, batch: AdaptiveBatch, rows: number, write: (tx: Db) => T): T {
  run.checkpoint();
  return batch.measure(rows, () =>
    run.engine.store.transaction((tx) => {
      fence(run.engine, tx, run.lease);
      return write(tx);
    }),
  );
}
