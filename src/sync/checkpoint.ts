import type { Engine } from "./engine";
import { Stopped } from "./errors";
import { type Lease, renewIfDue } from "./lease";
import { forgetNewStatistics } from "./statistics";

/** How often the database is looked at, in ms: the pause switch, and what somebody had SQLite count. */
const LOOK_MS = 1000;

export interface CheckpointOptions {
  /** Go on although the stream is paused: somebody started this by hand, with force. */
  force: boolean;
  /** Stop at this time (ms); 0 is not now. */
  deadline(): number;
  targetCollection: string;
}

/**
 * A function to call between small pieces of work: renews the lease, and throws Stopped at shutdown, pause or when the
 * time is over, LeaseLost when somebody else holds the stream.
 */
export function makeCheckpoint(engine: Engine, lease: Lease, options: CheckpointOptions): () => void {
  let looked = 0;
  return () => {
    const now = engine.clock();
    if (engine.signals.stopping()) throw new Stopped("shutdown", "PocketBase is shutting down");
    const deadline = options.deadline();
    if (deadline > 0 && now > deadline) throw new Stopped("time", "the time for this work is over");
    renewIfDue(engine, lease);
    if (Math.abs(now - looked) < LOOK_MS) return;
    looked = now;
    forgetNewStatistics(engine, options.targetCollection);
    if (!options.force && isPaused(engine, lease.stream))
      throw new Stopped("pause", `stream "${lease.stream}" was paused`);
  };
}

function isPaused(engine: Engine, stream: string): boolean {
  const row = engine.store.one(
    "SELECT paused AS paused FROM sync_settings WHERE name = {:stream}",
    { stream },
    { paused: 0 },
  );
  return row?.paused === 1;
}
