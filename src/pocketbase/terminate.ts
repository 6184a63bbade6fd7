import { returnJobs } from "../queue/reset";
import { fromDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { fence, type Lease, parseOwner, releaseLease } from "../sync/lease";
import { endRun } from "../sync/runs";
import { liveEngine } from "./engine";
import { activeOwners, askToStop, signals } from "./signals";

/** PocketBase waits for this handler; a hook reload fires it a second time after 3 s. */
const SHUTDOWN_MS = 8000;
const RELOAD_MS = 2500;

/** Shutdown: runs stop at their next checkpoint; one that cannot (a blocked transfer) is ended from here. */
export function onTerminate(e: core.TerminateEvent): void {
  askToStop();
  const until = Date.now() + (e.isRestart ? RELOAD_MS : SHUTDOWN_MS);
  while (activeOwners().length > 0 && Date.now() < until) sleep(25);
  for (const owner of activeOwners()) endFromOutside(liveEngine(), owner);
  e.next();
}

/** What the blocked call later returns fails its fence and writes nothing. */
function endFromOutside(engine: Engine, owner: string): void {
  const holder = parseOwner(owner);
  try {
    const stream = engine.store.transaction((tx) => {
      const held = tx.returning(
        "UPDATE sync_settings SET name = name WHERE lock_owner = {:owner} RETURNING name",
        { owner },
        { name: "" },
      )[0];
      if (!held) return "";
      const lease: Lease = { stream: held.name, owner, renewedAt: 0 };
      const now = engine.clock();
      fence(engine, tx, lease);
      returnJobs(tx, lease.stream, now);
      if (holder?.kind === "run") {
        const run = tx.one("SELECT started_at AS at FROM sync_runs WHERE id = {:id}", { id: holder.id }, { at: "" });
        endRun(
          tx,
          holder.id,
          fromDbTime(run?.at ?? ""),
          now,
          "stopped",
          "PocketBase was shut down during a transfer that cannot be stopped",
        );
      }
      releaseLease(tx, lease);
      return lease.stream;
    });
    if (stream !== "" && holder?.kind === "run") engine.runEnded(stream, holder.id);
  } catch (error) {
    engine.log.error("a run could not be ended at shutdown", { owner, error: coerceError(error) });
  }
  signals.ended(owner);
}
