import { fromDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db, TargetChange } from "../sync/ports";
import type { ActionInput, ActionResult } from "./action";
import { changesText } from "./changes-text";
import { isoOrNull, JOB, JOBS, type JobRow, type Saga, sagaOf } from "./jobs";

/** One job with everything that belongs to it (001, "GET /saga/{saga_id}"). */
interface JobDetail extends Saga {
  /** The row as the ERP sent it. Whole numbers above 2^53 lose digits here; `erp row` shows the text itself. */
  payload: unknown;
  /** What the newest attempt came to; null before the first. */
  result_payload: Push | null;
  processing_started_at: string | null;
  processed_at: string | null;
  /** How long it waits between its newest failure and the next attempt; null when it does not. */
  backoff_seconds: number | null;
  /** From its making to its end; null before that. */
  time_in_queue_seconds: number | null;
}

interface Push {
  response_code: number;
  response_body: string;
  changes: TargetChange[];
  sent_at: string | null;
  run: string;
}

/** `erp job`: everything about one job. */
export function jobAction({ store }: Engine, { id }: ActionInput): ActionResult {
  const job = store.one(`${JOBS} WHERE j.id = {:id}`, { id }, JOB);
  if (!job) {
    const error = `job_queue has no record "${id}"`;
    return { ok: false, data: { error }, lines: [error], refused: "unknown_record" };
  }
  const detail = detailOf(job, readPayload(store, job.rawId), readPush(store, id));
  return { ok: true, data: detail, lines: linesOf(detail) };
}

/** A job, its row and its newest push as 001 shows them. */
export function detailOf(job: JobRow, payload: unknown, push: Push | null): JobDetail {
  const waits = job.status === "failed" && job.nextAttemptAt !== "";
  return {
    ...sagaOf(job),
    payload,
    result_payload: push,
    processing_started_at: isoOrNull(job.lastAttemptAt),
    processed_at: isoOrNull(job.processedAt),
    backoff_seconds: waits ? seconds(job.updatedAt, job.nextAttemptAt) : null,
    time_in_queue_seconds: job.processedAt === "" ? null : seconds(job.createdAt, job.processedAt),
  };
}

function seconds(from: string, to: string): number {
  return Math.max(0, Math.round((fromDbTime(to) - fromDbTime(from)) / 1000));
}

function readPayload(db: Db, rawId: string): unknown {
  const row = db.one(
    "SELECT COALESCE(payload_json, 'null') AS text FROM erp_raw_data WHERE id = {:id}",
    { id: rawId },
    { text: "" },
  );
  return JSON.parse(row?.text ?? "null");
}

function readPush(db: Db, jobId: string): Push | null {
  const row = db.one(
    `SELECT response_code AS code, response_body AS body, COALESCE(changes, 'null') AS changes, sent_at AS sent, run AS run
       FROM push_log WHERE job_id = {:id} ORDER BY sent_at DESC, rowid DESC LIMIT 1`,
    { id: jobId },
    { code: 0, body: "", changes: "", sent: "", run: "" },
  );
  if (!row) return null;
  const changes = (JSON.parse(row.changes) as TargetChange[] | null) ?? [];
  return { response_code: row.code, response_body: row.body, changes, sent_at: isoOrNull(row.sent), run: row.run };
}

function linesOf(job: JobDetail): string[] {
  const lines = [
    `${job.saga_id}: ${job.job_status}, ${job.event_type}, ${job.attempts} failed attempts`,
    `row      ${job.erp_id}`,
  ];
  lines.push(`queued   ${utc(job.created_at)}${job.run === "" ? "" : ` by run ${job.run}`}`);
  if (job.next_run_at !== null) lines.push(`next     ${utc(job.next_run_at)}`);
  if (job.processed_at !== null) lines.push(`ended    ${utc(job.processed_at)}`);
  if (job.last_error !== null) lines.push(`error    ${job.last_error}`);
  const push = job.result_payload;
  if (push)
    lines.push(
      `answer   ${push.response_code} ${push.changes.length > 0 ? changesText(push.changes) : push.response_body}`,
    );
  return lines;
}

/** `2024-10-13 14:30:00 UTC` */
function utc(time: string): string {
  return `${time.slice(0, 19).replace("T", " ")} UTC`;
}
