import { closeSettled } from "../queue/complete";
import { enqueueNew, enqueueRows } from "../queue/enqueue";
import { AdaptiveBatch } from "./batch";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { batchId, idTime } from "./ids";
import type { KeylessRows } from "./keyless";
import { fence } from "./lease";
import type { Plan, PlannedStep, Step } from "./plan";
import type { Db } from "./ports";
import { type QuarantinedRow, quarantine, type Rejection, resolveRows, resolveUnseen } from "./quarantine";
import { insertRows, markAbsent, markMissed, type RawWrite, updateRows } from "./raw";
import { updateRun } from "./runs";

/** The largest number of rows one transaction takes, however fast the machine. */
const ROWS_AT_ONCE = 2000;

/**
 * Writes the changed rows only, in short transactions: raw rows, quarantine and jobs together. Killed between two of
 * them, the next run finds the rest again.
 */
export function ingest(run: RunContext, plan: Plan): void {
  const batch = new AdaptiveBatch(run.engine.clock, ROWS_AT_ONCE);
  ingestSteps(run, plan, batch);
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
}

function ingestSteps(run: RunContext, { leftovers }: Plan, batch: AdaptiveBatch): void {
  const next = leftovers.steps();
  for (let at = 0; at < leftovers.count; ) {
    const size = Math.min(batch.size, leftovers.count - at);
    const planned = Array.from({ length: size }, next);
    inOneTransaction(run, batch, size, (tx) => writeSteps(run, tx, planned));
    at += size;
    run.engine.progress("ingest", at, leftovers.count);
  }
}

function writeSteps(run: RunContext, tx: Db, planned: PlannedStep[]): void {
  const changed: RawWrite[] = [];
  const created: RawWrite[] = [];
  const bad: QuarantinedRow[] = [];
  const { engine, stream, runId } = run;
  const now = engine.clock();
  const time = idTime(now);
  const salt = engine.random();
  planned.forEach(({ step, texts }, at) => {
    if (step.kind === "reject") bad.push(rejectedRow(step, texts.text));
    if (step.kind !== "upsert") return;
    const { upsert } = step;
    const write: RawWrite = { upsert, text: texts.text, newId: upsert.kind === "new" ? batchId(time, at, salt) : "" };
    (upsert.kind === "new" ? created : changed).push(write);
    if (upsert.row.rejection) bad.push(invalidRow(write, texts.mapped, upsert.row.rejection));
  });
  updateRows(run, tx, changed);
  insertRows(run, tx, created);
  quarantine(tx, { stream: stream.name, run: runId, nowMs: now }, bad);
  const valid = changed.filter(({ upsert }) => upsert.row.valid).map(({ upsert }) => upsert.rawId);
  resolveRows(tx, now, valid, "mended");
  closeSettled(tx, now, valid);
  const enqueue = { stream: stream.name, run: runId, now: toDbTime(now) };
  enqueueRows(
    tx,
    enqueue,
    changed.map(({ upsert }) => upsert.rawId),
  );
  const jobs = created
    .filter(({ upsert }) => upsert.row.valid)
    .map(({ upsert, newId }) => [newId, upsert.row.mappedHash]);
  enqueueNew(tx, enqueue, jobs as [string, string][]);
}

function rejectedRow({ row, rejection }: Step & { kind: "reject" }, text: string): QuarantinedRow {
  const { key: erpId, fingerprint } = row;
  return { rawId: "", jobId: "", erpId, rawText: text, fingerprint, rejection };
}

function invalidRow({ upsert, text, newId }: RawWrite, mapped: string, rejection: Rejection): QuarantinedRow {
  const { rawId, erpId } = upsert;
  return {
    rawId: rawId || newId,
    jobId: "",
    erpId,
    rawText: text,
    fingerprint: "",
    rejection,
    mapped: JSON.parse(mapped),
  };
}

function ingestAbsent(run: RunContext, plan: Plan, batch: AdaptiveBatch): void {
  for (let at = 0; at < plan.absent.length; ) {
    const absent = plan.absent.slice(at, at + batch.size);
    const ids = absent.map((row) => row.rawId);
    inOneTransaction(run, batch, absent.length, (tx) => {
      markAbsent(run, tx, absent);
      resolveRows(tx, run.engine.clock(), ids);
      closeSettled(tx, run.engine.clock(), ids);
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
function inOneTransaction(run: RunContext, batch: AdaptiveBatch, rows: number, write: (tx: Db) => void): void {
  run.checkpoint();
  batch.measure(rows, () =>
    run.engine.store.transaction((tx) => {
      fence(run.engine, tx, run.lease);
      write(tx);
    }),
  );
}
