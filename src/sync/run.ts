import type { Stream } from "../settings/stream";
import { archiveAnswer } from "./archive";
import { beginRun } from "./begin";
import { rests } from "./breaker";
import { makeCheckpoint } from "./checkpoint";
import type { RunContext } from "./context";
import type { Engine } from "./engine";
import { fail, finish } from "./finish";
import { type Lease, renew } from "./lease";
import { watched } from "./live";
import { isUsedUp, restToday, type Stored } from "./load";
import { streamMapper } from "./mapper";
import { readParent } from "./parents";
import { ASK_NOTHING_SPECIAL, type Ask, decideQuestion, type Question } from "./question";
import { noRows, type RunStatus, rerunIsDue, type Trigger, updateRun } from "./runs";
import { readSettings } from "./settings";
import * as stages from "./stages";

export interface RunRequest {
  stream: string;
  trigger: Trigger;
  /** Who asked, for sync_runs.triggered_by. */
  by: string;
  /** By hand, although the stream is paused. A stream that was not paused when the run began can still be paused. */
  force: boolean;
  /** An empty snapshot, or one that deletes very much, is right. */
  allowEmpty: boolean;
  /** Another question than the stream's own; a rerun asks the stream's own. */
  ask?: Ask;
  /** Called with the run's id when it has to wait for the worker. */
  onWait?(runId: string): void;
  /** Called with the run's id before anything is fetched. */
  onBegin?(runId: string): void;
  /** Called when the run has ended and everybody was told, before a rerun begins: nothing writes its record any more. */
  onEnd?(runId: string): void;
}

export type RunResult =
  | { kind: "ran"; runId: string; status: RunStatus }
  | { kind: "skipped"; runId: string; heldBy: string }
  | { kind: "paused" };

/** Runs a stream once, and once more right after when a trigger came meanwhile (000). Returns what the first run did. */
export function run(engine: Engine, request: RunRequest): RunResult {
  const result = runOnce(engine, request);
  if (result.kind === "skipped") engine.triggerSkipped(request.stream);
  if (result.kind !== "ran") return result;
  tell(engine, request.stream, result);
  request.onEnd?.(result.runId);
  runAgainWhileAsked(engine, request.stream);
  return result;
}

/** Runs a stream whose schedule has come due, unless its ERP keeps failing and is left alone for a while. */
export function runScheduled(engine: Engine, name: string): void {
  const stream = readSettings(engine.store, name);
  if (stream.paused || rests(engine, stream)) return;
  run(engine, { stream: name, trigger: "schedule", by: "", force: false, allowEmpty: false });
}

/** The reruns that are owed, one after the other; none at shutdown or while the stream is paused. */
export function runAgainWhileAsked(engine: Engine, stream: string): void {
  while (!engine.signals.stopping() && rerunIsDue(engine.store, stream)) {
    const rerun = runOnce(engine, { stream, trigger: "rerun", by: "", force: false, allowEmpty: false });
    if (rerun.kind !== "ran") return;
    tell(engine, stream, rerun);
  }
}

/** A run that lost its lease was ended, and told of, by who took it. */
function tell(engine: Engine, stream: string, { runId, status }: { runId: string; status: RunStatus }): void {
  if (status !== "interrupted") engine.runEnded(stream, runId);
}

function runOnce(engine: Engine, request: RunRequest): RunResult {
  const stream = readSettings(engine.store, request.stream);
  if (stream.paused && !request.force) return { kind: "paused" };
  const begun = beginRun(engine, stream, request);
  if ("skippedId" in begun) return { kind: "skipped", runId: begun.skippedId, heldBy: begun.heldBy };
  const run = context(watched(engine, stream.name, begun.runId), stream, begun, request);
  engine.signals.began(run.lease.owner);
  try {
    request.onBegin?.(run.runId);
    run.engine.progress("begin", 0, 0);
    return { kind: "ran", runId: run.runId, status: engine.store.writingMuch(() => work(run)) };
  } finally {
    run.spool.remove();
    engine.signals.ended(run.lease.owner);
    engine.live.put(stream.name, null);
  }
}

/** The way of a row. */
function work(run: RunContext): RunStatus {
  try {
    readSettingsOnce(run);
    const question = decideQuestion(run);
    if (isUsedUp(question)) return restToday(run, question);
    const stored = question.pageByPage ? stages.load(run, question) : storeAnswer(run, question);
    stages.heal(run);
    const drained = stages.push(run, stored);
    if (stored.complete && drained.halted === "") stages.touch(run);
    return finish(run, drained);
  } catch (error) {
    return fail(run, error);
  }
}

/** One answer, or all of its pages: nothing is written before it has been proven whole. */
function storeAnswer(run: RunContext, question: Question): Stored {
  const answer = stages.fetch(run, question);
  run.storing = true;
  archiveAnswer(run, answer);
  const plan = stages.diff(run, answer);
  const pushed = stages.ingest(run, plan);
  run.storing = false;
  const changes = plan.leftovers.count + plan.absent.length;
  return { changes, pushed, complete: answer.complete && !run.ask.archived };
}

/** Settings are read with the lease, once: a form saved during a run changes the next one. */
function readSettingsOnce(run: RunContext): void {
  run.stream = readSettings(run.engine.store, run.stream.name);
  run.mappingVersion = streamMapper(run.engine, run.stream).version;
  readParent(run.engine.store, run.stream);
}

type Granted = { lease: Lease; runId: string; startedAt: number };

function context(
  engine: Engine,
  stream: Stream,
  { lease, runId, startedAt }: Granted,
  request: RunRequest,
): RunContext {
  const minutes = stream.options.run.max_minutes;
  const deadline = minutes > 0 ? startedAt + minutes * 60_000 : 0;
  const run: RunContext = {
    engine,
    stream,
    lease,
    runId,
    startedAt,
    spool: engine.openSpool(runId),
    rows: noRows(),
    mappingVersion: "",
    allowEmpty: request.allowEmpty,
    ask: request.ask ?? ASK_NOTHING_SPECIAL,
    notes: [],
    remarks: [],
    older: { rows: 0, first: "" },
    storing: false,
    stored: { rows: 0, of: 0 },
    ingested: false,
    blocksFor: (seconds) => renew(engine, lease, seconds),
    recordTransfer: (columns) => updateRun(engine.store, runId, columns),
    checkpoint: makeCheckpoint(engine, lease, {
      force: request.force && stream.paused,
      // What has been fetched is stored, however late it is.
      deadline: () => (run.storing ? 0 : deadline),
      targetCollection: stream.targetCollection,
    }),
  };
  return run;
}
