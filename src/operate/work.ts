import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { tick } from "../sync/tick";
import type { ActionInput, ActionResult } from "./action";
import { paused } from "./sync";

/** `erp work`: one tick, as the worker makes it every minute; of one stream, or of all. */
export function work(engine: Engine, { stream }: ActionInput): ActionResult {
  if (stream !== "" && readSettings(engine.store, stream).paused) return paused(stream, "resume it first");
  const ticked = tick(engine, stream);
  const lines = ticked.map((each) =>
    each.did === "worked"
      ? `${each.stream}: ${each.pushed} pushed, ${each.failed} failed`
      : `${each.stream}: ${each.did}${each.error === "" ? "" : `, ${each.error}`}`,
  );
  return {
    ok: ticked.every((each) => each.did !== "failed"),
    data: ticked,
    lines: lines.length > 0 ? lines : ["nothing to do"],
  };
}
