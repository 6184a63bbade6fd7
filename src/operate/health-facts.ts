import { readBacklog, waitsTooLong } from "../alerts/backlog";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db } from "../sync/ports";
import { NEW_IN_QUARANTINE } from "../sync/quarantine";
import { readSettings } from "../sync/settings";
import type { DoctorPorts } from "./doctor";
import type { StreamHealth, Undelivered } from "./health-verdict";
import { readSuccess } from "./overdue";
import { settingsProblem } from "./settings-problem";

const COLLECTIONS = [
  "sync_settings",
  "sync_runs",
  "erp_raw_data",
  "job_queue",
  "push_log",
  "failed_records",
  "sync_alerts",
];

/** Why the sync cannot work with this database, "" when it can. Throws when it does not answer. */
export function readDatabaseProblem(db: Db): string {
  const tables = db.all("SELECT name AS name FROM sqlite_master WHERE type = 'table'", {}, { name: "" });
  const missing = COLLECTIONS.filter((name) => !tables.some((table) => table.name === name));
  if (missing.length === 0) return "";
  return `these collections are missing: ${missing.join(", ")}; start PocketBase with the sync's pb_migrations beside its pb_hooks`;
}

/** What the health of each stream follows from. */
export function readStreamHealth(engine: Engine, ports: DoctorPorts): StreamHealth[] {
  return engine.store
    .all(
      `SELECT name AS name, paused AS paused, schedule AS schedule, target_collection AS target FROM sync_settings ORDER BY name`,
      {},
      { name: "", paused: 0, schedule: "", target: "" },
    )
    .map(({ name, paused, schedule, target }) => {
      const openRules = ports.openRules(target);
      return {
        name,
        paused: paused === 1,
        schedule,
        // A target that is gone is told as such.
        problem: openRules === null ? "" : settingsProblem(engine, name),
        newest: readNewest(engine.store, name),
        success: readSuccess(engine.store, name),
        target,
        openRules,
        backlog: readLongBacklog(engine, name),
        ...readCounts(engine.store, name),
      };
    });
}

function readNewest(db: Db, stream: string): StreamHealth["newest"] {
  const run = db.one(
    `SELECT status AS status, started_at AS startedAt, error AS error FROM sync_runs
      WHERE stream = {:stream} AND status IN ('succeeded', 'partial', 'failed') AND replay_of = '' ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { status: "", startedAt: "", error: "" },
  );
  return run ? { status: run.status, startedAt: run.startedAt, error: run.error } : null;
}

/** Jobs that the stream's alert `backlog` would tell of; none where its settings cannot be used. */
function readLongBacklog({ store, clock }: Engine, stream: string): StreamHealth["backlog"] {
  const backlog = readBacklog(store, stream);
  if (backlog.jobs === 0) return null;
  try {
    const { backlog_minutes: minutes } = readSettings(store, stream).options.alerts;
    if (!waitsTooLong(backlog, minutes, clock())) return null;
    return { jobs: backlog.jobs, since: toDbTime(backlog.oldestAt), minutes };
  } catch {
    return null;
  }
}

function readCounts(db: Db, stream: string): Pick<StreamHealth, "dead" | "held" | "quarantined"> {
  const counts = db.one(
    `SELECT (SELECT count(*) FROM job_queue WHERE stream = {:stream} AND status = 'dead') AS dead,
            (SELECT count(*) FROM erp_raw_data WHERE stream = {:stream} AND held_by <> '') AS held,
            (SELECT count(*) FROM failed_records WHERE ${NEW_IN_QUARANTINE}) AS quarantined`,
    { stream },
    { dead: 0, held: 0, quarantined: 0 },
  );
  return { dead: counts?.dead ?? 0, held: counts?.held ?? 0, quarantined: counts?.quarantined ?? 0 };
}

/** A message that was given up is forgotten after a day. */
const GIVEN_UP_MS = 86_400_000;

/** Messages that are tried again, or were given up lately. */
export function readUndelivered({ store, clock }: Pick<Engine, "store" | "clock">): Undelivered[] {
  return store
    .all(
      `SELECT stream AS stream, count(*) AS messages, max(delivery_error) AS error FROM sync_alerts
        WHERE delivery_error <> '' AND (due <> '' OR next_attempt_at > {:since})
          AND stream IN (SELECT name FROM sync_settings) GROUP BY stream ORDER BY stream`,
      { since: toDbTime(clock() - GIVEN_UP_MS) },
      { stream: "", messages: 0, error: "" },
    )
    .map((row) => ({ ...row }));
}
