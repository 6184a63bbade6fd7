import { fromDbTime } from "../sync/clock";
import { idTime, sqlBatchId } from "../sync/ids";
import type { Db, TargetChange } from "../sync/ports";

/** One attempt to push, for push_log. */
export interface PushEntry {
  jobId: string;
  rawId: string;
  erpId: string;
  /** 201 inserted, 200 updated, 204 deleted or nothing to change, 422 refused, 5xx failed. */
  code: number;
  body: string;
  changes: TargetChange[];
}

/** Writes push_log entries in the transaction of the push itself. */
export function logPushes(tx: Db, where: { stream: string; run: string; now: string }, entries: PushEntry[]): void {
  if (entries.length === 0) return;
  tx.run(
    `INSERT INTO push_log (id, job_id, raw_row, run, stream, erp_id, response_code, response_body, changes, sent_at)
     SELECT ${sqlBatchId("key")}, value ->> 0, value ->> 1, {:run}, {:stream}, value ->> 2, value ->> 3,
            value ->> 4, value ->> 5, {:now}
       FROM jsonb_each({:entries}) WHERE true`,
    {
      ...where,
      id_time: idTime(fromDbTime(where.now)),
      entries: JSON.stringify(
        entries.map(({ jobId, rawId, erpId, code, body, changes }) => [
          jobId,
          rawId,
          erpId,
          code,
          body,
          changesText(changes),
        ]),
      ),
    },
  );
}

/** The field is JSON: "no changes" is a JSON null, never an SQL NULL read back as something else. */
function changesText(changes: TargetChange[]): string {
  return changes.length === 0 ? "null" : JSON.stringify(changes);
}
