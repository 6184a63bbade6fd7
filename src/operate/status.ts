import { WAITING_ROWS } from "../queue/wait";
import { nextRunAt } from "../settings/next-run";
import { type Breaker, readBreaker } from "../sync/breaker";
import { fromDbTime, toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { isAbandoned, parseOwner } from "../sync/lease";
import type { LiveProgress } from "../sync/live";
import type { Db } from "../sync/ports";
import { replayDue } from "../sync/replay";
import { readSettings } from "../sync/settings";
import { type ActionResult, table } from "./action";
import { type BudgetStatus, budgetStatus, budgetText } from "./budget-status";
import type { Versions } from "./doctor";
import { isoOrNull } from "./jobs";
import { findRun, type RunRecord } from "./runs";

export interface StreamStatus {
  name: string;
  state: "paused" | "running" | "working" | "idle" | "abandoned";
  paused: boolean;
  schedule: string;
  running: RunRecord | null;
  /** How it is getting on; null when there is none, and when it runs in another process. */
  progress: LiveProgress | null;
  last_run: RunRecord | null;
  /** "" while the stream is paused, and when its schedule never comes due. */
  next_run_at: string;
  last_success_at: string;
  /** How an ERP that keeps failing is spared; null when the settings cannot be used. */
  breaker: BreakerStatus | null;
  /** How much of its day it has fetched; null without options.source.daily_rows. */
  budget: BudgetStatus | null;
  jobs: { queued: number; processing: number; failed: number; dead: number; done: number };
  oldest_due_at: string;
  rows: number;
  tombstones: number;
  quarantine: number;
  held: number;
  /** Rows whose parent is not there yet; those that were given up are in quarantine as well. */
  waiting_for_parent: number;
  /** Rows that were mapped with another mapping than the stream has now; null when its settings cannot be used. */
  replay_due: number | null;
}

export interface BreakerStatus {
  state: Breaker["state"];
  /** Failed runs in a row. */
  failures: number;
  /** When the schedule is heeded again, "" unless the breaker is open. */
  rests_until: string;
}

/** The totals of requirement 001, and each stream with its last and next run (003). */
export interface Status {
  versions: Versions;
  pending_count: number;
  in_progress_count: number;
  completed_count: number;
  dead_count: number;
  oldest_pending_at: string | null;
  newest_pending_at: string | null;
  total_queue_size: number;
  backlog_hours: number;
  streams: StreamStatus[];
}

export function readStatus(engine: Engine): Omit<Status, "versions"> {
  const { store } = engine;
  const pending = readPending(store);
  const streams = store
    .all(
      "SELECT name AS name, paused AS paused, schedule AS schedule, lock_owner AS owner, lock_expires_at AS expires FROM sync_settings ORDER BY name",
      {},
      { name: "", paused: 0, schedule: "", owner: "", expires: "" },
    )
    .map((row) => streamStatus(engine, row));
  const sum = (pick: (jobs: StreamStatus["jobs"]) => number) => streams.reduce((n, each) => n + pick(each.jobs), 0);
  const pendingCount = sum((jobs) => jobs.queued + jobs.failed);
  const inProgress = sum((jobs) => jobs.processing);
  const waited = pending.oldest === "" ? 0 : engine.clock() - fromDbTime(pending.oldest);
  return {
    pending_count: pendingCount,
    in_progress_count: inProgress,
    completed_count: sum((jobs) => jobs.done),
    dead_count: sum((jobs) => jobs.dead),
    oldest_pending_at: isoOrNull(pending.oldest),
    newest_pending_at: isoOrNull(pending.newest),
    total_queue_size: pendingCount + inProgress,
    backlog_hours: Math.round((waited / 3_600_000) * 100) / 100,
    streams,
  };
}

/** When the oldest and the newest job that waits were made: by rowid, the order in which they were, whatever their number. */
function readPending(db: Db): { oldest: string; newest: string } {
  const nearest = (order: string) =>
    `(SELECT created_at FROM job_queue WHERE stream = s.name AND status = w.value ORDER BY rowid ${order} LIMIT 1)`;
  const row = db.one(
    `SELECT COALESCE(min(${nearest("ASC")}), '') AS oldest, COALESCE(max(${nearest("DESC")}), '') AS newest
       FROM sync_settings s, json_each('["queued", "failed"]') w`,
    {},
    { oldest: "", newest: "" },
  );
  return { oldest: row?.oldest ?? "", newest: row?.newest ?? "" };
}

interface SettingsRow {
  name: string;
  paused: number;
  schedule: string;
  owner: string;
  expires: string;
}

function streamStatus(engine: Engine, row: SettingsRow): StreamStatus {
  const { store } = engine;
  const stream = row.name;
  const id = (sql: string) => store.one(sql, { stream }, { id: "" })?.id ?? "";
  const count = (sql: string) => store.one(sql, { stream }, { n: 0 })?.n ?? 0;
  const jobs = { queued: 0, processing: 0, failed: 0, dead: 0, done: 0 };
  const byStatus = store.all(
    "SELECT status AS status, count(*) AS n FROM job_queue WHERE stream = {:stream} GROUP BY status",
    { stream },
    { status: "", n: 0 },
  );
  for (const each of byStatus) jobs[each.status as keyof typeof jobs] = each.n;
  const breaker = usable(() => breakerStatus(engine, stream));
  const holder = parseOwner(row.owner);
  const last = id(
    "SELECT id AS id FROM sync_runs WHERE stream = {:stream} AND status NOT IN ('skipped', 'running') ORDER BY rowid DESC LIMIT 1",
  );
  return {
    name: stream,
    state: stateOf(engine, row),
    paused: row.paused === 1,
    schedule: row.schedule,
    running: holder?.kind === "run" ? (findRun(store, holder.id) ?? null) : null,
    progress: progressOf(engine, stream, holder?.id ?? ""),
    last_run: findRun(store, last) ?? null,
    next_run_at: nextRunOf(engine, row, breaker),
    last_success_at:
      store.one(
        "SELECT started_at AS at FROM sync_runs WHERE stream = {:stream} AND status = 'succeeded' ORDER BY rowid DESC LIMIT 1",
        { stream },
        { at: "" },
      )?.at ?? "",
    breaker,
    budget: usable(() => budgetStatus(engine, stream)),
    jobs,
    oldest_due_at:
      store.one(
        "SELECT COALESCE(min(next_attempt_at), '') AS at FROM job_queue WHERE stream = {:stream} AND status IN ('queued', 'failed')",
        { stream },
        { at: "" },
      )?.at ?? "",
    rows: count("SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND missing_since = ''"),
    tombstones: count("SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND missing_since > ''"),
    quarantine: count(
      "SELECT count(*) AS n FROM failed_records WHERE stream = {:stream} AND resolved_at = '' AND ignored_at = ''",
    ),
    held: count("SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND held_by <> ''"),
    waiting_for_parent: count(WAITING_ROWS),
    replay_due: usable(() => replayDue(engine, readSettings(store, stream))),
  };
}

/** What a run that has ended without a word has left behind is nobody's progress. */
function progressOf(engine: Engine, stream: string, run: string): LiveProgress | null {
  const live = engine.live.get(stream);
  return live?.run === run ? live : null;
}

function breakerStatus(engine: Engine, stream: string): BreakerStatus {
  const { state, failures, restsUntil } = readBreaker(engine, readSettings(engine.store, stream));
  return { state, failures, rests_until: state === "open" && restsUntil !== null ? toDbTime(restsUntil) : "" };
}

/** Null when the stream's settings cannot be used: what is wrong with them is the doctor's to tell. */
function usable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function nextRunOf(engine: Engine, { paused, schedule }: SettingsRow, breaker: BreakerStatus | null): string {
  if (paused === 0 && breaker?.state === "open") return breaker.rests_until;
  const next = paused === 1 ? null : nextRunAt(schedule, engine.clock());
  return next === null ? "" : toDbTime(next);
}

function stateOf(engine: Engine, row: SettingsRow): StreamStatus["state"] {
  if (row.owner !== "" && isAbandoned(engine, row.owner, row.expires)) return "abandoned";
  if (row.owner !== "") return parseOwner(row.owner)?.kind === "tick" ? "working" : "running";
  return row.paused === 1 ? "paused" : "idle";
}

/** `erp status`: one line a stream. */
export function statusAction(engine: Engine, versions: Versions): ActionResult {
  const status: Status = { ...readStatus(engine), versions };
  const rows = status.streams.map((stream) => [
    stream.name,
    stream.state,
    stream.last_run ? `${stream.last_run.status} ${stream.last_run.started_at.slice(0, 16)}` : "never ran",
    stream.last_success_at.slice(0, 16) || "never",
    stream.next_run_at.slice(0, 16) || "none",
    String(stream.rows),
    String(stream.jobs.queued + stream.jobs.failed + stream.jobs.processing),
    String(stream.jobs.dead),
    String(stream.quarantine),
    String(stream.held),
    String(stream.waiting_for_parent),
    stream.replay_due === null ? "?" : String(stream.replay_due),
  ]);
  const header = [
    "stream",
    "state",
    "last run (UTC)",
    "last success",
    "next run",
    "rows",
    "jobs",
    "dead",
    "quarantine",
    "held",
    "without parent",
    "replay due",
  ];
  const resting = status.streams.filter((stream) => !stream.paused && stream.breaker?.state === "open");
  return {
    ok: true,
    data: status,
    lines: [...table([header, ...rows]), ...resting.map(restLine), ...status.streams.flatMap(budgetLine)],
  };
}

function budgetLine({ name, budget }: StreamStatus): string[] {
  return budget ? [`${name}: ${budgetText(budget)}`] : [];
}

function restLine({ name, breaker, next_run_at }: StreamStatus): string {
  return `${name}: ${breaker?.failures ?? 0} runs in a row have failed, so the ERP is asked less often; next at ${next_run_at.slice(0, 16)} UTC, or now: erp sync ${name}`;
}
