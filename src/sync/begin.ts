import { resetFarJobs, resetStuckJobs } from "../queue/reset";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { Stopped } from "./errors";
import { type Lease, releaseLease, takeLease } from "./lease";
import type { Ask } from "./question";
import { countSkipped, insertRun, interruptRuns, rerunIsDue, type Trigger } from "./runs";
import { forgetStatistics } from "./statistics";

/** How long a run waits for a tick to end: a tick takes 20 s at most. */
const WAIT_FOR_TICK_MS = 30_000;

/**
 * `skippedId` is "" for what counts as nothing: a rerun that another process has begun, or has done, meanwhile, and a
 * replay of an archived answer, which no rerun could take the place of.
 */
export type Begun = { lease: Lease; runId: string; startedAt: number } | { skippedId: string; heldBy: string };

export interface BeginRequest {
  trigger: Trigger;
  by: string;
  ask?: Ask;
  /** Called once, with the id the run will have, when it has to wait for a tick. */
  onWait?(runId: string): void;
}

/**
 * Takes the stream's lease and opens the run's record, or counts a skipped run, in one transaction on the settings row.
 * A run that meets a tick waits for it. Throws Stopped at shutdown.
 */
export function beginRun(engine: Engine, stream: Stream, request: BeginRequest): Begun {
  const until = engine.clock() + WAIT_FOR_TICK_MS;
  const runId = engine.newId();
  forgetStatistics(engine, stream.targetCollection);
  for (let waited = false; ; waited = true) {
    if (engine.signals.stopping()) throw new Stopped("shutdown", "PocketBase is shutting down");
    const begun = tryToBegin(engine, stream, request, runId, engine.clock() > until);
    if (begun) return begun;
    if (!waited) request.onWait?.(runId);
    engine.sleep(200);
  }
}

function tryToBegin(
  engine: Engine,
  stream: Stream,
  { trigger, by, ask }: BeginRequest,
  runId: string,
  tired: boolean,
): Begun | null {
  let interrupted: string[] = [];
  const begun = engine.store.transaction((tx): Begun | null => {
    const taken = takeLease(engine, tx, stream.name, "run", runId);
    const startedAt = engine.clock();
    if ("lease" in taken) {
      interrupted = takeOver(engine, tx, stream, runId);
      if (trigger === "rerun" && !rerunIsDue(tx, stream.name)) {
        releaseLease(tx, taken.lease);
        return { skippedId: "", heldBy: "" };
      }
      insertRun(tx, runId, stream.name, trigger, by, startedAt);
      return { lease: taken.lease, runId, startedAt };
    }
    if (taken.heldBy?.kind === "tick" && !tired) return null;
    if (trigger === "rerun" || ask?.archived) return { skippedId: "", heldBy: taken.heldBy?.id ?? "" };
    const skippedId = countSkipped(tx, runId, stream.name, trigger, by, startedAt);
    return { skippedId, heldBy: taken.heldBy?.id ?? "" };
  });
  for (const id of interrupted) engine.runEnded(stream.name, id);
  return begun;
}

/** Ends what a dead holder left behind; what it had stored stays and counts. Returns the runs it ended. */
function takeOver(engine: Engine, tx: Parameters<typeof interruptRuns>[0], stream: Stream, runId: string): string[] {
  const now = engine.clock();
  const interrupted = interruptRuns(tx, stream.name, now);
  resetStuckJobs(tx, stream.name, runId, now, stream.options.retry.max_retries);
  resetFarJobs(tx, stream.name, now);
  return interrupted;
}

/** Takes the lease for one tick, or returns null: a tick that meets a run leaves. */
export function beginTick(engine: Engine, stream: Stream): Lease | null {
  forgetStatistics(engine, stream.targetCollection);
  let interrupted: string[] = [];
  const lease = engine.store.transaction((tx) => {
    const taken = takeLease(engine, tx, stream.name, "tick", engine.newId());
    if (!("lease" in taken)) return null;
    interrupted = takeOver(engine, tx, stream, "");
    return taken.lease;
  });
  for (const id of interrupted) engine.runEnded(stream.name, id);
  return lease;
}
