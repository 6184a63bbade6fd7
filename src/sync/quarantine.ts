import { toDbTime } from "./clock";
import { idTime, sqlBatchId } from "./ids";
import type { Db } from "./ports";

/** Why one row cannot go on, and what a person needs to mend it. */
export interface Rejection {
  stage: "fetch" | "key" | "normalize" | "validate" | "push";
  type: string;
  message: string;
  field: string;
  value: string;
  expected: string;
  /** What a lookup of the field did not find: the row is tried again as soon as it is there. */
  waitsFor?: string;
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

/** Where and when rows were found to be bad. */
export interface Found {
  stream: string;
  run: string;
  nowMs: number;
}

/**
 * Puts rows in quarantine: one open record per stream, stage and row, however often it comes. A record that a person
 * chose to ignore stays ignored until the ERP sends another text. What a person mended in raw_data stays as well.
 */
export function quarantine(tx: Db, { stream, run, nowMs }: Found, rows: QuarantinedRow[]): void {
  for (const round of withoutTwins(rows)) {
    const rows = JSON.stringify(round.map(columnsOf));
    tx.run(STORE, { stream, run, now: toDbTime(nowMs), id_time: idTime(nowMs), rows });
  }
  closeEarlierFaults(tx, nowMs, rows);
}

/** A row is mapped as a whole: what it was in quarantine for at the other stage of mapping is over, or would be told again. */
function closeEarlierFaults(tx: Db, nowMs: number, rows: QuarantinedRow[]): void {
  const ofRaws = rows.filter(({ rawId, rejection }) => rawId !== "" && OTHER_STAGE[rejection.stage] !== undefined);
  if (ofRaws.length === 0) return;
  tx.run(
    `UPDATE failed_records SET resolved_at = {:now} WHERE id IN (
       SELECT f.id FROM jsonb_each({:rows}) j CROSS JOIN failed_records f INDEXED BY idx_failed_records_raw
           ON f.raw_row = j.value ->> 0 AND f.raw_row <> '' AND f.stage = j.value ->> 1 AND f.resolved_at = '')`,
    { now: toDbTime(nowMs), rows: JSON.stringify(ofRaws.map((row) => [row.rawId, OTHER_STAGE[row.rejection.stage]])) },
  );
}

const OTHER_STAGE: Partial<Record<Rejection["stage"], Rejection["stage"]>> = {
  normalize: "validate",
  validate: "normalize",
};

/** Rows that would share a record come one after the other: the second one finds the record of the first. */
function withoutTwins(rows: QuarantinedRow[]): QuarantinedRow[][] {
  const rounds: QuarantinedRow[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const { rawId, erpId, fingerprint, rejection } = row;
    const name = JSON.stringify(rawId === "" ? [rejection.stage, erpId, fingerprint] : [rejection.stage, rawId]);
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    const others = rounds[round];
    if (others) others.push(row);
    else rounds.push([row]);
  }
  return rounds;
}

const COLUMNS = [
  "raw",
  "job",
  "erp_id",
  "fp",
  "stage",
  "type",
  "message",
  "field",
  "value",
  "expected",
  "waits_for",
  "data",
  "mapped",
];

function columnsOf({ rawId, jobId, erpId, rawText, fingerprint, rejection, mapped }: QuarantinedRow): string[] {
  const { stage, type, message, field, value, expected, waitsFor = "" } = rejection;
  const texts = [asJson(rawText), JSON.stringify(mapped ?? null)];
  return [rawId, jobId, erpId, fingerprint, stage, type, message, field, value, expected, waitsFor, ...texts];
}

const ROWS = `(SELECT key AS n, ${COLUMNS.map((name, at) => `value ->> ${at} AS ${name}`).join(", ")} FROM jsonb_each({:rows})) AS c`;

/** Fingerprint of the text the ERP sent, also where payload_json was mended since. */
const TEXT = "COALESCE((SELECT r.fingerprint FROM erp_raw_data r WHERE r.id = c.raw), c.fp)";

const OPEN_RECORD = "f.stream = {:stream} AND f.stage = c.stage AND f.resolved_at = ''";
const OF_RAW_ROW = "c.raw <> '' AND f.raw_row = c.raw";
/** Rows without a raw row are told apart by key and text. A mistake in the mapping may send very many there at once. */
const KEYLESS = "c.raw = '' AND f.raw_row = '' AND f.erp_id = c.erp_id AND f.fingerprint = c.fp";

/** The open record of each row counts it once more; a row without one gets one. */
const STORE = `
  INSERT INTO failed_records (id, stream, run, raw_row, job, erp_id, fingerprint, stage, error_type, error_message, field, value,
                              expected, waits_for, raw_data, mapped_data, count, last_seen_at, resolved_at, ignored_at)
  SELECT COALESCE((SELECT f.id FROM failed_records f INDEXED BY idx_failed_records_raw WHERE ${OF_RAW_ROW} AND ${OPEN_RECORD}),
                  (SELECT f.id FROM failed_records f INDEXED BY idx_failed_records_open WHERE ${KEYLESS} AND ${OPEN_RECORD}),
                  ${sqlBatchId("c.n")}),
         {:stream}, {:run}, c.raw, c.job, c.erp_id, ${TEXT}, c.stage, c.type, c.message, c.field, c.value, c.expected,
         c.waits_for, c.data, c.mapped, 1, {:now}, '', ''
    FROM ${ROWS} WHERE true
  ON CONFLICT (id) DO UPDATE
     SET count = count + 1, last_seen_at = excluded.last_seen_at, run = excluded.run, job = excluded.job,
         error_type = excluded.error_type, error_message = excluded.error_message, field = excluded.field,
         value = excluded.value, expected = excluded.expected, erp_id = excluded.erp_id, waits_for = excluded.waits_for,
         mapped_data = excluded.mapped_data, raw_data = CASE WHEN raw_row = '' THEN raw_data ELSE excluded.raw_data END,
         ignored_at = CASE WHEN fingerprint = excluded.fingerprint THEN ignored_at ELSE '' END,
         fingerprint = excluded.fingerprint`;

/**
 * Of a stream's open records those that nobody ignored and that came for the first time since its newest run began: what
 * alerts and the health call growth.
 */
export const NEW_IN_QUARANTINE = `stream = {:stream} AND resolved_at = '' AND ignored_at = '' AND count = 1
  AND last_seen_at >= COALESCE((SELECT started_at FROM sync_runs WHERE stream = {:stream} AND status <> 'skipped'
                                 ORDER BY rowid DESC LIMIT 1), '')`;

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
