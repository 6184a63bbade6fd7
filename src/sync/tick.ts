import { pendingWithoutJob } from "../queue/enqueue";
import { absurdDueTime } from "../queue/reset";
import type { Stream } from "../settings/stream";
import { beginTick } from "./begin";
import { makeCheckpoint } from "./checkpoint";
import { toDbTime } from "./clock";
import { drain, giveBack } from "./drain";
import type { Engine } from "./engine";
import { coerceError, LeaseLost, Stopped } from "./errors";
import { hasFound } from "./found";
import type { Work } from "./heal";
import { isAbandoned, release } from "./lease";
import { parentsFirst } from "./parents";
import { isPruneDue, prune } from "./prune";
import { runAgainWhileAsked } from "./run";
import { rerunIsDue } from "./runs";
import { readAllSettings, readSettings } from "./settings";
import { streamLog } from "./stage";
import { hasRowsToWake } from "./wake";

/** A tick never holds a stream longer than this, in ms. */
const TICK_MS = 20_000;

export interface Ticked {
  stream: string;
  /** busy: a run holds the stream. */
  did: "worked" | "busy" | "stopped" | "failed" | "reran";
  pushed: number;
  failed: number;
  error: string;
}

/**
 * Every minute, for each stream that has work: take over what a dead process left, queue pending rows, push what is
 * due, run again when that was asked for. Of a paused stream only what a dead process left is ended.
 * @param only one stream's name, or "" for all
 */
export function tick(engine: Engine, only: string): Ticked[] {
  const ticked: Ticked[] = [];
  for (const stream of parentsFirst(readAllSettings(engine))) {
    if (engine.signals.stopping()) break;
    if (only !== "" && stream.name !== only) continue;
    if (stream.paused) {
      endAbandoned(engine, stream);
      continue;
    }
    const isDue = hasWork(engine, stream) || hasRowsToWake(engine, stream) || hasFound(engine, stream);
    if (isDue || isPruneDue({ engine, stream })) ticked.push(tickStream(engine, stream));
    if (!engine.signals.stopping() && rerunIsDue(engine.store, stream.name) && isFree(engine, stream.name)) {
      runAgainWhileAsked(engine, stream.name);
      ticked.push({ stream: stream.name, did: "reran", pushed: 0, failed: 0, error: "" });
    }
  }
  return ticked;
}

/** Nobody may wait for a run that is gone, paused or not: its record ends, and its jobs go back to the queue. */
function endAbandoned(engine: Engine, stream: Stream): void {
  const { owner, expires } = lockOf(engine, stream.name);
  const lease = isAbandoned(engine, owner, expires) ? beginTick(engine, stream) : null;
  if (lease) release(engine, lease);
}

/** Drains one stream under its lease; what it leaves is still due at the next tick. */
export function tickStream(engine: Engine, stream: Stream): Ticked {
  const result: Ticked = { stream: stream.name, did: "worked", pushed: 0, failed: 0, error: "" };
  const began = engine.clock();
  const lease = beginTick(engine, stream);
  if (!lease) return { ...result, did: "busy" };
  engine.signals.began(lease.owner);
  try {
    const deadline = engine.clock() + TICK_MS;
    const { targetCollection } = stream;
    const checkpoint = makeCheckpoint(engine, lease, { force: false, deadline: () => deadline, targetCollection });
    // Read again with the lease: what was read before may be hours old by now.
    const work: Work = { engine, stream: readSettings(engine.store, stream.name), lease, runId: "", checkpoint };
    const { counts, halted } = drainUntilTime(work);
    result.failed = counts.pushed_failed + counts.pushed_waiting;
    result.pushed = counts.pushed_inserted + counts.pushed_updated + counts.pushed_deleted + counts.pushed_unchanged;
    result.error = halted;
    prune(work);
  } catch (error) {
    result.did = error instanceof Stopped ? "stopped" : "failed";
    result.error = coerceError(error);
  } finally {
    release(engine, lease);
    engine.signals.ended(lease.owner);
  }
  log(engine, stream, result, began);
  return result;
}

function drainUntilTime(work: Work): ReturnType<typeof drain> {
  try {
    return work.engine.store.writingMuch(() => drain(work));
  } catch (error) {
    if (!(error instanceof LeaseLost)) giveBack(work, work.engine.clock());
    throw error;
  }
}

function hasWork(engine: Engine, { name: stream }: Stream): boolean {
  const now = engine.clock();
  const row = engine.store.one(
    `SELECT EXISTS (SELECT 1 FROM job_queue WHERE stream = {:stream} AND status IN ('queued', 'failed') AND next_attempt_at <= {:now})
         OR EXISTS (SELECT 1 FROM job_queue WHERE stream = {:stream} AND status IN ('queued', 'failed') AND next_attempt_at > {:absurd})
         OR EXISTS (SELECT 1 FROM job_queue WHERE stream = {:stream} AND status = 'processing')
         OR EXISTS (SELECT 1 FROM sync_runs WHERE stream = {:stream} AND status = 'running')
         AS work`,
    { stream, now: toDbTime(now), absurd: absurdDueTime(now) },
    { work: 0 },
  );
  return row?.work === 1 || pendingWithoutJob(engine.store, stream, 1).length > 0;
}

function isFree(engine: Engine, stream: string): boolean {
  const { owner, expires } = lockOf(engine, stream);
  return owner === "" || isAbandoned(engine, owner, expires);
}

/** "" for a stream that nobody holds, or that is gone. */
function lockOf(engine: Engine, stream: string): { owner: string; expires: string } {
  const nobody = { owner: "", expires: "" };
  const sql = "SELECT lock_owner AS owner, lock_expires_at AS expires FROM sync_settings WHERE name = {:stream}";
  return engine.store.one(sql, { stream }, nobody) ?? nobody;
}

function log(engine: Engine, stream: Stream, result: Ticked, began: number): void {
  const entry = { ...result, stage: "push", ms: engine.clock() - began };
  const log = streamLog({ engine, stream });
  if (result.did === "failed") log.error("worker failed", entry);
  else if (result.error !== "") log.warn("worker stopped early", entry);
  else if (result.pushed + result.failed > 0) log.info("worker drained", entry);
}
