import type { Stream } from "../settings/stream";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db } from "../sync/ports";
import { hasChannels } from "./channels";
import { DAILY_SUMMARY, titleOf } from "./kinds";
import { counted, numberText } from "./words";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A summary that was missed, because PocketBase was down, is still sent so many ms later. */
const LATEST_MS = DAY_MS / 2;

/** When today's summary, or that of last night, came due, in ms; null when none is due now. */
export function summaryMoment(dailyAt: string, now: number): number | null {
  if (dailyAt === "") return null;
  const [hours = 0, minutes = 0] = dailyAt.split(":").map(Number);
  const today = Math.floor(now / DAY_MS) * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;
  const moment = today <= now ? today : today - DAY_MS;
  return now - moment <= LATEST_MS ? moment : null;
}

/** Makes the summary's record once a day; it is sent like any message. */
export function queueSummary(engine: Engine, stream: Stream): void {
  const now = engine.clock();
  const moment = summaryMoment(stream.options.alerts.daily_summary_at, now);
  if (moment === null || !hasChannels(stream, engine.getenv)) return;
  if (isQueued(engine.store, stream.name, moment)) return;
  engine.store.run(
    `INSERT INTO sync_alerts (id, stream, kind, text, opened_at, last_seen_at, closed_at, due, next_attempt_at)
     SELECT {:id}, {:stream}, {:kind}, {:text}, {:now}, {:now}, {:now}, 'opened', {:now}
      WHERE NOT EXISTS (SELECT 1 FROM sync_alerts WHERE stream = {:stream} AND kind = {:kind} AND opened_at >= {:moment})`,
    {
      id: engine.newId(),
      stream: stream.name,
      kind: DAILY_SUMMARY,
      text: summaryText(readDay(engine.store, stream.name, now)),
      now: toDbTime(now),
      moment: toDbTime(moment),
    },
  );
}

function isQueued(db: Db, stream: string, moment: number): boolean {
  const row = db.one(
    "SELECT count(*) AS n FROM sync_alerts WHERE stream = {:stream} AND kind = {:kind} AND opened_at >= {:moment}",
    { stream, kind: DAILY_SUMMARY, moment: toDbTime(moment) },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

/** What a day was like. */
export interface Day {
  /** Runs by status; skipped counts triggers. */
  runs: Record<string, number>;
  sums: { fetched: number; new: number; changed: number; superseded: number; left: number; pushed: number };
  lastGood: string;
  rows: number;
  dead: number;
  quarantine: number;
  held: number;
  /** Episodes that are open, those first that have been longest. */
  open: { kind: string; since: string; acknowledged: boolean }[];
}

const SUMS = { fetched: 0, new: 0, changed: 0, superseded: 0, left: 0, pushed: 0 };

function readDay(db: Db, stream: string, now: number): Day {
  const since = { stream, start: toDbTime(now - DAY_MS) };
  const count = (sql: string): number => db.one(`SELECT count(*) AS n FROM ${sql}`, { stream }, { n: 0 })?.n ?? 0;
  const runs = db.all(
    `SELECT status AS status, sum(CASE WHEN status = 'skipped' THEN max(skipped_count, 1) ELSE 1 END) AS runs
       FROM sync_runs WHERE stream = {:stream} AND started_at >= {:start} GROUP BY status ORDER BY status`,
    since,
    { status: "", runs: 0 },
  );
  const sums = db.one(
    `SELECT COALESCE(sum(rows_fetched), 0) AS fetched, COALESCE(sum(rows_new), 0) AS new,
            COALESCE(sum(rows_changed + rows_rekeyed), 0) AS changed, COALESCE(sum(rows_superseded), 0) AS superseded,
            COALESCE(sum(rows_left), 0) AS "left",
            COALESCE(sum(pushed_inserted + pushed_updated + pushed_deleted), 0) AS pushed
       FROM sync_runs WHERE stream = {:stream} AND started_at >= {:start}`,
    since,
    SUMS,
  );
  const open = db.all(
    `SELECT kind AS kind, opened_at AS since, acknowledged_at AS seen FROM sync_alerts
      WHERE stream = {:stream} AND closed_at = '' ORDER BY opened_at`,
    { stream },
    { kind: "", since: "", seen: "" },
  );
  return {
    runs: Object.fromEntries(runs.map((row) => [row.status, row.runs])),
    sums: { ...SUMS, ...sums },
    lastGood:
      db.one(
        `SELECT COALESCE(max(finished_at), '') AS at FROM sync_runs
          WHERE stream = {:stream} AND status IN ('succeeded', 'partial')`,
        { stream },
        { at: "" },
      )?.at ?? "",
    rows: count("erp_raw_data WHERE stream = {:stream} AND missing_since = ''"),
    dead: count("job_queue WHERE stream = {:stream} AND status = 'dead'"),
    quarantine: count("failed_records WHERE stream = {:stream} AND resolved_at = '' AND ignored_at = ''"),
    held: count("erp_raw_data WHERE stream = {:stream} AND held_by <> ''"),
    open: open.map(({ kind, since: at, seen }) => ({ kind, since: at, acknowledged: seen !== "" })),
  };
}

/** The summary's text, one fact a line. */
export function summaryText({ runs, sums, lastGood, rows, dead, quarantine, held, open }: Day): string {
  const told = Object.entries(runs).map(([status, n]) => `${numberText(n)} ${status}`);
  return [
    `Runs: ${told.join(", ") || "none"}; the last good one ended ${minuteText(lastGood) || "never"}`,
    `Rows: ${numberText(sums.new)} new, ${numberText(sums.changed)} changed, ${numberText(sums.superseded)} superseded, ${numberText(sums.left)} left; ${counted(rows, "row")} known now`,
    `Pushed: ${numberText(sums.pushed)}; ${counted(dead, "dead job")}, ${numberText(quarantine)} in quarantine, ${counted(held, "delete")} held`,
    ...(open.length === 0 ? ["Open alerts: none"] : open.map(openLine)),
  ].join("\n");
}

function openLine({ kind, since, acknowledged }: Day["open"][number]): string {
  return `Open alert: ${titleOf(kind)}, since ${minuteText(since)}${acknowledged ? " (seen)" : ""}`;
}

function minuteText(time: string): string {
  return time === "" ? "" : `${time.slice(0, 16)} UTC`;
}
