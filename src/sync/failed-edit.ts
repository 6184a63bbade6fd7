import type { Db, Row } from "./ports";

/** A record of the quarantine as it is while somebody saves a form about it. */
export interface LiveFailed extends Row {
  stream: string;
  run: string;
  raw_row: string;
  job: string;
  erp_id: string;
  fingerprint: string;
  stage: string;
  error_type: string;
  error_message: string;
  field: string;
  value: string;
  expected: string;
  raw_data: string;
  mapped_data: string;
  count: number;
  last_seen_at: string;
  resolved_at: string;
  ignored_at: string;
}

const COLUMNS = `stream, run, raw_row, job, erp_id, fingerprint, stage, error_type, error_message, field, value, expected,
  COALESCE(raw_data, 'null') AS raw_data, COALESCE(mapped_data, 'null') AS mapped_data, count, last_seen_at, resolved_at, ignored_at`;

const EXAMPLE: LiveFailed = {
  stream: "",
  run: "",
  raw_row: "",
  job: "",
  erp_id: "",
  fingerprint: "",
  stage: "",
  error_type: "",
  error_message: "",
  field: "",
  value: "",
  expected: "",
  raw_data: "",
  mapped_data: "",
  count: 0,
  last_seen_at: "",
  resolved_at: "",
  ignored_at: "",
};

/** The record as it is now; from here to the end of the transaction nobody else can change it. */
export function lockFailed(tx: Db, id: string): LiveFailed | undefined {
  const sql = `UPDATE failed_records SET stream = stream WHERE id = {:id} RETURNING ${COLUMNS}`;
  const [row] = tx.returning(sql, { id }, EXAMPLE);
  return row && { ...row };
}

/** Why raw_data of this record is not the place to mend the row, or "". */
export function whyNotMendHere({ raw_row, resolved_at }: Pick<LiveFailed, "raw_row" | "resolved_at">): string {
  if (resolved_at !== "") return `this record is closed since ${resolved_at}; there is nothing left to mend`;
  if (raw_row === "") return "";
  return `this row has a raw row: mend payload_json of the record ${raw_row} in erp_raw_data, it is pushed when you save it`;
}
