import type { Params } from "../sync/ports";

export const JOB_STATUSES = ["queued", "processing", "failed", "dead", "done"] as const;

/** What a person looks for among the jobs; "" is no matter. */
export interface JobFilter {
  stream: string;
  jobId: string;
  statuses: readonly string[];
  /** Part of the row's erp_id or of the newest error, in small or capital letters. */
  text: string;
}

/**
 * Jobs by a text in their row's erp_id or in their error. The rows are read from an index alone, once each, however many
 * jobs they had; the error of a job that is done no longer matters.
 */
const WITH_TEXT = `
  SELECT e.rowid FROM job_queue e WHERE e.payload_ref IN (
    SELECT t.id FROM erp_raw_data t
     WHERE t.stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name)) AND instr(lower(t.erp_id), lower({:text})) > 0)
  UNION
  SELECT e.rowid FROM job_queue e
   WHERE e.stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name))
     AND e.status IN ('queued', 'processing', 'failed', 'dead') AND instr(lower(e.last_error), lower({:text})) > 0`;

/**
 * The filter as a condition on `job_queue AS j`, with its parameters. The streams are named one by one, so that the index
 * on stream and status is of use also where all of them are meant.
 */
export function jobCondition({ stream, jobId, statuses, text }: JobFilter): { sql: string; params: Params } {
  const parts = ["j.stream IN (SELECT name FROM sync_settings WHERE {:stream} IN ('', name))"];
  const params: Params = { stream };
  if (statuses.length < JOB_STATUSES.length) {
    parts.push("j.status IN (SELECT value FROM json_each({:statuses}))");
    params.statuses = JSON.stringify(statuses);
  }
  if (jobId !== "") {
    parts.push("j.id = {:jobId}");
    params.jobId = jobId;
  }
  if (text !== "") {
    parts.push(`j.rowid IN (${WITH_TEXT})`);
    params.text = text;
  }
  return { sql: parts.join(" AND "), params };
}
