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
    const params = { stream, run, now: toDbTime(nowMs), rows: JSON.stringify(round.map(columnsOf)) };
    tx.run(`${COUNT_AGAIN("idx_failed_records_raw")} AND raw_row = c.raw AND c.raw <> ''`, params);
    tx.run(`${COUNT_AGAIN("idx_failed_records_open")} AND raw_row = '' AND c.raw = '' AND ${KEYLESS}`, params);
    tx.run(INSERT, { ...params, id_time: idTime(nowMs) });
  }
}

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

/** Rows without a raw row are told apart by key and text. A mistake in the mapping may send very many there at once. */
const KEYLESS = "failed_records.erp_id = c.erp_id AND failed_records.fingerprint = c.fp";

const COUNT_AGAIN = (index: string): string => `
  UPDATE failed_records INDEXED BY ${index}
     SET count = count + 1, last_seen_at = {:now}, run = {:run}, job = c.job, error_type = c.type,
         error_message = c.message, field = c.field, value = c.value, expected = c.expected, erp_id = c.erp_id,
         waits_for = c.waits_for, mapped_data = c.mapped, raw_data = CASE WHEN raw_row = '' THEN raw_data ELSE c.data END,
         ignored_at = CASE WHEN fingerprint = ${TEXT} THEN ignored_at ELSE '' END, fingerprint = ${TEXT}
    FROM ${ROWS}
   WHERE stream = {:stream} AND failed_records.stage = c.stage AND resolved_at = ''`;

const INSERT = `
  INSERT INTO failed_records (id, stream, run, raw_row, job, erp_id, fingerprint, stage, error_type, error_message, field, value,
                              expected, waits_for, raw_data, mapped_data, count, last_seen_at, resolved_at, ignored_at)
  SELECT ${sqlBatchId("c.n")}, {:stream}, {:run}, c.raw, c.job, c.erp_id, ${TEXT}, c.stage, c.type, c.message,
         c.field, c.value, c.expected, c.waits_for, c.data, c.mapped, 1, {:now}, '', ''
    FROM ${ROWS}
   WHERE NOT EXISTS (SELECT 1 FROM failed_records f INDEXED BY idx_failed_records_raw
                      WHERE c.raw <> '' AND f.raw_row = c.raw AND f.stream = {:stream} AND f.stage = c.stage AND f.resolved_at = '')
     AND NOT EXISTS (SELECT 1 FROM failed_records f INDEXED BY idx_failed_records_open
                      WHERE c.raw = '' AND f.raw_row = '' AND f.stream = {:stream} AND f.stage = c.stage AND f.resolved_at = ''
                        AND f.erp_id = c.erp_id AND f.fingerprint = c.fp)`;

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
