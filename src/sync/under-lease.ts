import type { Stream } from "../settings/stream";
import { beginTick } from "./begin";
import { makeCheckpoint } from "./checkpoint";
import { giveBack } from "./drain";
import type { Engine } from "./engine";
import { LeaseLost } from "./errors";
import type { Work } from "./heal";
import { type Lease, parseOwner, release } from "./lease";
import { readSettings } from "./settings";

/** How long to wait for a tick to end: a tick takes 20 s at most. */
const WAIT_FOR_TICK_MS = 30_000;

/**
 * Does something for a person under the stream's lease, for as long as it takes. What it had claimed goes back to the
 * queue when it fails. Returns null when a run holds the stream; a tick is waited for.
 * @param force go on although the stream is paused
 */
export function underLease<T>(
  engine: Engine,
  stream: Stream,
  force: boolean,
  work: (work: Work) => T,
): { result: T } | null {
  const lease = takeWhenFree(engine, stream);
  if (!lease) return null;
  engine.signals.began(lease.owner);
  const checkpoint = makeCheckpoint(engine, lease, {
    force: force && stream.paused,
    deadline: () => 0,
    targetCollection: stream.targetCollection,
  });
  const held: Work = { engine, stream, lease, runId: "", checkpoint };
  try {
    // Read with the lease: a form may have been saved while a tick was waited for.
    const now = { ...held, stream: readSettings(engine.store, stream.name) };
    return { result: engine.store.writingMuch(() => work(now)) };
  } catch (error) {
    if (!(error instanceof LeaseLost)) giveBack(held, engine.clock());
    throw error;
  } finally {
    release(engine, lease);
    engine.signals.ended(lease.owner);
  }
}

function takeWhenFree(engine: Engine, stream: Stream): Lease | null {
  const until = engine.clock() + WAIT_FOR_TICK_MS;
  for (;;) {
    const lease = beginTick(engine, stream);
    if (lease || !isHeldByTick(engine, stream.name) || engine.clock() > until) return lease;
    engine.sleep(200);
  }
}

function isHeldByTick(engine: Engine, stream: string): boolean {
  const row = engine.store.one(
    "SELECT lock_owner AS owner FROM sync_settings WHERE name = {:stream}",
    { stream },
    { owner: "" },
  );
  return row !== undefined && (row.owner === "" || parseOwner(row.owner)?.kind === "tick");
}
