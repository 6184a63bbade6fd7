import { type LiveFailed, lockFailed, whyNotMendHere } from "../sync/failed-edit";
import { NotMended, readMended, sameJson } from "../sync/mend";
import { readSettings } from "../sync/settings";
import { liveEngine } from "./engine";
import { inTransaction, jsonText, putBack, recordOf, refuseField } from "./form";

const FIELD = "raw_data";

/**
 * A person saved a record of the quarantine: only raw_data counts, and only where there is no raw row to mend. It must be
 * a row the target could take; a replay then makes its raw row.
 */
export function onFailedUpdate(e: core.RecordRequestEvent): void {
  const record = recordOf(e);
  const text = jsonText(record, FIELD);
  inTransaction(e, (tx) => {
    const live = lockFailed(tx, record.id);
    if (live) {
      putBack(record, live, "");
      if (!sameJson(text, live.raw_data)) {
        check(live, text);
        record.set(FIELD, text);
      }
    }
    e.next();
  });
}

function check(live: LiveFailed, text: string): void {
  const elsewhere = whyNotMendHere(live);
  if (elsewhere !== "") refuseField(FIELD, "mend_elsewhere", elsewhere);
  const engine = liveEngine();
  try {
    readMended(engine, readSettings(engine.store, live.stream), text, live.fingerprint);
  } catch (error) {
    if (error instanceof NotMended) refuseField(FIELD, "not_mended", error.message);
    throw error;
  }
}
