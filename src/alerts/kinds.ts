/** What somebody is told of, once per episode: from the moment it begins until it is over (004, 003, 001). */
export const ALERT_KINDS = [
  "run_failed",
  "run_long",
  "many_changes",
  "deletes_held",
  "dead_jobs",
  "quarantine_grew",
  "backlog",
  "failure_rate",
  "no_success",
  "overlap",
  "schema_drift",
  "archive_failed",
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** Records of sync_alerts that are no alerts: a message of every day, and the POST at the end of a run. */
export const DAILY_SUMMARY = "daily_summary";
export const RUN_FINISHED = "run_finished";

const TITLES: Record<string, string> = {
  run_failed: "a run failed",
  run_long: "a run takes long",
  many_changes: "very many rows changed",
  deletes_held: "deletes are held",
  dead_jobs: "jobs are dead",
  quarantine_grew: "rows went into quarantine",
  backlog: "the queue is not worked off",
  failure_rate: "many pushes fail",
  no_success: "no run succeeds",
  overlap: "a trigger came while a run was at work",
  schema_drift: "the ERP's fields changed",
  archive_failed: "answers are not archived",
  [DAILY_SUMMARY]: "the past 24 hours",
};

/** What a person calls it. */
export function titleOf(kind: string): string {
  return TITLES[kind] ?? kind;
}
