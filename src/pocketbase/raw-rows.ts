import { baseOf } from "../diff/keys";
import { toDbTime } from "../sync/clock";
import { UnknownStream } from "../sync/errors";
import { type MendedRow, NotMended, readMended, sameJson } from "../sync/mend";
import type { Db } from "../sync/ports";
import { decideEdit, isErpIdTaken, type LiveRaw, lockRaw, settleEdit, whyNotDelete } from "../sync/raw-edit";
import { readSettings } from "../sync/settings";
import { quoted } from "../sync/target-id";
import { liveEngine } from "./engine";
import { inTransaction, jsonText, putBack, recordOf, refuseField } from "./form";
import { targetShape } from "./target";

const FIELD = "payload_json";

/** Raw rows come from the ERP: one made by hand has no fingerprint and would be taken for gone by the next snapshot. */
export function onRawCreate(): void {
  refuseField(FIELD, "made_by_the_sync", "rows of erp_raw_data are made by the sync only; add the row in the ERP");
}

/**
 * A person saved a raw row: only payload_json counts, everything else is put back as it is in the database. The row's
 * erp_id and mapped_hash follow the payload and a job is queued, in one transaction (design, promise 10). A payload the
 * target could not take is refused at once.
 */
export function onRawUpdate(e: core.RecordRequestEvent): void {
  const record = recordOf(e);
  const text = jsonText(record, FIELD);
  inTransaction(e, (tx) => {
    const live = lockRaw(tx, record.id);
    if (!live) return e.next();
    putBack(record, live, "");
    if (sameJson(text, live.payload_json)) return e.next();
    edit(tx, record, live, text);
    e.next();
    settleEdit(liveEngine(), tx, live.stream, record.id);
  });
}

function edit(tx: Db, record: core.Record, live: LiveRaw, text: string): void {
  try {
    const mended = readEdit(live, text);
    const isTaken = (erpId: string) => isErpIdTaken(tx, live.stream, erpId, record.id);
    const change = decideEdit(live, mended, baseOf(live.erp_id), toDbTime(Date.now()), isTaken);
    putBack(record, { ...change, [FIELD]: text }, "");
  } catch (error) {
    if (error instanceof NotMended) refuseField(FIELD, "not_mended", error.message);
    throw error;
  }
}

function readEdit(live: LiveRaw, text: string): MendedRow {
  const engine = liveEngine();
  try {
    return readMended(engine, readSettings(engine.store, live.stream), text, live.fingerprint);
  } catch (error) {
    if (error instanceof UnknownStream) throw new NotMended(`${error.message}; a row without a stream goes nowhere`);
    throw error;
  }
}

/** A raw row may go when its target record is gone. */
export function onRawDelete(e: core.RecordRequestEvent): void {
  const { id } = recordOf(e);
  inTransaction(e, (tx) => {
    const live = lockRaw(tx, id);
    const reason = live ? whyNotDelete(tx, live, id, hasTargetRecord(tx, live)) : "";
    if (reason !== "") throw new BadRequestError(`The row was not deleted: ${reason}.`);
    e.next();
  });
}

function hasTargetRecord(tx: Db, { target_collection: collection, target_id: id }: LiveRaw): boolean {
  if (id === "" || !targetShape(collection)) return false;
  const sql = `SELECT count(*) AS n FROM ${quoted(collection)} WHERE id = {:id}`;
  return (tx.one(sql, { id }, { n: 0 })?.n ?? 0) > 0;
}
