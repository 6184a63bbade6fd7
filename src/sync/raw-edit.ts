import { enqueueRows } from "../queue/enqueue";
import { requeueDead } from "../queue/retry";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";
import { type MendedRow, NotMended } from "./mend";
import type { Db, Row } from "./ports";
import { resolveRows } from "./quarantine";
import { isMark } from "./raw";

/** A raw row as it is while somebody saves a form about it. */
export interface LiveRaw extends Row {
  stream: string;
  erp_id: string;
  group_key: string;
  payload_json: string;
  fingerprint: string;
  mapped_hash: string;
  pushed_hash: string;
  mapping_version: string;
  target_collection: string;
  target_id: string;
  fetched_at: string;
  edited_at: string;
  missing_since: string;
  held_by: string;
}

const COLUMNS = `stream, erp_id, group_key, COALESCE(payload_json, '') AS payload_json, fingerprint, mapped_hash, pushed_hash,
  mapping_version, target_collection, target_id, fetched_at, edited_at, missing_since, held_by`;

const EXAMPLE: LiveRaw = {
  stream: "",
  erp_id: "",
  group_key: "",
  payload_json: "",
  fingerprint: "",
  mapped_hash: "",
  pushed_hash: "",
  mapping_version: "",
  target_collection: "",
  target_id: "",
  fetched_at: "",
  edited_at: "",
  missing_since: "",
  held_by: "",
};

/** The row as it is now; from here to the end of the transaction nobody else can change it. */
export function lockRaw(tx: Db, id: string): LiveRaw | undefined {
  const sql = `UPDATE erp_raw_data SET stream = stream WHERE id = {:id} RETURNING ${COLUMNS}`;
  const [row] = tx.returning(sql, { id }, EXAMPLE);
  return row && { ...row };
}

/** What an edit changes besides the payload. */
export type RawEdit = Pick<LiveRaw, "erp_id" | "mapped_hash" | "mapping_version" | "edited_at">;

/**
 * Decides what becomes of a raw row whose payload a person mended. The fingerprint stays as received, so the edit stands
 * until the ERP sends another text for the row; that text finds the row by its group, so the group may not change.
 * Throws NotMended.
 * @param isTaken whether another raw row of the stream has this erp_id
 */
export function decideEdit(
  live: Pick<LiveRaw, "erp_id" | "group_key" | "mapped_hash" | "missing_since">,
  { row, version }: MendedRow,
  baseKey: string,
  now: string,
  isTaken: (erpId: string) => boolean,
): RawEdit {
  if (live.missing_since !== "" && (live.mapped_hash === "" || isMark(live.mapped_hash))) {
    throw new NotMended(
      `the ERP no longer sends this row (since ${live.missing_since}) and its target record is deleted or marked for it; an edit would change nothing`,
    );
  }
  if (row.group !== live.group_key) {
    throw new NotMended(
      `the group fields make "${row.group}" instead of "${live.group_key}"; keep them as they are, or the ERP's next text for this row could not find it`,
    );
  }
  if (row.key !== baseKey && isTaken(row.key)) {
    throw new NotMended(
      `the key fields make the erp_id "${row.key}", which another row of this stream has; correct them`,
    );
  }
  const erpId = row.key === baseKey ? live.erp_id : row.key;
  return { erp_id: erpId, mapped_hash: row.mappedHash, mapping_version: version, edited_at: now };
}

/** Whether another row of the stream has this erp_id; tombstones count. */
export function isErpIdTaken(db: Db, stream: string, erpId: string, exceptId: string): boolean {
  const row = db.one(
    "SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND erp_id = {:erpId} AND id <> {:id}",
    { stream, erpId, id: exceptId },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

/** After the edit is stored: its quarantine is over, and what the target does not have yet is queued. */
export function settleEdit(engine: Engine, tx: Db, stream: string, rawId: string): void {
  const now = engine.clock();
  resolveRows(tx, now, [rawId], "mended");
  requeueDead(tx, now, [rawId]);
  enqueueRows(tx, { stream, run: "", now: toDbTime(now) }, [rawId]);
}

/**
 * Why a raw row cannot be deleted, or "". It owns its target record: without the row the next run would make a second
 * one, and so would a push of it that is in flight.
 */
export function whyNotDelete(tx: Db, raw: LiveRaw, id: string, recordExists: boolean): string {
  if (recordExists) {
    return `its target record ${raw.target_id} in ${raw.target_collection} is still there, and without this row the next run would make a second one; delete the target record first, then this row`;
  }
  const busy = tx.one(
    "SELECT count(*) AS n FROM job_queue WHERE payload_ref = {:id} AND status = 'processing'",
    { id },
    { n: 0 },
  );
  return (busy?.n ?? 0) > 0 ? "it is being pushed at this moment; try again when its job is done" : "";
}
