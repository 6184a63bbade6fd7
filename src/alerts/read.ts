import { readSuccess } from "../operate/overdue";
import type { Stream } from "../settings/stream";
import { fromDbTime, toDbTime } from "../sync/clock";
import type { Db } from "../sync/ports";
import { NEW_IN_QUARANTINE } from "../sync/quarantine";
import { skippedSince } from "../sync/runs";
import { readBacklog } from "./backlog";
import type { AlertFacts, EndedRun } from "./facts";

const HOUR_MS = 3_600_000;
/** So many of the newest jobs that failed are looked at; a million dead ones must not be read each minute. */
const MOST_FAILED = 10_000;
const CHANGES = ["new", "changed", "rekeyed", "superseded", "left"] as const;

const RUN = {
  id: "",
  status: "",
  started: "",
  finished: "",
  error: "",
  fetched: 0,
  new: 0,
  changed: 0,
  rekeyed: 0,
  superseded: 0,
  left: 0,
};
const RUN_COLUMNS = `id AS id, status AS status, started_at AS started, finished_at AS finished, error AS error,
  rows_fetched AS fetched, ${CHANGES.map((name) => `rows_${name} AS ${name}`).join(", ")}`;

/** Reads what the alerts of a stream follow from: indexes and single records, nothing that grows with the rows. */
export function readFacts(
  db: Db,
  { name, paused, schedule, options }: Pick<Stream, "name" | "paused" | "schedule" | "options">,
  now: number,
): AlertFacts {
  return {
    stream: name,
    now,
    paused,
    schedule: schedule.join("\n"),
    newest: readRun(db, name, "status IN ('succeeded', 'partial', 'failed', 'interrupted') AND replay_of = ''"),
    failing: readFailing(db, name),
    ingested: readRun(db, name, "ingested_at <> '' AND status <> 'running'"),
    success: readSuccess(db, name),
    running: readRunning(db, name),
    skipped: readSkipped(db, name),
    held: count(db, "SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND held_by <> ''", name),
    dead: readDead(db, name),
    quarantine: readQuarantine(db, name),
    backlog: readBacklog(db, name),
    fields: readFields(db, name),
    archives: options.archive.to !== "none",
    archived: readArchived(db, name),
    pastHour: readPastHour(db, name, toDbTime(now - HOUR_MS)),
  };
}

function count(db: Db, sql: string, stream: string): number {
  return db.one(sql, { stream }, { n: 0 })?.n ?? 0;
}

function readRun(db: Db, stream: string, which: string): EndedRun | null {
  const run = db.one(
    `SELECT ${RUN_COLUMNS} FROM sync_runs WHERE stream = {:stream} AND ${which} ORDER BY rowid DESC LIMIT 1`,
    { stream },
    RUN,
  );
  return run
    ? {
        id: run.id,
        status: run.status,
        startedAt: fromDbTime(run.started),
        finishedAt: fromDbTime(run.finished),
        error: run.error,
        rowsFetched: run.fetched,
        changes: Object.fromEntries(CHANGES.map((name) => [name, run[name]])),
      }
    : null;
}

function readFailing(db: Db, stream: string): AlertFacts["failing"] {
  const row = db.one(
    `SELECT count(*) AS runs, COALESCE(min(started_at), '') AS since FROM sync_runs
      WHERE stream = {:stream} AND status IN ('failed', 'interrupted') AND replay_of = ''
        AND rowid > COALESCE((SELECT rowid FROM sync_runs WHERE stream = {:stream}
                                 AND status IN ('succeeded', 'partial') AND replay_of = '' ORDER BY rowid DESC LIMIT 1), 0)`,
    { stream },
    { runs: 0, since: "" },
  );
  return { runs: row?.runs ?? 0, since: fromDbTime(row?.since ?? "") };
}

function readRunning(db: Db, stream: string): AlertFacts["running"] {
  const run = db.one(
    "SELECT id AS id, started_at AS started FROM sync_runs WHERE stream = {:stream} AND status = 'running' LIMIT 1",
    { stream },
    { id: "", started: "" },
  );
  return run ? { id: run.id, startedAt: fromDbTime(run.started) } : null;
}

function readSkipped(db: Db, stream: string): AlertFacts["skipped"] {
  const skipped = skippedSince(db, stream);
  return skipped && { triggers: skipped.triggers, trigger: skipped.trigger, at: fromDbTime(skipped.at) };
}

function readDead(db: Db, stream: string): AlertFacts["dead"] {
  const jobs = count(db, "SELECT count(*) AS n FROM job_queue WHERE stream = {:stream} AND status = 'dead'", stream);
  if (jobs === 0) return { jobs, error: "" };
  const newest = db.one(
    `SELECT last_error AS error FROM job_queue WHERE stream = {:stream} AND status = 'dead'
      ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { error: "" },
  );
  return { jobs, error: newest?.error ?? "" };
}

/** Open records that nobody ignored; those that came since the newest run began, and for the first time, are growth. */
function readQuarantine(db: Db, stream: string): AlertFacts["quarantine"] {
  const isOpen = "stream = {:stream} AND resolved_at = '' AND ignored_at = ''";
  const open = count(db, `SELECT count(*) AS n FROM failed_records WHERE ${isOpen}`, stream);
  if (open === 0) return { grew: 0, open, error: "" };
  const newest = db.one(
    `SELECT error_message AS error FROM failed_records WHERE ${NEW_IN_QUARANTINE} ORDER BY last_seen_at DESC LIMIT 1`,
    { stream },
    { error: "" },
  );
  return {
    grew: count(db, `SELECT count(*) AS n FROM failed_records WHERE ${NEW_IN_QUARANTINE}`, stream),
    open,
    error: newest?.error ?? "",
  };
}

function readPastHour(db: Db, stream: string, start: string): AlertFacts["pastHour"] {
  const row = db.one(
    `SELECT (SELECT count(*) FROM job_queue WHERE stream = {:stream} AND status = 'done' AND processed_at >= {:start}) AS succeeded,
            (SELECT count(*) FROM (SELECT last_attempt_at FROM job_queue WHERE stream = {:stream} AND status IN ('failed', 'dead')
                                    ORDER BY rowid DESC LIMIT {:most})
              WHERE last_attempt_at >= {:start}) AS failed`,
    { stream, start, most: MOST_FAILED },
    { succeeded: 0, failed: 0 },
  );
  return { succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 };
}

function readFields(db: Db, stream: string): AlertFacts["fields"] {
  return db
    .all(
      `SELECT name AS name, change AS change, types AS types, was AS was, changed_at AS at FROM sync_fields
        WHERE stream = {:stream} AND (gone_since <> '' OR changed_at >= COALESCE((SELECT started_at FROM sync_runs
          WHERE stream = {:stream} AND status NOT IN ('skipped', 'running') ORDER BY rowid DESC LIMIT 1), '9'))
        ORDER BY change, name`,
      { stream },
      { name: "", change: "", types: "", was: "", at: "" },
    )
    .map(({ at, ...field }) => ({ ...field, at: fromDbTime(at) }));
}

function readArchived(db: Db, stream: string): AlertFacts["archived"] {
  const row = db.one(
    `SELECT id AS run, started_at AS at, archive_error AS error FROM sync_runs
      WHERE stream = {:stream} AND status <> 'running' AND (archive_path <> '' OR archive_error <> '')
      ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { run: "", at: "", error: "" },
  );
  return row ? { run: row.run, at: fromDbTime(row.at), error: row.error } : null;
}
