import type { StreamFacts } from "../../../src/operate/metric-families";
import { addDuration, noDurations } from "../../../src/operate/run-durations";
import type { RunRecord } from "../../../src/operate/runs";
import { noPushes, noRows } from "../../../src/sync/runs";

/** A run that succeeded. */
export function aRun(part: Partial<RunRecord> = {}): RunRecord {
  return {
    id: "run000000000001",
    stream: "aswan_bom",
    trigger: "schedule",
    triggered_by: "",
    status: "succeeded",
    sync_type: "full",
    started_at: "2025-12-08 09:00:00.000Z",
    ingested_at: "2025-12-08 09:00:02.000Z",
    finished_at: "2025-12-08 09:00:03.500Z",
    transport: "curl",
    cursor: "",
    push_mode: "records",
    archive_path: "",
    archive_error: "",
    replay_of: "",
    error: "",
    duration_ms: 3500,
    latency_ms: 250,
    bytes: 140_000,
    skipped_count: 0,
    ...noRows(),
    ...noPushes(),
    rows_fetched: 100,
    rows_new: 3,
    rows_unchanged: 97,
    pushed_inserted: 3,
    ...part,
  };
}

/** What the metrics of a stream are made of that is well. */
export function streamFacts(status: Partial<StreamFacts["status"]> = {}, part: Partial<StreamFacts> = {}): StreamFacts {
  return {
    status: {
      name: "aswan_bom",
      state: "idle",
      paused: false,
      schedule: "0 * * * *",
      running: null,
      progress: null,
      last_run: aRun(),
      next_run_at: "2025-12-08 10:00:00.000Z",
      last_success_at: "2025-12-08 09:00:00.000Z",
      breaker: { state: "closed", failures: 0, rests_until: "" },
      budget: null,
      jobs: { queued: 0, processing: 0, failed: 0, dead: 0, done: 3 },
      oldest_due_at: "",
      rows: 100,
      tombstones: 2,
      quarantine: 0,
      held: 0,
      waiting_for_parent: 0,
      replay_due: 0,
      ...status,
    },
    overdue: false,
    day: {
      runs: { running: 0, succeeded: 24, partial: 0, failed: 0, skipped: 0, stopped: 0, interrupted: 0 },
      sums: { bytes: 3_360_000, duration_ms: 84_000, ...noRows(), ...noPushes(), rows_fetched: 2400 },
    },
    errors: [],
    durations: addDuration(addDuration(noDurations(), 3.5), 70),
    alerts: [],
    ...part,
  };
}
