import { ALERT_KINDS } from "../alerts/kinds";
import { fromDbTime } from "../sync/clock";
import type { RunDurations } from "../sync/ports";
import { PUSH_COUNTS, type PushCounts, ROW_COUNTS, type RowCounts, type RunStatus } from "../sync/runs";
import type { Family, Sample } from "./prometheus-text";
import { DURATION_BOUNDS } from "./run-durations";
import type { RunRecord } from "./runs";
import type { StreamStatus } from "./status";

/** What the metrics of one stream are made of. */
export interface StreamFacts {
  status: StreamStatus;
  /** It has had no success for two of its intervals. */
  overdue: boolean;
  day: DayFacts;
  /** Rows in quarantine by kind. */
  errors: { stage: string; type: string; rows: number }[];
  /** Of the runs of this process. */
  durations: RunDurations;
  /** Kinds of alerts that are open. */
  alerts: string[];
}

/** Runs that began within the past 24 hours. */
export interface DayFacts {
  /** `skipped` counts triggers. */
  runs: Record<RunStatus, number>;
  sums: RowCounts & PushCounts & { bytes: number; duration_ms: number };
}

const ENDS = ["succeeded", "partial", "failed", "stopped", "interrupted"] as const;
/** `duplicate` and `held` rows stand in another outcome as well. */
const ROW_OUTCOMES = ROW_COUNTS.filter((name) => name !== "rows_fetched");

interface Metric {
  name: string;
  help: string;
  /** gauge, unless said otherwise. */
  type?: Family["type"];
  /** The samples of one stream; the label `stream` is added to them. */
  of(facts: StreamFacts, now: number): Sample[];
}

const METRICS: Metric[] = [
  {
    name: "erp_sync_paused",
    help: "1 while the stream is paused.",
    of: ({ status }) => one(status.paused ? 1 : 0),
  },
  {
    name: "erp_sync_running_seconds",
    help: "Seconds since the run in progress began. 0: there is none.",
    of: ({ status }, now) => one(status.state === "running" ? secondsSince(status.running?.started_at, now) : 0),
  },
  {
    name: "erp_sync_next_run_timestamp_seconds",
    help: "When the schedule comes due next. Absent: the stream is paused, or runs by hand only.",
    of: ({ status }) => timestamp(status.next_run_at),
  },
  {
    name: "erp_sync_failures_in_a_row",
    help: "Failed runs since the newest one that did not fail. Absent: the settings cannot be used.",
    of: ({ status }) => (status.breaker ? one(status.breaker.failures) : []),
  },
  {
    name: "erp_sync_breaker_open",
    help: "1 while scheduled runs are left out because the ERP keeps failing.",
    of: ({ status }) => one(status.breaker?.state === "open" ? 1 : 0),
  },
  {
    name: "erp_sync_last_success_timestamp_seconds",
    help: "When the newest run that succeeded began. Absent until one has.",
    of: ({ status }) => timestamp(status.last_success_at),
  },
  {
    name: "erp_sync_success_overdue",
    help: "1 when no run has succeeded, in part at least, for two intervals of the schedule and as long as the last good run took.",
    of: ({ overdue }) => one(overdue ? 1 : 0),
  },
  {
    name: "erp_sync_last_run_status",
    help: "1 for the status of the newest run that ended, 0 for the others. Absent until one has.",
    of: ({ status }) => ofRun(status, (run) => ENDS.map((end) => by({ status: end }, run.status === end ? 1 : 0))),
  },
  {
    name: "erp_sync_last_run_duration_seconds",
    help: "How long the newest run that ended took.",
    of: ({ status }) => ofRun(status, (run) => one(run.duration_ms / 1000)),
  },
  {
    name: "erp_sync_last_run_latency_seconds",
    help: "Time until the first byte of the ERP's answer, in the newest run that ended.",
    of: ({ status }) => ofRun(status, (run) => one(run.latency_ms / 1000)),
  },
  {
    name: "erp_sync_last_run_bytes",
    help: "Size of the ERP's answer in the newest run that ended.",
    of: ({ status }) => ofRun(status, (run) => one(run.bytes)),
  },
  {
    name: "erp_sync_last_run_rows_fetched",
    help: "Rows in the ERP's answer in the newest run that ended.",
    of: ({ status }) => ofRun(status, (run) => one(run.rows_fetched)),
  },
  {
    name: "erp_sync_last_run_rows",
    help: "Rows by outcome in the newest run that ended. duplicate and held rows stand in another one as well.",
    of: ({ status }) => ofRun(status, (run) => byOutcome(run, ROW_OUTCOMES)),
  },
  {
    name: "erp_sync_last_run_pushes",
    help: "Pushes by outcome in the newest run that ended.",
    of: ({ status }) => ofRun(status, (run) => byOutcome(run, PUSH_COUNTS)),
  },
  {
    name: "erp_sync_runs_past_day",
    help: "Runs that began within the past 24 hours, by status; skipped counts triggers. A gauge: it falls again.",
    of: ({ day }) => Object.entries(day.runs).map(([status, runs]) => by({ status }, runs)),
  },
  {
    name: "erp_sync_run_duration_seconds",
    help: "How long the runs took that have ended since PocketBase began, without those of the console.",
    type: "histogram",
    of: ({ durations }) => histogram(durations),
  },
  {
    name: "erp_sync_run_seconds_past_day",
    help: "How long the runs of the past 24 hours took, all together. A gauge: it falls again.",
    of: ({ day }) => one(day.sums.duration_ms / 1000),
  },
  {
    name: "erp_sync_bytes_past_day",
    help: "Size of the ERP's answers in the runs of the past 24 hours. A gauge: it falls again.",
    of: ({ day }) => one(day.sums.bytes),
  },
  {
    name: "erp_sync_rows_fetched_past_day",
    help: "Rows in the ERP's answers in the runs of the past 24 hours. A gauge: it falls again.",
    of: ({ day }) => one(day.sums.rows_fetched),
  },
  {
    name: "erp_sync_rows_past_day",
    help: "Rows by outcome in the runs of the past 24 hours. A gauge: it falls again.",
    of: ({ day }) => byOutcome(day.sums, ROW_OUTCOMES),
  },
  {
    name: "erp_sync_pushes_past_day",
    help: "Pushes by outcome in the runs of the past 24 hours, without those of the worker. A gauge: it falls again.",
    of: ({ day }) => byOutcome(day.sums, PUSH_COUNTS),
  },
  {
    name: "erp_sync_jobs",
    help: "Jobs in the queue by status. done falls when old jobs are pruned, so this is a gauge.",
    of: ({ status }) => Object.entries(status.jobs).map(([name, jobs]) => by({ status: name }, jobs)),
  },
  {
    name: "erp_sync_oldest_due_job_age_seconds",
    help: "Seconds since the oldest job that waits came due. 0: none is due.",
    of: ({ status }, now) => one(secondsSince(status.oldest_due_at, now)),
  },
  {
    name: "erp_sync_known_rows",
    help: "Rows that the ERP sends, as stored.",
    of: ({ status }) => one(status.rows),
  },
  {
    name: "erp_sync_missing_rows",
    help: "Stored rows that the ERP no longer sends.",
    of: ({ status }) => one(status.tombstones),
  },
  {
    name: "erp_sync_quarantined_rows",
    help: "Open records in quarantine, without those that a person ignored.",
    of: ({ status }) => one(status.quarantine),
  },
  {
    name: "erp_sync_errors",
    help: "Open records in quarantine by the stage and type of the error. A type without any is absent.",
    of: ({ errors }) => errors.map(({ stage, type, rows }) => by({ stage, type }, rows)),
  },
  {
    name: "erp_sync_held_rows",
    help: "Rows whose delete is held until a person approves it.",
    of: ({ status }) => one(status.held),
  },
  {
    name: "erp_sync_rows_without_parent",
    help: "Rows whose parent in another stream is not there yet.",
    of: ({ status }) => one(status.waiting_for_parent),
  },
  {
    name: "erp_sync_alert_open",
    help: "1 while an alert of this kind is open.",
    of: ({ alerts }) => ALERT_KINDS.map((kind) => by({ kind }, alerts.includes(kind) ? 1 : 0)),
  },
];

/**
 * What is told to Prometheus (002, "Metrics"; 004). All but the histogram are gauges, sums too: they are read from
 * collections whose old records are pruned, and a counter that falls would be taken for a restart.
 */
export function metricFamilies(streams: StreamFacts[], now: number): Family[] {
  return METRICS.map(({ name, help, type = "gauge", of }) => ({
    name,
    help,
    type,
    samples: streams.flatMap((facts) =>
      of(facts, now).map((sample) => ({ ...sample, labels: { stream: facts.status.name, ...sample.labels } })),
    ),
  }));
}

function one(value: number): Sample[] {
  return [by({}, value)];
}

function by(labels: Record<string, string>, value: number): Sample {
  return { labels, value };
}

function histogram({ within, seconds }: RunDurations): Sample[] {
  const buckets = within.map((runs, at): Sample => {
    const le = String(DURATION_BOUNDS[at] ?? "+Inf");
    return { part: "bucket", labels: { le }, value: runs };
  });
  const count = within[DURATION_BOUNDS.length] ?? 0;
  return [...buckets, { part: "sum", labels: {}, value: seconds }, { part: "count", labels: {}, value: count }];
}

function ofRun({ last_run }: StreamStatus, samples: (run: RunRecord) => Sample[]): Sample[] {
  return last_run ? samples(last_run) : [];
}

function byOutcome<T extends string>(counts: Record<T, number>, names: readonly T[]): Sample[] {
  return names.map((name) => by({ outcome: name.replace(/^(rows|pushed)_/, "") }, counts[name]));
}

function timestamp(time: string): Sample[] {
  return time === "" ? [] : one(fromDbTime(time) / 1000);
}

/** 0 for a time that is none or still to come. */
function secondsSince(time: string | undefined, now: number): number {
  return time ? Math.max(0, (now - fromDbTime(time)) / 1000) : 0;
}
