import { coerceError } from "../sync/errors";
import type { Log } from "../sync/ports";

/**
 * Saves the record of a run that has ended, once, so that hooks of other people on sync_runs and realtime subscribers
 * hear of it: all writes before were plain SQL. For them the record goes from running to what it is; what one of them
 * throws is theirs.
 */
export function saveFinishedRun(log: Log, runId: string): void {
  try {
    const record = $app.findRecordById("sync_runs", runId);
    const status = record.getString("status");
    record.set("status", "running");
    record.postScan();
    record.set("status", status);
    $app.save(record);
  } catch (error) {
    log.warn("a run has ended, but a hook on sync_runs failed", { run: runId, error: coerceError(error) });
  }
}
