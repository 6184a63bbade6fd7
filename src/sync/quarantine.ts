import { toDbTime } from "./clock";
import type { Db } from "./ports";

/** Why one row cannot go on, and what a person needs to mend it. */
export interface Rejection {
  stage: "fetch" | "key" | "normalize" | "validate" | "push";
  type: string;
  message: string;
  field: string;
  value: string;
  expected: string;
}

export interface QuarantinedRow {
  /** The raw row, or "" when the row has no readable key. */
  rawId: string;
  jobId: string;
  erpId: string;
  rawText: string;
  /** Of a row that never got a raw row; "" for the others, theirs is known. */
  fingerprint: string;
  rejection: Rejection;
  /** The row as far as it could be mapped: a field with a problem is missing. Left out: it was not mapped. */
  mapped?: Record<string, unknown>;
}

/**
 * Puts a row in quarantine: one open record per stream, stage and row, however often it comes. A record that a person
 * chose to ignore stays ignored until the ERP sends another text. What a person mended in raw_data stays as well.
 * @returns true when the record is open and not ignored
 */
export function quarantine(tx: Db, stream: string, run: string, nowMs: number, row: QuarantinedRow): boolean {
  const { stage, type, message, field, value, expected } = row.rejection;
  const known = {
    stream,
    run,
    stage,
    type,
    message,
    field,
    value,
    expected,
    erpId: row.erpId,
    raw: row.rawId,
    job: row.jobId,
    now: toDbTime(nowMs),
    fingerprint: row.fingerprint,
    data: asJson(row.rawText),
    mapped: JSON.stringify(row.mapped ?? null),
  };
  const again = tx.returning(
    `UPDATE failed_records INDEXED BY ${row.rawId === "" ? "idx_failed_records_open" : "idx_failed_records_raw"}
        SET count = count + 1, last_seen_at = {:now}, run = {:run}, job = {:job}, error_type = {:type},
            error_message = {:message}, field = {:field}, value = {:value}, expected = {:expected}, erp_id = {:erpId},
            mapped_data = {:mapped},
            raw_data = CASE WHEN raw_row = '' THEN raw_data ELSE {:data} END,
            ignored_at = CASE WHEN fingerprint = ${TEXT} THEN ignored_at ELSE '' END, fingerprint = ${TEXT}
      WHERE stream = {:stream} AND stage = {:stage} AND resolved_at = '' AND raw_row = {:raw}${row.rawId === "" ? KEYLESS : ""}
      RETURNING ignored_at`,
    known,
    { ignored_at: "" },
  );
  if (again[0]) return again[0].ignored_at === "";
  tx.run(
    `INSERT INTO failed_records (id, stream, run, raw_row, job, erp_id, fingerprint, stage, error_type, error_message, field, value,
                                 expected, raw_data, mapped_data, count, last_seen_at, resolved_at, ignored_at)
     VALUES (substr(lower(hex(randomblob(8))), 1, 15), {:stream}, {:run}, {:raw}, {:job}, {:erpId}, ${TEXT}, {:stage}, {:type}, {:message},
             {:field}, {:value}, {:expected}, {:data}, {:mapped}, 1, {:now}, '', '')`,
    known,
  );
  return true;
}

/** Fingerprint of the text the ERP sent, also where payload_json was mended since. */
const TEXT = "COALESCE((SELECT r.fingerprint FROM erp_raw_data r WHERE r.id = {:raw}), {:fingerprint})";

/** Rows without a raw row are told apart by key and text. A mistake in the mapping may send very many there at once. */
const KEYLESS = " AND erp_id = {:erpId} AND fingerprint = {:fingerprint}";

/** The field is JSON; a text that is none is kept as a JSON string. */
function asJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

/**
 * Closes the quarantine of raw rows that are gone or well. `mended`: they came again and can be mapped, so what was
 * wrong with their text is over, but what the target refused is not.
 */
export function resolveRows(tx: Db, nowMs: number, rawIds: string[], why: "settled" | "mended" = "settled"): void {
  if (rawIds.length === 0) return;
  tx.run(
    `UPDATE failed_records SET resolved_at = {:now}
      WHERE resolved_at = ''${why === "mended" ? " AND stage <> 'push'" : ""}
        AND raw_row IN (SELECT value FROM json_each({:ids}))`,
    { now: toDbTime(nowMs), ids: JSON.stringify(rawIds) },
  );
}

/** Closes the quarantine of rows without a key that a complete snapshot no longer has. */
export function resolveUnseen(tx: Db, stream: string, nowMs: number, runStartedAt: string): void {
  tx.run(
    `UPDATE failed_records SET resolved_at = {:now}
      WHERE stream = {:stream} AND resolved_at = '' AND raw_row = '' AND last_seen_at < {:started}`,
    { stream, now: toDbTime(nowMs), started: runStartedAt },
  );
}
