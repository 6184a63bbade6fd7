import type { Engine } from "../sync/engine";
import { run } from "../sync/run";
import { readSettings } from "../sync/settings";
import type { ActionFlag, ActionInput, ActionResult } from "./action";
import { askOf } from "./ask";
import { findRun, runLine } from "./runs";

export const FORCE: ActionFlag = {
  name: "force",
  type: "bool",
  default: false,
  help: "run although the stream is paused",
};
export const EMPTY: ActionFlag = {
  name: "empty",
  type: "bool",
  default: false,
  help: "an empty answer, or one that deletes very much, is right",
};

/** `erp sync`: runs the stream to its end. A run that is in progress is not joined; the trigger is counted and answered so. */
export function sync(engine: Engine, input: ActionInput): ActionResult {
  const { stream, by, trigger, flags } = input;
  const ask = askOf(flags, readSettings(engine.store, stream), engine.clock());
  const force = flags.force === true;
  const result = run(engine, { stream, by, trigger, force, allowEmpty: flags.empty === true, ask });
  if (result.kind === "paused") return paused(stream, "resume it, or run it once with --force");
  if (result.kind === "skipped") {
    const data = { run: result.runId, status: "skipped", rerun: true };
    return { ok: true, data, lines: [`${stream}: a run is in progress; one more follows when it ends`] };
  }
  const record = findRun(engine.store, result.runId);
  if (!record) return failed(stream, result.status, "the run's record is gone");
  const ok = result.status === "succeeded" || result.status === "partial";
  return { ok, data: record, lines: [runLine(record)] };
}

function failed(stream: string, status: string, message: string): ActionResult {
  return { ok: false, data: { stream, status, error: message }, lines: [`${stream}: ${message}`] };
}

/** The answer for a paused stream, with what to do. */
export function paused(stream: string, advice: string): ActionResult {
  return { ...failed(stream, "paused", `the stream is paused; ${advice}`), refused: "paused" };
}
