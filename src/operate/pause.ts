import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import type { ActionInput, ActionResult } from "./action";

/** Pauses or resumes a stream. A run in flight stops at its next checkpoint; a resumed stream waits for its schedule. */
export function setPaused(engine: Engine, input: ActionInput, paused: boolean): ActionResult {
  const name = input.stream;
  // A stream can always be paused, also when its settings cannot be used; this throws when there is none.
  if (!paused || !exists(engine, name)) readSettings(engine.store, name);
  engine.store.run("UPDATE sync_settings SET paused = {:paused} WHERE name = {:name}", {
    paused: paused ? 1 : 0,
    name,
  });
  engine.log.info(paused ? "stream paused" : "stream resumed", { stream: name, by: input.by });
  return {
    ok: true,
    data: { stream: name, paused },
    lines: [`${name} is ${paused ? "paused" : "running by its schedule again"}`],
  };
}

function exists(engine: Engine, stream: string): boolean {
  const row = engine.store.one(
    "SELECT name AS name FROM sync_settings WHERE name = {:stream}",
    { stream },
    { name: "" },
  );
  return row !== undefined;
}
