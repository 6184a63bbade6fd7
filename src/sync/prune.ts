import type { Stream } from "../settings/stream";
import { streakSince } from "./breaker";
import { budgetSince } from "./budget";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";
import type { Work } from "./heal";
import { fence } from "./lease";
import type { Db } from "./ports";

const DAY_MS = 86_400_000;
/** Deletes are small, so that nobody waits for them. */
const ROWS_AT_ONCE = 500;

interface Rule {
  table: string;
  /** What may go, by {:stream} and {:before}. */
  where: string;
  /** Rows older than this go, as stored; "" keeps them for ever. */
  before: string;
}

export type Pruned = Record<string, number>;

/**
 * Deletes what is old, in small transactions. Never: a raw row whose target record exists, open jobs, dead jobs whose
 * row still waits, open quarantine, the two newest runs that ingested, runs that hold deletes (design, promise 3), and
 * runs whose archived answer is still there: only they know its path.
 */
export function prune(work: Work): Pruned {
  const pruned: Pruned = {};
  for (const rule of rules(work)) {
    for (;;) {
      work.checkpoint();
      const deleted = work.engine.store.transaction((tx) => {
        fence(work.engine, tx, work.lease);
        return deleteSome(tx, work.stream.name, rule);
      });
      pruned[rule.table] = (pruned[rule.table] ?? 0) + deleted;
      if (deleted < ROWS_AT_ONCE) break;
    }
  }
  return pruned;
}

function deleteSome(tx: Db, stream: string, { table, where, before }: Rule): number {
  return tx.run(`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} LIMIT {:limit})`, {
    stream,
    before,
    limit: ROWS_AT_ONCE,
  });
}

/** True when something is old enough to go. */
export function isPruneDue(work: Pick<Work, "engine" | "stream">): boolean {
  const { store } = work.engine;
  const stream = work.stream.name;
  return rules(work).some(
    ({ table, where, before }) =>
      (store.one(
        `SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE ${where} LIMIT 1)`,
        { stream, before },
        { n: 0 },
      )?.n ?? 0) > 0,
  );
}

function rules({ engine, stream }: Pick<Work, "engine" | "stream">): Rule[] {
  const { retention } = stream.options;
  const oldestKept = startOfOldestKeptRun(engine, stream);
  const olderThan = (days: number): string => toDbTime(engine.clock() - days * DAY_MS);
  const since = (days: number): string => (oldestKept > olderThan(days) ? oldestKept : olderThan(days));
  const all: Rule[] = [
    { table: "job_queue", where: OLD_DONE_JOBS, before: since(retention.jobs_days) },
    { table: "job_queue", where: OLD_DEAD_JOBS, before: since(retention.jobs_days) },
    { table: "push_log", where: OLD_LOG, before: since(retention.log_days) },
    {
      table: "push_log",
      where: OLD_HISTORY,
      before: retention.history_days > 0 ? olderThan(retention.history_days) : "",
    },
    { table: "failed_records", where: OLD_QUARANTINE, before: since(retention.quarantine_days) },
    { table: "erp_raw_data", where: OLD_TOMBSTONES, before: olderThan(retention.tombstones_days) },
    { table: "sync_alerts", where: OLD_ALERTS, before: since(retention.runs_days) },
    { table: "sync_runs", where: OLD_RUNS, before: since(retention.runs_days) },
  ];
  return all.filter((rule) => rule.before !== "");
}

/**
 * With max_runs, whatever is older than the oldest of so many runs goes, however young it is; but not the runs that the
 * day's budget and the breaker count.
 */
function startOfOldestKeptRun(engine: Engine, stream: Stream): string {
  const { max_runs } = stream.options.retention;
  if (max_runs === 0) return "";
  const row = engine.store.one(
    "SELECT started_at AS at FROM sync_runs WHERE stream = {:stream} AND status <> 'skipped' ORDER BY started_at DESC LIMIT 1 OFFSET {:offset}",
    { stream: stream.name, offset: max_runs - 1 },
    { at: "" },
  );
  if (!row) return "";
  const needed = [budgetSince(engine, stream), streakSince(engine.store, stream)].filter((at) => at !== "");
  return needed.reduce((oldest, at) => (at < oldest ? at : oldest), row.at);
}

const OLD_DONE_JOBS = "stream = {:stream} AND status = 'done' AND processed_at < {:before}";
const OLD_DEAD_JOBS = `stream = {:stream} AND status = 'dead' AND updated_at < {:before} AND NOT EXISTS (
  SELECT 1 FROM erp_raw_data r WHERE r.id = job_queue.payload_ref AND r.mapped_hash <> r.pushed_hash)`;
const OLD_LOG = "stream = {:stream} AND changes = 'null' AND sent_at < {:before}";
const OLD_HISTORY = "stream = {:stream} AND changes <> 'null' AND sent_at < {:before}";
// With > '' the index leads past the rows that have no such date; with <> '' all of them are looked at, every minute.
const OLD_QUARANTINE = "stream = {:stream} AND resolved_at > '' AND resolved_at < {:before}";
const OLD_TOMBSTONES = `stream = {:stream} AND missing_since > '' AND missing_since < {:before}
  AND pushed_hash = '' AND mapped_hash = ''
  AND NOT EXISTS (SELECT 1 FROM job_queue j WHERE j.payload_ref = erp_raw_data.id)
  AND NOT EXISTS (SELECT 1 FROM failed_records f WHERE f.raw_row = erp_raw_data.id AND f.resolved_at = '')`;
const OLD_ALERTS =
  "stream = {:stream} AND closed_at <> '' AND closed_at < {:before} AND due = '' AND muted_until < {:before}";
const OLD_RUNS = `stream = {:stream} AND status <> 'running' AND started_at < {:before} AND archive_path = ''
  AND id NOT IN (SELECT id FROM sync_runs n WHERE n.stream = {:stream} AND n.ingested_at <> '' ORDER BY n.rowid DESC LIMIT 2)
  AND id NOT IN (SELECT id FROM sync_runs n WHERE n.stream = {:stream} AND n.ingested_at <> '' AND n.scope_hash <> '' ORDER BY n.rowid DESC LIMIT 2)
  AND NOT EXISTS (SELECT 1 FROM erp_raw_data r WHERE r.stream = {:stream} AND r.held_by <> '' AND r.held_by = sync_runs.id)`;
