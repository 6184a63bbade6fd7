import type { MirrorRow } from "../mirror/rows";
import type { Db, TargetChange } from "../sync/ports";

/** Jobs and quarantine records of one row in one answer, at most. */
const MOST_ENTRIES = 100;

/** One push of the row. */
export interface PushEntry {
  id: string;
  sent_at: string;
  /** "": by the worker, between two runs. */
  run: string;
  job_id: string;
  /** The row's key at that time. */
  erp_id: string;
  response_code: number;
  response_body: string;
  changes: TargetChange[];
}

export type JobEntry = typeof JOB;
export type QuarantineEntry = typeof QUARANTINE;

/** Entries of the row, whatever its key was then; and those under its key of a raw row that is pruned. */
const OF_ROW = `id IN (
    SELECT id FROM push_log WHERE raw_row = {:raw}
    UNION
    SELECT p.id FROM push_log p WHERE p.stream = {:stream} AND p.erp_id = {:erpId}
       AND NOT EXISTS (SELECT 1 FROM erp_raw_data r WHERE r.id = p.raw_row))`;

/** What was pushed of this row, the newest first. */
export function readHistory(
  db: Db,
  stream: string,
  { rawId, erpId }: MirrorRow,
  limit: number,
  offset: number,
): { total: number; items: PushEntry[] } {
  const params = { raw: rawId, stream, erpId };
  const total = db.one(`SELECT count(*) AS n FROM push_log WHERE ${OF_ROW}`, params, { n: 0 })?.n ?? 0;
  const rows = db.all(
    `SELECT id AS id, sent_at AS sent_at, run AS run, job_id AS job_id, erp_id AS erp_id, response_code AS response_code,
            response_body AS response_body, COALESCE(changes, 'null') AS changes
       FROM push_log WHERE ${OF_ROW} ORDER BY sent_at DESC, rowid DESC LIMIT {:limit} OFFSET {:offset}`,
    { ...params, limit, offset },
    { id: "", sent_at: "", run: "", job_id: "", erp_id: "", response_code: 0, response_body: "", changes: "" },
  );
  const items = rows.map((row) => ({ ...row, changes: (JSON.parse(row.changes) as TargetChange[] | null) ?? [] }));
  return { total, items };
}

const JOB = {
  id: "",
  run: "",
  operation: "",
  status: "",
  retry_count: 0,
  last_error: "",
  last_attempt_at: "",
  next_attempt_at: "",
  processed_at: "",
  created_at: "",
};

/** The row's jobs, the newest first. */
export function readJobs(db: Db, rawId: string): JobEntry[] {
  return db
    .all(
      `SELECT ${columnsOf(JOB)} FROM job_queue WHERE payload_ref = {:raw} ORDER BY created_at DESC, rowid DESC LIMIT {:limit}`,
      { raw: rawId, limit: MOST_ENTRIES },
      { ...JOB },
    )
    .map((row) => ({ ...row }));
}

const QUARANTINE = {
  id: "",
  run: "",
  stage: "",
  error_type: "",
  error_message: "",
  field: "",
  value: "",
  expected: "",
  count: 0,
  last_seen_at: "",
  resolved_at: "",
  ignored_at: "",
};

/** The row's quarantine, open and resolved, the newest first. */
export function readQuarantine(db: Db, stream: string, { rawId, erpId }: MirrorRow): QuarantineEntry[] {
  return db
    .all(
      `SELECT ${columnsOf(QUARANTINE)} FROM failed_records
        WHERE raw_row = {:raw} OR (stream = {:stream} AND erp_id = {:erpId} AND raw_row = '')
        ORDER BY last_seen_at DESC, rowid DESC LIMIT {:limit}`,
      { raw: rawId, stream, erpId, limit: MOST_ENTRIES },
      { ...QUARANTINE },
    )
    .map((row) => ({ ...row }));
}

function columnsOf(example: object): string {
  return Object.keys(example)
    .map((name) => `${name} AS ${name}`)
    .join(", ");
}
