import { type Action, type ActionInput, type ActionResult, BadOption } from "../operate/action";
import { actions, perform } from "../operate/actions";
import { askOf } from "../operate/ask";
import { findFailed } from "../operate/ignore";
import { findRun } from "../operate/runs";
import { coerceError, UnknownStream } from "../sync/errors";
import type { Ask } from "../sync/question";
import { run } from "../sync/run";
import { readSettings } from "../sync/settings";
import { doctorPorts } from "./doctor";
import { liveEngine } from "./engine";
import { makeLog } from "./log";

/** PocketBase cuts an answer after five minutes. */
const LONGEST_WAIT_MS = 240_000;

const REFUSED = { bad_option: 400, unknown_stream: 404, unknown_record: 404, paused: 409, busy: 409 } as const;

/** `POST /api/erp/streams/{name}/sync`: answers at once and works on, or with ?wait=true when the run has ended. */
export function onSync(e: core.RequestEvent): void {
  const answer = onceOnly(e);
  const input = readInput(e, "sync", answer);
  if (!input) return;
  const { flags, wait } = input;
  if (flags["dry-run"] === true) {
    answerWith(answer, perform(actionNamed("sync"), liveEngine(), input));
    return;
  }
  const began = Date.now();
  let runId = "";
  const engine = liveEngine(() => {
    if (wait && runId !== "" && Date.now() - began > LONGEST_WAIT_MS) answer(202, { run: runId, status: "running" });
  });
  const stream = streamOf(e);
  let ask: Ask;
  try {
    ask = askOf(flags, readSettings(engine.store, stream), engine.clock());
  } catch (error) {
    answer(error instanceof UnknownStream ? 404 : 400, { error: coerceError(error) });
    return;
  }
  const result = run(engine, {
    stream,
    trigger: "manual",
    by: e.auth?.email() ?? "",
    force: flags.force === true,
    allowEmpty: flags.empty === true,
    ask,
    onWait: (id) => {
      if (!wait) answer(202, { run: id, status: "waiting" });
    },
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
export function onAction(e: core.RequestEvent, name: string, preset: ActionInput["flags"] = {}): void {
  const answer = onceOnly(e);
  const input = readInput(e, name, answer);
  if (!input) return;
  answerWith(answer, perform(actionNamed(name), liveEngine(), { ...input, flags: { ...input.flags, ...preset } }));
}

/** An action that may take long: answers at once and works on, or with ?wait=true when it is done. */
export function onLongAction(e: core.RequestEvent, name: string): void {
  const answer = onceOnly(e);
  const input = readInput(e, name, answer);
  if (!input) return;
  const { wait } = input;
  const start = Date.now();
  let begun: unknown;
  const engine = liveEngine(() => {
    if (begun !== undefined && Date.now() - start > LONGEST_WAIT_MS) answer(202, begun);
  });
  const began = (data: unknown): void => {
    begun = data;
    if (!wait) answer(202, data);
  };
  answerWith(answer, perform(actionNamed(name), engine, { ...input, began }));
}

/** `POST /api/erp/failed/{id}/<action>`: the record says which stream is meant. */
export function onFailedAction(e: core.RequestEvent, name: string): void {
  const answer = onceOnly(e);
  const input = readInput(e, name, answer);
  if (!input) return;
  const engine = liveEngine();
  const id = e.request?.pathValue("id") ?? "";
  const record = findFailed(engine.store, id);
  if (!record) {
    answer(404, { error: `failed_records has no record "${id}"` });
    return;
  }
  const flags = "failed" in input.flags ? { ...input.flags, failed: true } : input.flags;
  answerWith(answer, perform(actionNamed(name), engine, { ...input, stream: record.stream, id, flags }));
}

function actionNamed(name: string): Action {
  const action = actions(doctorPorts).find((each) => each.name === name);
  if (!action) throw new NotFoundError(`there is no action "${name}"`);
  return action;
}

function answerWith(answer: (status: number, body: unknown) => void, result: ActionResult): void {
  answer(result.ok ? 200 : result.refused ? REFUSED[result.refused] : 400, result.data);
}

/** The options of a request, or null when one of them is wrong and the answer has been given. */
function readInput(
  e: core.RequestEvent,
  name: string,
  answer: (status: number, body: unknown) => void,
): (ActionInput & { wait: boolean }) | null {
  try {
    refuseUnknown(e, actionNamed(name));
    return { ...inputOf(e, actionNamed(name)), wait: onOrOff("wait", optionsOf(e)("wait")) };
  } catch (error) {
    if (!(error instanceof BadOption)) throw error;
    answer(REFUSED.bad_option, { error: error.message });
    return null;
  }
}

/** What does something refuses an option that it does not have: dryrun=true must not run for real. */
function refuseUnknown(e: core.RequestEvent, { flags, id }: Action): void {
  const { method, query, body } = requestOf(e);
  if (method !== "POST") return;
  const known = [...flags.map((flag) => flag.name), "stream", "wait", ...(id === "" ? [] : [id])];
  for (const given of [...Object.keys(query), ...Object.keys(body)]) {
    if (known.includes(given.replace(/_/g, "-"))) continue;
    const names = known.map((name) => name.replace(/-/g, "_")).join(", ");
    throw new BadOption(`there is no option "${given}" here (expected ${names})`);
  }
}

function inputOf(e: core.RequestEvent, action: Action): ActionInput {
  const option = optionsOf(e);
  const flags: ActionInput["flags"] = {};
  for (const flag of action.flags) {
    const given = option(flag.name);
    if (given === undefined || given === "") flags[flag.name] = flag.default;
    else if (flag.type === "bool") flags[flag.name] = onOrOff(flag.name, given);
    // A text that is no number stays as it is, for the sentence that refuses it.
    else flags[flag.name] = flag.type === "number" && !Number.isNaN(Number(given)) ? Number(given) : String(given);
  }
  const stream = streamOf(e) || String(option("stream") ?? "");
  const id = action.id === "" ? "" : e.request?.pathValue("id") || String(option(action.id) ?? "");
  return { stream, id, flags, by: e.auth?.email() ?? "", trigger: "manual" };
}

function requestOf(e: core.RequestEvent): core.RequestInfo {
  try {
    return e.requestInfo();
  } catch {
    throw new BadOption('the body is not a JSON object (expected options such as {"full": true}, or no body)');
  }
}

/** Options stand in the query or in a JSON body, written page-size or page_size. */
function optionsOf(e: core.RequestEvent): (name: string) => unknown {
  const { query, body } = requestOf(e);
  const given = (name: string): unknown => query[name] ?? body[name];
  return (name) => given(name) ?? given(name.replace(/-/g, "_"));
}

/** A switch that is written in another way is refused: dry_run=yes must not run for real. */
function onOrOff(name: string, given: unknown): boolean {
  const text = String(given ?? "");
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0" || text === "") return false;
  throw new BadOption(`${name.replace(/-/g, "_")}: "${text}" is neither true nor false (or 1 nor 0)`);
}

function streamOf(e: core.RequestEvent): string {
  return e.request?.pathValue("name") ?? "";
}

/**
 * Answers with JSON, the first time it is called. The answer leaves at once although the handler goes on: its length is
 * known and the connection is closed, so the client waits for nothing.
 */
export function onceOnly(e: core.RequestEvent): (status: number, body: unknown) => void {
  let answered = false;
  return (status, body) => {
    if (answered) return;
    answered = true;
    const bytes = toBytes(JSON.stringify(body));
    const headers = e.response.header();
    headers.set("Content-Length", String(bytes.length));
    headers.set("Connection", "close");
    try {
      e.blob(status, "application/json", bytes);
      e.flush();
    } catch (error) {
      // The client has gone; what it started goes on.
      makeLog().warn("an answer could not be delivered", { status, error: coerceError(error) });
    }
  };
}
