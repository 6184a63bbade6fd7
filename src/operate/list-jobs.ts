import { JOB_STATUSES, type JobFilter, jobCondition } from "../queue/filter";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption, table } from "./action";
import { JOB, JOBS, type Saga, sagaOf } from "./jobs";
import { windowFlags, windowOf } from "./window";

const SHOWN = { usual: 50, most: 200 } as const;
const OPEN = ["queued", "processing", "failed"];

export const JOBS_FLAGS: ActionFlag[] = [
  { name: "status", type: "text", default: "", help: `open, or one of ${JOB_STATUSES.join(", ")}` },
  { name: "text", type: "text", default: "", help: "only those with this text in the row's erp_id or the error" },
  ...windowFlags(SHOWN.usual, SHOWN.most),
];

export interface JobsPage {
  items: Saga[];
  total_count: number;
  page: number;
  limit: number;
}

/** `erp jobs`: the jobs of a status, those that were made last first. */
export function jobsAction(engine: Engine, { stream, flags }: ActionInput): ActionResult {
  if (stream !== "") readSettings(engine.store, stream);
  const window = windowOf(flags, SHOWN.most);
  const limit = window.to - window.from;
  const filter: JobFilter = { stream, jobId: "", statuses: statusesOf(flags), text: String(flags.text ?? "") };
  const { sql, params } = jobCondition(filter);
  const total = engine.store.one(`SELECT count(*) AS n FROM job_queue j WHERE ${sql}`, params, { n: 0 })?.n ?? 0;
  // Where every status is wanted, a walk through the table from its end finds them in their order.
  const from = filter.statuses === JOB_STATUSES ? "job_queue j NOT INDEXED" : "job_queue j";
  const jobs = engine.store.all(
    `${JOBS} WHERE j.id IN (SELECT j.id FROM ${from} WHERE ${sql} ORDER BY j.rowid DESC LIMIT {:limit} OFFSET {:offset})
     ORDER BY j.rowid DESC`,
    { ...params, limit, offset: window.from },
    JOB,
  );
  const data: JobsPage = { items: jobs.map(sagaOf), total_count: total, page: window.to / limit, limit };
  return { ok: true, data, lines: linesOf(data) };
}

function statusesOf(flags: ActionInput["flags"]): readonly string[] {
  const status = String(flags.status ?? "");
  if (status === "") return JOB_STATUSES;
  if (status === "open") return OPEN;
  if ((JOB_STATUSES as readonly string[]).includes(status)) return [status];
  throw new BadOption(`status: "${status}" is not a status (expected open, ${JOB_STATUSES.join(", ")})`);
}

function linesOf({ items, total_count, page }: JobsPage): string[] {
  if (items.length === 0)
    return [total_count === 0 ? "no job matches" : `page ${page} has none of ${total_count} jobs`];
  const rows = items.map((job) => [
    job.saga_id,
    job.stream,
    job.job_status,
    String(job.attempts),
    job.created_at.slice(0, 16).replace("T", " "),
    job.erp_id,
  ]);
  const header = ["job", "stream", "status", "failed attempts", "made (UTC)", "row"];
  return [`${items.length} of ${total_count}`, ...table([header, ...rows])];
}
