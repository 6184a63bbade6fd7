import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { run } from "../sync/run";
import { readSettings } from "../sync/settings";
import { tick } from "../sync/tick";
import type { Action, ActionFlag, ActionInput, ActionResult } from "./action";
import { approveDeletes } from "./approve";
import { type DoctorPorts, doctor } from "./doctor";
import { setPaused } from "./pause";
import { retry } from "./retry";
import { findRun, runLine, runsAction } from "./runs";
import { statusAction } from "./status";
import { testConnection } from "./test-connection";

const FORCE: ActionFlag = { name: "force", type: "bool", default: false, help: "run although the stream is paused" };
const EMPTY: ActionFlag = {
  name: "empty",
  type: "bool",
  default: false,
  help: "an empty answer, or one that deletes very much, is right",
};

/** Everything a person can do, once, for the console and for HTTP. */
export function actions(doctorPorts: DoctorPorts): Action[] {
  return [
    {
      name: "sync",
      summary: "Run a stream now: fetch, compare, store, push",
      stream: "required",
      id: "",
      flags: [FORCE, EMPTY],
      run: sync,
    },
    {
      name: "work",
      summary: "Work off the queue once, as the worker does every minute",
      stream: "optional",
      id: "",
      flags: [],
      run: work,
    },
    { name: "status", summary: "Show each stream at a glance", stream: "none", id: "", flags: [], run: statusAction },
    {
      name: "runs",
      summary: "List the newest runs",
      stream: "optional",
      id: "",
      flags: [
        { name: "limit", type: "number", default: 20, help: "how many runs, 1 to 200" },
        { name: "page", type: "number", default: 1, help: "which page of them" },
      ],
      run: (engine, { stream, flags }) =>
        runsAction(engine.store, stream, between(flags.limit, 1, 200), between(flags.page, 1, 1_000_000)),
    },
    {
      name: "retry",
      summary: "Make dead and waiting jobs due again",
      stream: "optional",
      id: "",
      flags: [{ name: "job", type: "text", default: "", help: "only this job's id" }],
      run: retry,
    },
    {
      name: "pause",
      summary: "Pause a stream; a run in flight stops at its next checkpoint",
      stream: "required",
      id: "",
      flags: [],
      run: (engine, input) => setPaused(engine, input, true),
    },
    {
      name: "resume",
      summary: "Let a paused stream run by its schedule again",
      stream: "required",
      id: "",
      flags: [],
      run: (engine, input) => setPaused(engine, input, false),
    },
    {
      name: "approve-deletes",
      summary: "Release deletes that were held because they were too many",
      stream: "required",
      id: "run",
      flags: [],
      run: approveDeletes,
    },
    {
      name: "test-connection",
      summary: "Ask the ERP once and say what came back; writes nothing",
      stream: "required",
      id: "",
      flags: [],
      run: testConnection,
    },
    {
      name: "doctor",
      summary: "Look at everything that could keep the sync from running",
      stream: "none",
      id: "",
      flags: [],
      run: (engine) => doctor(engine, doctorPorts),
    },
  ];
}

/** Runs an action; whatever goes wrong is its answer. */
export function perform(action: Action, engine: Engine, input: ActionInput): ActionResult {
  try {
    return action.run(engine, input);
  } catch (error) {
    const message = coerceError(error);
    return { ok: false, data: { error: message }, lines: [message] };
  }
}

function sync(engine: Engine, input: ActionInput): ActionResult {
  const { stream, by, trigger, flags } = input;
  const result = run(engine, { stream, by, trigger, force: flags.force === true, allowEmpty: flags.empty === true });
  if (result.kind === "paused") {
    return failed(stream, "paused", "the stream is paused; resume it, or run it once with --force");
  }
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

function work(engine: Engine, { stream }: ActionInput): ActionResult {
  if (stream !== "") readSettings(engine.store, stream);
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

function between(value: string | number | boolean | undefined, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`${String(value)} is not a whole number from ${least} to ${most}`);
  }
  return number;
}
