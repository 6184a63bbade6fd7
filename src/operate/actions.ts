import type { Engine } from "../sync/engine";
import { coerceError, UnknownStream } from "../sync/errors";
import { type Action, type ActionInput, type ActionResult, BadOption, UnknownRecord } from "./action";
import { ALERTS_FLAGS, alertsAction } from "./alerts";
import { approveDeletes } from "./approve";
import { ASK_FLAGS } from "./ask";
import { type DoctorPorts, doctor } from "./doctor";
import { DRY_RUN_FLAGS, dryRun } from "./dry-run";
import { FAILED_FLAGS, failedAction } from "./failed";
import { healthAction } from "./health";
import { readDatabaseProblem } from "./health-facts";
import { ignore } from "./ignore";
import { jobAction } from "./job";
import { JOBS_FLAGS, jobsAction } from "./list-jobs";
import { ROWS_FLAGS, rowsAction } from "./list-rows";
import { METRICS_FLAGS, metricsAction } from "./metrics";
import { setPaused } from "./pause";
import { pruneAction } from "./prune";
import { acknowledge, MUTE_FLAGS, mute } from "./quiet";
import { replayAction } from "./replay";
import { REPLAY_ARCHIVE_FLAGS } from "./replay-archive";
import { RETRY_FLAGS, retry } from "./retry";
import { ROW_FLAGS, rowAction } from "./row";
import { runsAction } from "./runs";
import { SCHEDULE_FLAGS, scheduleAction } from "./schedule";
import { SOURCES_FLAGS, sourcesAction } from "./sources";
import { statusAction } from "./status";
import { EMPTY, FORCE, sync } from "./sync";
import { testAlert } from "./test-alert";
import { testConnection } from "./test-connection";
import { VERIFY_FLAGS, verify } from "./verify";
import { wholeNumber } from "./window";
import { work } from "./work";

/** Everything a person can do, once, for the console and for HTTP. */
export function actions(doctorPorts: DoctorPorts): Action[] {
  return [
    {
      name: "sync",
      summary: "Run a stream now: fetch, compare, store, push",
      stream: "required",
      id: "",
      flags: [FORCE, EMPTY, ...ASK_FLAGS, ...DRY_RUN_FLAGS],
      run: (engine, input) => (input.flags["dry-run"] === true ? dryRun(engine, input) : sync(engine, input)),
    },
    {
      name: "work",
      summary: "Work off the queue once, as the worker does every minute",
      stream: "optional",
      id: "",
      flags: [],
      run: work,
    },
    {
      name: "verify",
      summary: "Compare the ERP, the raw rows and the target, and say why they differ (exit code 1)",
      stream: "required",
      id: "",
      flags: VERIFY_FLAGS,
      run: verify,
    },
    {
      name: "row",
      summary: "Tell the story of one row: what the ERP sent, what was pushed, what it waits for",
      stream: "required",
      id: "erp_id",
      idRequired: true,
      flags: ROW_FLAGS,
      run: rowAction,
    },
    {
      name: "rows",
      summary: "List the rows of a stream, or find them by what their erp_id holds",
      stream: "required",
      id: "",
      flags: ROWS_FLAGS,
      run: rowsAction,
    },
    {
      name: "status",
      summary: "Show each stream at a glance",
      stream: "none",
      id: "",
      flags: [],
      run: (engine) => statusAction(engine, doctorPorts.versions()),
    },
    {
      name: "sources",
      summary: "List the streams with their ERP's address, how it is asked, and where the rows go",
      stream: "none",
      id: "",
      flags: SOURCES_FLAGS,
      run: sourcesAction,
    },
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
        runsAction(engine.store, stream, wholeNumber(flags, "limit", 200), wholeNumber(flags, "page", 1_000_000)),
    },
    {
      name: "metrics",
      summary: "Show how the queue did in the past hours",
      stream: "optional",
      id: "",
      flags: METRICS_FLAGS,
      run: metricsAction,
    },
    {
      name: "health",
      summary: "Say whether all is well, and why not (exit code 1)",
      stream: "none",
      id: "part",
      flags: [],
      run: (engine, input) => healthAction(engine, doctorPorts, input),
    },
    {
      name: "failed",
      summary: "List the jobs whose newest attempt failed",
      stream: "optional",
      id: "",
      flags: FAILED_FLAGS,
      run: failedAction,
    },
    {
      name: "jobs",
      summary: "List the jobs, the newest first",
      stream: "optional",
      id: "",
      flags: JOBS_FLAGS,
      run: jobsAction,
    },
    {
      name: "job",
      summary: "Show one job: its row, its attempts, what came of it",
      stream: "none",
      id: "job",
      idRequired: true,
      flags: [],
      run: jobAction,
    },
    {
      name: "retry",
      summary: "Make dead and waiting jobs due again",
      stream: "optional",
      id: "",
      flags: RETRY_FLAGS,
      run: retry,
    },
    {
      name: "replay",
      summary: "Map stored rows again after a mapping change, without asking the ERP, and push what changed",
      stream: "required",
      id: "record",
      flags: [
        FORCE,
        { name: "all", type: "bool", default: false, help: "also rows that were mapped with the mapping as it is now" },
        { name: "failed", type: "bool", default: false, help: "the rows in quarantine instead, or one record of it" },
        ...REPLAY_ARCHIVE_FLAGS,
      ],
      run: replayAction,
    },
    {
      name: "ignore",
      summary: "Let a row in quarantine be until the ERP sends another text for it",
      stream: "required",
      id: "record",
      flags: [{ name: "undo", type: "bool", default: false, help: "let it wait in quarantine again" }],
      run: ignore,
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
      name: "schedule",
      summary: "Turn a schedule of local time into UTC, which is what PocketBase's cron knows",
      stream: "none",
      id: "cron",
      idRequired: true,
      flags: SCHEDULE_FLAGS,
      run: scheduleAction,
    },
    {
      name: "alerts",
      summary: "List what is wrong now, and what was",
      stream: "optional",
      id: "",
      flags: ALERTS_FLAGS,
      run: alertsAction,
    },
    {
      name: "acknowledge",
      summary: "Say that somebody has seen an alert",
      stream: "none",
      id: "alert",
      idRequired: true,
      flags: [],
      run: acknowledge,
    },
    {
      name: "mute",
      summary: "Send nothing about one kind of alert for some hours",
      stream: "required",
      id: "kind",
      idRequired: true,
      flags: MUTE_FLAGS,
      run: mute,
    },
    {
      name: "test-alert",
      summary: "Send a test message to everybody who is told of this stream",
      stream: "required",
      id: "",
      flags: [],
      run: testAlert,
    },
    {
      name: "prune",
      summary: "Delete now what options.retention no longer keeps",
      stream: "required",
      id: "",
      flags: [],
      run: pruneAction,
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

/** Where the migrations have not run, that is what is wrong, and not a table that SQLite misses. */
function messageOf(engine: Engine, error: unknown): string {
  const message = coerceError(error);
  return message.includes("no such table") ? readDatabaseProblem(engine.store) || message : message;
}

/** Runs an action; whatever goes wrong is its answer. */
export function perform(action: Action, engine: Engine, input: ActionInput): ActionResult {
  try {
    return action.run(engine, input);
  } catch (error) {
    const message = messageOf(engine, error);
    const result: ActionResult = { ok: false, data: { error: message }, lines: [message] };
    if (error instanceof UnknownStream) result.refused = "unknown_stream";
    if (error instanceof UnknownRecord) result.refused = "unknown_record";
    if (error instanceof BadOption) result.refused = "bad_option";
    return result;
  }
}
