import { counted } from "../alerts/words";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, table } from "./action";
import { JOB, JOBS, type Saga, sagaOf } from "./jobs";
import { wholeNumber } from "./window";

const MOST = 200;
/** Longest payload_summary and error shown, in characters. */
const LONGEST = 80;

export const FAILED_FLAGS: ActionFlag[] = [
  { name: "page", type: "number", default: 1, help: "which page" },
  { name: "page-size", type: "number", default: 50, help: `how many jobs a page, 1 to ${MOST}` },
  { name: "include-dead", type: "bool", default: false, help: "also those that were given up" },
];

/** The answer of requirement 001. */
export interface FailedPage {
  items: (Saga & { payload_summary: string })[];
  total_count: number;
  page: number;
  page_size: number;
}

/**
 * A job whose worker died waits as queued, with an attempt less. The statuses stand alone, so that the index on them
 * leaves out the jobs that are done.
 */
const FAILED = `stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name))
  AND status IN ('failed', 'queued', 'dead') AND CASE status WHEN 'dead' THEN {:dead} = 1 ELSE retry_count > 0 END`;

/** `erp failed`: jobs whose newest attempt failed, the newest first (001). */
export function failedAction(engine: Engine, { stream, flags }: ActionInput): ActionResult {
  const page = wholeNumber(flags, "page", 1_000_000);
  const size = wholeNumber(flags, "page-size", MOST);
  if (stream !== "") readSettings(engine.store, stream);
  const filter = { stream, dead: flags["include-dead"] === true ? 1 : 0 };
  const total = engine.store.one(`SELECT count(*) AS n FROM job_queue WHERE ${FAILED}`, filter, { n: 0 })?.n ?? 0;
  const jobs = engine.store.all(
    `${JOBS} WHERE j.id IN (
       SELECT id FROM job_queue WHERE ${FAILED} ORDER BY updated_at DESC, id LIMIT {:limit} OFFSET {:offset})
     ORDER BY j.updated_at DESC, j.id`,
    { ...filter, limit: size, offset: (page - 1) * size },
    JOB,
  );
  const items = jobs.map((job) => ({ ...sagaOf(job), payload_summary: shortened(job.erpId) }));
  const data: FailedPage = { items, total_count: total, page, page_size: size };
  return { ok: true, data, lines: items.length > 0 ? linesOf(data) : [noneOf(engine, data, filter)] };
}

function noneOf(
  { store }: Engine,
  { total_count, page }: FailedPage,
  { stream, dead }: { stream: string; dead: number },
): string {
  if (total_count > 0) return `page ${page} has none of ${total_count} jobs`;
  const givenUp = dead
    ? 0
    : (store.one(`SELECT count(*) AS n FROM job_queue WHERE ${FAILED}`, { stream, dead: 1 }, { n: 0 })?.n ?? 0);
  return givenUp === 0
    ? "no job has failed"
    : `no job waits for another attempt; ${counted(givenUp, "job")} given up: --include-dead lists them`;
}

function linesOf({ items, total_count }: FailedPage): string[] {
  const rows = items.map((job) => [
    job.saga_id,
    job.stream,
    job.job_status,
    String(job.attempts),
    job.next_run_at?.slice(0, 16).replace("T", " ") ?? "",
    job.payload_summary,
    shortened(job.last_error ?? ""),
  ]);
  return [
    `${items.length} of ${total_count}`,
    ...table([["job", "stream", "status", "failed attempts", "next (UTC)", "row", "error"], ...rows]),
  ];
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
