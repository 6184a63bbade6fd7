import type { Db } from "../sync/ports";
import { PUSH_COUNTS, ROW_COUNTS } from "../sync/runs";
import { readSettings } from "../sync/settings";
import { type ActionResult, table } from "./action";

const COLUMNS = [
  "id",
  "stream",
  "trigger",
  "triggered_by",
  "status",
  "sync_type",
  "started_at",
  "ingested_at",
  "finished_at",
  "transport",
  "push_mode",
  "archive_path",
  "archive_error",
  "replay_of",
  "cursor",
  "error",
] as const;
const NUMBERS = ["duration_ms", "latency_ms", "bytes", "skipped_count", ...ROW_COUNTS, ...PUSH_COUNTS] as const;

export type RunRecord = Record<(typeof COLUMNS)[number], string> & Record<(typeof NUMBERS)[number], number>;

const EXAMPLE = Object.fromEntries([
  ...COLUMNS.map((name) => [name, ""]),
  ...NUMBERS.map((name) => [name, 0]),
]) as RunRecord;

const SELECT = `SELECT ${[...COLUMNS, ...NUMBERS].map((name) => `${name} AS ${name}`).join(", ")} FROM sync_runs`;

/** One run as JSON, or undefined. */
export function findRun(db: Db, id: string): RunRecord | undefined {
  const row = db.one(`${SELECT} WHERE id = {:id}`, { id }, EXAMPLE);
  return row && plain(row);
}

/** The newest runs, of one stream or of all. */
export function listRuns(db: Db, stream: string, limit: number, offset: number): RunRecord[] {
  return db
    .all(
      `${SELECT} ${stream === "" ? "" : "WHERE stream = {:stream}"} ORDER BY started_at DESC, id DESC LIMIT {:limit} OFFSET {:offset}`,
      { ...(stream !== "" && { stream }), limit, offset },
      EXAMPLE,
    )
    .map(plain);
}

/** A database row as an object that can be turned into JSON. */
function plain(row: RunRecord): RunRecord {
  const copy: Record<string, string | number> = {};
  for (const name of [...COLUMNS, ...NUMBERS]) copy[name] = row[name];
  return copy as RunRecord;
}

/** `erp runs`: what happened lately. */
export function runsAction(db: Db, stream: string, limit: number, page: number): ActionResult {
  if (stream !== "") readSettings(db, stream);
  const runs = listRuns(db, stream, limit, (page - 1) * limit);
  const header = [
    "started (UTC)",
    "stream",
    "status",
    "trigger",
    "seconds",
    "rows",
    "new",
    "changed",
    "pushed",
    "error",
  ];
  const rows = runs.map((run) => [
    run.started_at.slice(0, 19),
    run.stream,
    run.status === "skipped" ? `skipped x${run.skipped_count}` : run.status,
    run.trigger,
    (run.duration_ms / 1000).toFixed(1),
    String(run.rows_fetched),
    String(run.rows_new),
    String(run.rows_changed + run.rows_rekeyed),
    String(run.pushed_inserted + run.pushed_updated + run.pushed_deleted),
    run.error.slice(0, 80),
  ]);
  return {
    ok: true,
    data: { page, limit, items: runs },
    lines: runs.length === 0 ? ["no runs yet"] : table([header, ...rows]),
  };
}

/** One line about a finished run. */
export function runLine(run: RunRecord): string {
  const parts = [
    `${run.stream}: ${run.status} in ${(run.duration_ms / 1000).toFixed(1)} s`,
    `${run.rows_fetched} rows fetched`,
    `${run.rows_new} new, ${run.rows_changed} changed, ${run.rows_rekeyed} rekeyed, ${run.rows_touched} touched, ${run.rows_unchanged} unchanged`,
    `${run.rows_superseded} superseded, ${run.rows_left} left`,
    `pushed ${run.pushed_inserted} inserts, ${run.pushed_updated} updates, ${run.pushed_deleted} deletes`,
  ];
  if (run.rows_invalid > 0) parts.push(`${run.rows_invalid} in quarantine`);
  if (run.archive_error !== "") parts.push(`not archived: ${run.archive_error}`);
  if (run.error !== "") parts.push(run.error);
  return parts.join("; ");
}
