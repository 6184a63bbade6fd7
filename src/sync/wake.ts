import { rowsToWake, wakeRows } from "../queue/wait";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import type { Work } from "./heal";
import { fence } from "./lease";
import { findParent, parentIsThere, readParent } from "./parents";

const AT_ONCE = 1000;

/**
 * Rows that waited for a parent which is there now are due at once, also those that were given up: asked of the database
 * by each run and tick, so that no message between two streams can be lost. Returns how many.
 */
export function wakeChildren(work: Work): number {
  const { engine, stream, lease } = work;
  const parent = readParent(engine.store, stream);
  if (!parent) return 0;
  let woken = 0;
  for (;;) {
    work.checkpoint();
    const rows = engine.store.all(
      `${rowsToWake(parentIsThere(parent, "j.waits_for"))} LIMIT {:limit}`,
      { stream: stream.name, parent: parent.stream, limit: AT_ONCE },
      { id: "" },
    );
    if (rows.length === 0) return woken;
    engine.store.transaction((tx) => {
      fence(engine, tx, lease);
      wakeRows(
        tx,
        engine.clock(),
        rows.map((row) => row.id),
      );
    });
    woken += rows.length;
  }
}

/** Whether there is anybody to wake. */
export function hasRowsToWake({ store }: Engine, stream: Stream): boolean {
  const parent = findParent(store, stream);
  if (!parent) return false;
  const row = store.one(
    `SELECT EXISTS (${rowsToWake(parentIsThere(parent, "j.waits_for"))}) AS found`,
    { stream: stream.name, parent: parent.stream },
    { found: 0 },
  );
  return row?.found === 1;
}
