import type { Db } from "../sync/ports";

/** The job a row waits for: its open one, or the newest that was given up for what the row asks for now. */
export interface WaitingJob {
  id: string;
  status: "queued" | "processing" | "failed" | "dead";
  retryCount: number;
  lastError: string;
  nextAttemptAt: string;
  createdAt: string;
  /** The erp_id of the parent that is not there yet, or "". */
  waitsFor: string;
}

export interface OpenQuarantine {
  message: string;
  count: number;
  lastSeenAt: string;
}

export interface RowDetails {
  job: WaitingJob | null;
  quarantine: OpenQuarantine | null;
}

/** What a sentence about each of these rows needs beside the row itself. */
export function readDetails(db: Db, rawIds: string[]): Map<string, RowDetails> {
  const ids = JSON.stringify(rawIds);
  const details = new Map<string, RowDetails>();
  const of = (rawId: string): RowDetails => {
    const found = details.get(rawId) ?? { job: null, quarantine: null };
    details.set(rawId, found);
    return found;
  };
  for (const { rawId, ...job } of readJobs(db, ids)) of(rawId).job = job;
  for (const { rawId, ...quarantine } of readQuarantine(db, ids)) of(rawId).quarantine = quarantine;
  return details;
}

/** The last one of a row counts: dead ones first, the oldest before the newer ones. */
function readJobs(db: Db, ids: string): (WaitingJob & { rawId: string })[] {
  return db
    .all(
      `SELECT payload_ref AS rawId, id AS id, status AS status, retry_count AS retryCount, last_error AS lastError,
              next_attempt_at AS nextAttemptAt, created_at AS createdAt,
              waits_for AS waitsFor
         FROM job_queue
        WHERE payload_ref IN (SELECT value FROM json_each({:ids})) AND (status IN ('queued', 'processing', 'failed')
           OR (status = 'dead' AND mapped_hash = (SELECT r.mapped_hash FROM erp_raw_data r WHERE r.id = payload_ref)))
        ORDER BY status = 'dead' DESC, created_at, id`,
      { ids },
      { rawId: "", id: "", status: "", retryCount: 0, lastError: "", nextAttemptAt: "", createdAt: "", waitsFor: "" },
    )
    .map((row) => ({
      rawId: row.rawId,
      id: row.id,
      status: row.status as WaitingJob["status"],
      retryCount: row.retryCount,
      lastError: row.lastError,
      nextAttemptAt: row.nextAttemptAt,
      createdAt: row.createdAt,
      waitsFor: row.waitsFor,
    }));
}

function readQuarantine(db: Db, ids: string): (OpenQuarantine & { rawId: string })[] {
  return db
    .all(
      `SELECT raw_row AS rawId, error_message AS message, count AS count, last_seen_at AS lastSeenAt
         FROM failed_records
        WHERE raw_row IN (SELECT value FROM json_each({:ids})) AND resolved_at = ''
        ORDER BY ignored_at <> '' DESC, last_seen_at`,
      { ids },
      { rawId: "", message: "", count: 0, lastSeenAt: "" },
    )
    .map((row) => ({ rawId: row.rawId, message: row.message, count: row.count, lastSeenAt: row.lastSeenAt }));
}
