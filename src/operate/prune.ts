import type { Engine } from "../sync/engine";
import { prune } from "../sync/prune";
import { readSettings } from "../sync/settings";
import { underLease } from "../sync/under-lease";
import type { ActionInput, ActionResult } from "./action";
import { busy } from "./busy";

/** Deletes now what the retention of a stream no longer keeps; the worker does the same bit by bit. */
export function pruneAction(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const done = underLease(engine, stream, true, prune);
  if (!done) return busy(stream.name);
  const told = Object.keys(done.result).map((table) => `${done.result[table]} from ${table}`);
  return {
    ok: true,
    data: { stream: stream.name, deleted: done.result },
    lines: [`${stream.name}: deleted ${told.join(", ")}`],
  };
}
