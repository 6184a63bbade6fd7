import type { Action, ActionInput } from "../operate/action";
import { actions, perform } from "../operate/actions";
import { findRun } from "../operate/runs";
import { coerceError } from "../sync/errors";
import { run } from "../sync/run";
import { readSettings } from "../sync/settings";
import { doctorPorts } from "./doctor";
import { liveEngine } from "./engine";

/** PocketBase cuts an answer after five minutes. */
const LONGEST_WAIT_MS = 240_000;

/** `POST /api/erp/streams/{name}/sync`: answers at once and works on, or with ?wait=true when the run has ended. */
export function onSync(e: core.RequestEvent): void {
  const option = optionsOf(e);
  const wait = isOn(option("wait"));
  const answer = onceOnly(e);
  const began = Date.now();
  let runId = "";
  const engine = liveEngine(() => {
    if (wait && runId !== "" && Date.now() - began > LONGEST_WAIT_MS) answer(202, { run: runId, status: "running" });
  });
  const stream = streamOf(e);
  try {
    readSettings(engine.store, stream);
  } catch (error) {
    throw new NotFoundError(coerceError(error));
  }
  const result = run(engine, {
    stream,
    trigger: "manual",
    by: e.auth?.email() ?? "",
    force: isOn(option("force")),
    allowEmpty: isOn(option("empty")),
    onBegin: (id) => {
      runId = id;
      if (!wait) answer(202, { run: id, status: "running" });
    },
    onEnd: (id) => {
      if (wait) answer(200, findRun(engine.store, id) ?? { run: id });
    },
  });
  if (result.kind === "paused")
    answer(409, { status: "paused", error: `stream "${stream}" is paused; resume it, or use ?force=true` });
  if (result.kind === "skipped") answer(202, { run: result.runId, status: "skipped", rerun: true });
}

/** Any other action: `/api/erp/streams/{name}/<action>` and `/api/erp/<action>`. */
export function onAction(e: core.RequestEvent, name: string): void {
  const action = actions(doctorPorts).find((each) => each.name === name);
  if (!action) throw new NotFoundError(`there is no action "${name}"`);
  const result = perform(action, liveEngine(), inputOf(e, action));
  onceOnly(e)(result.ok ? 200 : 400, result.data);
}

function inputOf(e: core.RequestEvent, action: Action): ActionInput {
  const option = optionsOf(e);
  const flags: ActionInput["flags"] = {};
  for (const flag of action.flags) {
    const given = option(flag.name);
    if (given === undefined || given === "") flags[flag.name] = flag.default;
    else flags[flag.name] = flag.type === "bool" ? isOn(given) : flag.type === "number" ? Number(given) : String(given);
  }
  const stream = streamOf(e) || String(option("stream") ?? "");
  const id = action.id === "" ? "" : String(option(action.id) ?? "");
  return { stream, id, flags, by: e.auth?.email() ?? "", trigger: "manual" };
}

/** Options stand in the query or in a JSON body. */
function optionsOf(e: core.RequestEvent): (name: string) => unknown {
  const { query, body } = e.requestInfo();
  return (name) => query[name] ?? body[name];
}

function isOn(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

function streamOf(e: core.RequestEvent): string {
  return e.request?.pathValue("name") ?? "";
}

/**
 * Answers with JSON, the first time it is called. The answer leaves at once although the handler goes on: its length is
 * known and the connection is closed, so the client waits for nothing.
 */
function onceOnly(e: core.RequestEvent): (status: number, body: unknown) => void {
  let answered = false;
  return (status, body) => {
    if (answered) return;
    answered = true;
    const bytes = toBytes(JSON.stringify(body));
    const headers = e.response.header();
    headers.set("Content-Length", String(bytes.length));
    headers.set("Connection", "close");
    e.blob(status, "application/json", bytes);
    e.flush();
  };
}
