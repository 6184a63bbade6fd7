import type { AlertFacts, EndedRun } from "../../../src/alerts/facts";
import type { Alerts } from "../../../src/settings/options";
import { defaultsApplied } from "../../../src/settings/options";

export const NOW = Date.parse("2025-12-08T12:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A run of five minutes that ended an hour ago. */
export function endedRun(part: Partial<EndedRun> = {}): EndedRun {
  return {
    id: "run000000000001",
    status: "succeeded",
    startedAt: NOW - HOUR,
    finishedAt: NOW - HOUR + 5 * MINUTE,
    error: "",
    rowsFetched: 107,
    changes: { new: 0, changed: 3, rekeyed: 0, superseded: 0, left: 0 },
    ...part,
  };
}

/** A stream with an hourly schedule about which all is well. */
export function alertFacts(part: Partial<AlertFacts> = {}): AlertFacts {
  return {
    stream: "aswan_bom",
    now: NOW,
    paused: false,
    schedule: "0 * * * *",
    newest: endedRun(),
    failing: { runs: 0, since: 0 },
    ingested: endedRun(),
    success: {
      last: { finishedAt: NOW - HOUR + 5 * MINUTE, durationMs: 5 * MINUTE },
      firstRunAt: NOW - 48 * HOUR,
      running: false,
    },
    running: null,
    skipped: null,
    held: 0,
    dead: { jobs: 0, error: "" },
    quarantine: { grew: 0, open: 0, error: "" },
    backlog: { jobs: 0, oldestAt: 0 },
    fields: [],
    archives: true,
    archived: { run: "run000000000001", at: NOW - HOUR, error: "" },
    pastHour: { succeeded: 100, failed: 0 },
    ...part,
  };
}

export function limits(part: Partial<Alerts> = {}): Alerts {
  return { ...defaultsApplied({}).alerts, ...part };
}
