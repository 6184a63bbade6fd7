import { nextRunAt } from "../settings/next-run";
import type { Stream } from "../settings/stream";
import { buildRequest } from "../sources/request";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, table } from "./action";
import { targetProblem } from "./settings-problem";
import { wholeNumber } from "./window";

const MOST = 200;

export const SOURCES_FLAGS: ActionFlag[] = [
  { name: "page", type: "number", default: 1, help: "which page" },
  { name: "page-size", type: "number", default: 50, help: `how many streams a page, 1 to ${MOST}` },
];

/** Where a stream's rows come from and where they go; what cannot be read is null, and `problem` says why. */
export interface Source {
  name: string;
  paused: boolean;
  /** As written: cron expressions in UTC, one per line. */
  schedule: string;
  /** "" while the stream is paused, and when its schedule never comes due. */
  next_run_at: string;
  /** The address that is asked, secrets taken out; as it is written while a variable is missing. */
  url: string;
  target_collection: string;
  /** Why no run can begin, "" when one can. */
  problem: string;
  settings: SourceSettings | null;
}

interface SourceSettings {
  transport: Stream["options"]["source"]["transport"];
  auth: Stream["options"]["source"]["auth"]["kind"];
  paging: Stream["options"]["source"]["paging"]["kind"];
  /** Rows a page; null where the ERP answers in one piece. */
  page_size: number | null;
  /** The query parameter that says since when, null where each run asks for everything. */
  incremental: string | null;
  rows_path: string;
  from_date: string;
  timezone: string;
  on_missing: Stream["onMissing"];
  push_mode: Stream["options"]["push"]["mode"];
  timeout_seconds: number;
}

/** `erp sources`: each stream with its ERP and its target, one page of them. */
export function sourcesAction(engine: Engine, { flags }: ActionInput): ActionResult {
  const page = wholeNumber(flags, "page", 1_000_000);
  const size = wholeNumber(flags, "page-size", MOST);
  const total = engine.store.one("SELECT count(*) AS n FROM sync_settings", {}, { n: 0 })?.n ?? 0;
  const items = engine.store
    .all(
      `SELECT name AS name, paused AS paused, schedule AS schedule, source_url AS url, target_collection AS target
         FROM sync_settings ORDER BY name LIMIT {:limit} OFFSET {:offset}`,
      { limit: size, offset: (page - 1) * size },
      SETTINGS,
    )
    .map((row) => sourceOf(engine, row));
  const data = { items, total_count: total, page, page_size: size };
  return { ok: true, data, lines: linesOf(items, total, page) };
}

const SETTINGS = { name: "", paused: 0, schedule: "", url: "", target: "" };

function sourceOf(engine: Engine, row: typeof SETTINGS): Source {
  const next = row.paused === 1 ? null : nextRunAt(row.schedule, engine.clock());
  const source: Source = {
    name: row.name,
    paused: row.paused === 1,
    schedule: row.schedule,
    next_run_at: next === null ? "" : toDbTime(next),
    url: row.url,
    target_collection: row.target,
    problem: "",
    settings: null,
  };
  try {
    const stream = readSettings(engine.store, row.name);
    source.settings = settingsOf(stream);
    const request = buildRequest(stream, engine);
    source.url = request.redact(request.url);
    source.problem = targetProblem(engine, stream);
  } catch (error) {
    source.problem = coerceError(error);
  }
  return source;
}

function settingsOf({ options, fromDate, timezone, onMissing }: Stream): SourceSettings {
  const { transport, auth, paging, incremental, rows_path, timeout_seconds } = options.source;
  return {
    transport,
    auth: auth.kind,
    paging: paging.kind,
    page_size: paging.kind === "none" ? null : paging.page_size,
    incremental: incremental.param || null,
    rows_path,
    from_date: fromDate,
    timezone,
    on_missing: onMissing,
    push_mode: options.push.mode,
    timeout_seconds,
  };
}

function linesOf(items: Source[], total: number, page: number): string[] {
  if (items.length === 0)
    return [total === 0 ? "sync_settings has no record" : `page ${page} has none of ${total} streams`];
  const rows = items.map((each) => [
    each.name,
    each.paused ? "paused" : each.next_run_at.slice(0, 16) || "by hand",
    each.settings?.transport ?? "?",
    each.settings?.auth ?? "?",
    each.settings?.paging ?? "?",
    each.target_collection,
    each.url,
    each.problem,
  ]);
  return table([["stream", "next run (UTC)", "transport", "auth", "paging", "target", "address", "problem"], ...rows]);
}
