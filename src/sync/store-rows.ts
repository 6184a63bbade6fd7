import { closeSettled, hasTrouble } from "../queue/complete";
import { enqueueNew, enqueueRows } from "../queue/enqueue";
import { requeueDead } from "../queue/retry";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { batchId, idTime } from "./ids";
import type { PlannedStep, Step } from "./plan";
import type { Db } from "./ports";
import type { NewRow, NewRowPush } from "./push-new";
import { type QuarantinedRow, quarantine, type Rejection, resolveRows } from "./quarantine";
import { giveTargetIds, insertsOf, type RawWrite, updatesOf } from "./raw";
import { wereUnmapped } from "./remap";

interface Sorted {
  changed: RawWrite[];
  created: RawWrite[];
  /** Those of the created rows that go to the target at once, and those that are queued. */
  pushed: { write: RawWrite; mapped: string }[];
  queued: RawWrite[];
  /** Made when the rows have their ids. */
  bad: (() => QuarantinedRow)[];
}

/** A batch of rows that is ready to be stored. */
export interface PreparedRows {
  /** How many of them go to the target in the same transaction. */
  pushed: number;
  /** Raw rows with their jobs and their quarantine. Throws TargetRefusal when a record is at fault. */
  store(tx: Db): void;
}

/** Prepares one batch, so that its transaction holds the database no longer than its statements take. */
export function prepareRows(run: RunContext, planned: PlannedStep[], direct: NewRowPush | null): PreparedRows {
  const { engine, stream, runId } = run;
  const nowMs = engine.clock();
  const { changed, created, pushed, queued, bad } = sort(planned, direct !== null);
  const time = idTime(nowMs);
  const [rawSalt, jobSalt] = [engine.random(), engine.random()];
  for (let at = 0; at < created.length; at++) (created[at] as RawWrite).newId = batchId(time, at, rawSalt);
  giveTargetIds(run, engine.store, created);
  const updates = updatesOf(run, changed);
  const inserts = insertsOf(run, created);
  const push = direct?.prepare(
    pushed.map(({ write, mapped }, at) => newRow(write, mapped, batchId(time, at, jobSalt))),
    nowMs,
  );
  const jobs = queued.map(({ newId, upsert }): [string, string] => [newId, upsert.row.mappedHash]);
  const quarantined = bad.map((row) => row());
  const store = (tx: Db): void => {
    updates(tx);
    inserts(tx);
    quarantine(tx, { stream: stream.name, run: runId, nowMs }, quarantined);
    settleChanged(run, tx, nowMs, changed);
    enqueueNew(tx, { stream: stream.name, run: runId, now: toDbTime(nowMs) }, jobs);
    push?.(tx);
  };
  return { pushed: pushed.length, store };
}

function sort(planned: PlannedStep[], isDirect: boolean): Sorted {
  const sorted: Sorted = { changed: [], created: [], pushed: [], queued: [], bad: [] };
  for (const { step, texts } of planned) {
    if (step.kind === "reject") sorted.bad.push(() => rejectedRow(step, texts.text));
    if (step.kind !== "upsert") continue;
    const { upsert } = step;
    const { rejection } = upsert.row;
    const pushed = isDirect && upsert.kind === "new" && !rejection && texts.mapped !== "";
    const write: RawWrite = { upsert, text: texts.text, newId: "", targetId: "", pushed };
    if (rejection) sorted.bad.push(() => invalidRow(write, texts.mapped, rejection));
    if (upsert.kind !== "new") sorted.changed.push(write);
    else sorted.created.push(write);
    if (pushed) sorted.pushed.push({ write, mapped: texts.mapped });
    else if (upsert.kind === "new" && !rejection) sorted.queued.push(write);
  }
  return sorted;
}

/** What was wrong with rows that are mended, or as the target has them, is over; the others are queued. */
function settleChanged({ stream, runId }: RunContext, tx: Db, nowMs: number, changed: RawWrite[]): void {
  if (changed.length > 0 && hasTrouble(tx, stream.name)) {
    const valid = changed.filter(({ upsert }) => upsert.row.valid).map(({ upsert }) => upsert.rawId);
    // What was given up because it could not be mapped is another row now, even if it asks for the same.
    requeueDead(tx, nowMs, wereUnmapped(tx, valid));
    resolveRows(tx, nowMs, valid, "mended");
    closeSettled(tx, stream.name, nowMs, valid);
  }
  // A touched row asks for what it asked for before: it has its job, if it needs one.
  const ids = changed.filter(({ upsert }) => upsert.kind !== "touched").map(({ upsert }) => upsert.rawId);
  enqueueRows(tx, { stream: stream.name, run: runId, now: toDbTime(nowMs) }, ids);
}

function newRow({ newId, targetId, upsert }: RawWrite, mapped: string, jobId: string): NewRow {
  return { jobId, rawId: newId, erpId: upsert.erpId, mappedHash: upsert.row.mappedHash, targetId, mapped };
}

function rejectedRow({ row, rejection }: Step & { kind: "reject" }, text: string): QuarantinedRow {
  const { key: erpId, fingerprint } = row;
  return { rawId: "", jobId: "", erpId, rawText: text, fingerprint, rejection };
}

function invalidRow({ upsert, text, newId }: RawWrite, mapped: string, rejection: Rejection): QuarantinedRow {
  const rawId = upsert.rawId || newId;
  return {
    ...{ rawId, jobId: "", erpId: upsert.erpId, rawText: text, fingerprint: "", rejection },
    mapped: JSON.parse(mapped) as Record<string, unknown>,
  };
}
