import { isOverdue } from "../operate/overdue";
import type { Alerts } from "../settings/options";
import { waitsTooLong } from "./backlog";
import type { AlertFacts, EndedRun } from "./facts";
import { ALERT_KINDS, type AlertKind } from "./kinds";
import { counted, numberText, spanText, timeText } from "./words";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A rate of fewer jobs says nothing. */
const ENOUGH_JOBS = 10;

/** How one kind of alert stands. */
export type Condition =
  | {
      state: "on";
      /** The figure that matters: rows, jobs, minutes, percent. */
      value: number;
      /** In ms. */
      since: number;
      /** The run that it is about, or "". */
      run: string;
      /** What happened, with figures: the end of a sentence that begins with the stream. */
      text: string;
      /** What to do next. */
      advice: string;
    }
  /** `text` says why it is over. */
  | { state: "off"; text: string }
  /** Nothing can be said now: what is open stays open. */
  | { state: "same" };

type Judge = (facts: AlertFacts, limits: Alerts) => Condition;

const SAME: Condition = { state: "same" };

const JUDGES: Record<AlertKind, Judge> = {
  run_failed: runFailed,
  run_long: runLong,
  many_changes: manyChanges,
  deletes_held: deletesHeld,
  dead_jobs: deadJobs,
  quarantine_grew: quarantineGrew,
  backlog: backlog,
  failure_rate: failureRate,
  no_success: noSuccess,
  overlap: overlap,
  schema_drift: schemaDrift,
  archive_failed: archiveFailed,
};

/** How every kind stands; those that are switched off are always over. */
export function conditionsOf(facts: AlertFacts, limits: Alerts): Map<AlertKind, Condition> {
  return new Map(
    ALERT_KINDS.map((kind) => [
      kind,
      limits.off.includes(kind)
        ? { state: "off", text: "this alert was switched off in options.alerts.off" }
        : JUDGES[kind](facts, limits),
    ]),
  );
}

function runFailed({ stream, newest, failing, success }: AlertFacts): Condition {
  if (!newest) return SAME;
  if (newest.status !== "failed" && newest.status !== "interrupted") return off(endSentence(newest));
  const ended = newest.status === "failed" ? "failed" : "was interrupted";
  const inRow = failing.runs > 1 ? `; it is the ${ordinal(failing.runs)} in a row` : "";
  const last = success.last ? `the last good run ended at ${timeText(success.last.finishedAt)}` : "no run was good yet";
  return {
    state: "on",
    value: failing.runs,
    since: failing.since,
    run: newest.id,
    text: `the run of ${timeText(newest.startedAt)} ${ended}: ${newest.error}${inRow}; ${last}`,
    advice: `see whether the ERP answers: erp test-connection ${stream}; earlier runs: erp runs ${stream}; docs/errors.md explains the sentence`,
  };
}

function runLong({ stream, now, running, newest }: AlertFacts, { long_minutes }: Alerts): Condition {
  const minutes = running ? Math.floor((now - running.startedAt) / MINUTE_MS) : 0;
  if (!running || now - running.startedAt <= long_minutes * MINUTE_MS) {
    return off(newest ? endSentence(newest) : "it has ended");
  }
  return {
    state: "on",
    value: minutes,
    since: running.startedAt,
    run: running.id,
    text: `a run has been at work since ${timeText(running.startedAt)}, for more than ${long_minutes} min (options.alerts.long_minutes)`,
    advice: `see how far it is: erp runs ${stream}; erp pause ${stream} stops it at its next checkpoint, and erp resume ${stream} goes on`,
  };
}

function manyChanges({ stream, ingested }: AlertFacts, { many_changes }: Alerts): Condition {
  if (!ingested) return SAME;
  const changed = Object.values(ingested.changes).reduce((sum, rows) => sum + rows, 0);
  const run = `the run of ${timeText(ingested.startedAt)}`;
  if (changed <= many_changes) return off(`${run} changed ${counted(changed, "row")}`);
  const parts = Object.entries(ingested.changes)
    .filter(([, rows]) => rows > 0)
    .map(([outcome, rows]) => `${numberText(rows)} ${outcome}`);
  return {
    state: "on",
    value: changed,
    since: ingested.finishedAt,
    run: ingested.id,
    text: `${run} changed ${counted(changed, "row")} (${parts.join(", ")}), more than ${numberText(many_changes)} (options.alerts.many_changes)`,
    advice: `see whether that is right: erp runs ${stream}; if the ERP is wrong, stop the schedule until it is mended: erp pause ${stream}`,
  };
}

function deletesHeld({ stream, held, ingested, now }: AlertFacts): Condition {
  if (held === 0) return off("no delete is held any more: they were approved, or the rows came back");
  return {
    state: "on",
    value: held,
    since: ingested?.finishedAt ?? now,
    run: ingested?.id ?? "",
    text: `${counted(held, "delete")} held: the ERP no longer sends these rows, and they are more than options.diff.max_shrink_percent allows; the target still has them`,
    advice: `they are the records of erp_raw_data with held_by; if the ERP is right: erp approve-deletes ${stream}`,
  };
}

function deadJobs({ stream, dead, now }: AlertFacts): Condition {
  if (dead.jobs === 0) return off("no job is dead any more");
  return {
    state: "on",
    value: dead.jobs,
    since: now,
    run: "",
    text: `${counted(dead.jobs, "job")} given up: the target does not have these rows as the ERP sends them; the newest: ${dead.error}`,
    advice: `which and why: erp failed ${stream} --include-dead; when the cause is mended: erp retry ${stream}`,
  };
}

function quarantineGrew({ stream, quarantine, running, newest, now }: AlertFacts): Condition {
  const { grew, open, error } = quarantine;
  if (grew === 0 && running) return SAME;
  if (grew === 0) return off(`the newest run added none; ${counted(open, "row")} still in quarantine`);
  return {
    state: "on",
    value: grew,
    since: now,
    run: running?.id ?? newest?.id ?? "",
    text: `${counted(grew, "row")} went into quarantine, ${numberText(open)} ${open === 1 ? "is" : "are"} there now; the newest: ${error}`,
    advice: `each is in failed_records with its field, its value and what was expected: have it mended in the ERP, or mend it there and erp replay ${stream} --failed`,
  };
}

function backlog({ stream, paused, backlog, now }: AlertFacts, { backlog_minutes }: Alerts): Condition {
  if (paused) return SAME;
  const { jobs, oldestAt } = backlog;
  if (jobs === 0) return off("no job waits any more");
  const waited = now - oldestAt;
  if (!waitsTooLong(backlog, backlog_minutes, now)) {
    return off(`${counted(jobs, "job")} waiting, the oldest for ${spanText(waited)}`);
  }
  return {
    state: "on",
    value: Math.floor(waited / MINUTE_MS),
    since: oldestAt,
    run: "",
    text: `${counted(jobs, "job")} waiting to be pushed, the oldest since ${timeText(oldestAt)}, longer than ${backlog_minutes} min (options.alerts.backlog_minutes)`,
    advice: `why pushes fail: erp failed ${stream}; whether the worker works: erp status, then erp work ${stream}`,
  };
}

function failureRate({ stream, paused, pastHour, now }: AlertFacts, { failure_percent }: Alerts): Condition {
  const { succeeded, failed } = pastHour;
  const jobs = succeeded + failed;
  // Few jobs say nothing, but that none of them failed ends an episode.
  if (paused || jobs === 0 || (jobs < ENOUGH_JOBS && failed > 0)) return SAME;
  const percent = (failed / jobs) * 100;
  const sentence = `${numberText(failed)} of ${counted(jobs, "job")} of the past hour failed (${percent.toFixed(1)} %)`;
  if (percent <= failure_percent) return off(sentence);
  return {
    state: "on",
    value: Math.round(percent),
    since: now - HOUR_MS,
    run: "",
    text: `${sentence}, more than ${failure_percent} % (options.alerts.failure_percent)`,
    advice: `which and why: erp failed ${stream} --include-dead`,
  };
}

function noSuccess(facts: AlertFacts, { no_success_hours }: Alerts): Condition {
  const { stream, paused, schedule, success, now } = facts;
  const { last, firstRunAt, running } = success;
  const since = last?.finishedAt ?? firstRunAt;
  if (paused || since === 0) return SAME;
  const late =
    no_success_hours > 0
      ? now - since > no_success_hours * HOUR_MS && !(running && !last)
      : isOverdue(schedule, success, now);
  if (!late) return last ? off(`a run ended well at ${timeText(last.finishedAt)}`) : SAME;
  const limit =
    no_success_hours > 0 ? `${no_success_hours} h (options.alerts.no_success_hours)` : "two intervals of its schedule";
  return {
    state: "on",
    value: Math.floor((now - since) / HOUR_MS),
    since,
    run: facts.newest?.id ?? "",
    text: `${last ? `no run has succeeded since ${timeText(since)}` : `no run has succeeded yet, the first was at ${timeText(since)}`}, for more than ${limit}; the target is that old`,
    advice: `why: erp runs ${stream}, erp health; is PocketBase's schedule registered: erp status; then erp sync ${stream}`,
  };
}

function overlap({ stream, skipped, running, newest }: AlertFacts): Condition {
  if (!skipped && running) return SAME;
  if (!skipped) return off(newest ? `${endSentence(newest)}, and no trigger came meanwhile` : "no trigger was skipped");
  return {
    state: "on",
    value: skipped.triggers,
    since: skipped.at,
    run: running?.id ?? newest?.id ?? "",
    text: `${counted(skipped.triggers, "trigger")} (${skipped.trigger}) came at ${timeText(skipped.at)} while a run was at work${running ? ` since ${timeText(running.startedAt)}` : ""}; one more run follows when it ends`,
    advice: `if this comes often, a run takes longer than the interval: erp runs ${stream}; make schedule rarer`,
  };
}

/** So many fields are named. */
const NAMED_FIELDS = 12;

function schemaDrift({ stream, fields, running, newest }: AlertFacts): Condition {
  if (fields.length === 0 && running) return SAME;
  if (fields.length === 0) return off("the newest run found no further change, and no field is missing");
  const named = fields.slice(0, NAMED_FIELDS).map(fieldSentence);
  if (fields.length > NAMED_FIELDS) named.push(`and ${fields.length - NAMED_FIELDS} more`);
  const isGone = fields.some(({ change }) => change === "gone");
  return {
    state: "on",
    value: fields.length,
    since: Math.min(...fields.map(({ at }) => at)),
    run: newest?.id ?? "",
    text: `the ERP's rows have changed: ${named.join("; ")}${isGone ? "; the target keeps the last values of what is gone" : ""}`,
    advice: `ask whoever runs the ERP whether it is meant; sync_fields lists every field, docs/alerts.md says what to do with a field that is gone for good; what the rows look like now: erp test-connection ${stream}`,
  };
}

function fieldSentence({ name, change, types, was }: AlertFacts["fields"][number]): string {
  if (change === "gone") return `${name} is gone`;
  if (change === "type") return `${name} was ${was}, now also ${typesAdded(types, was)}`;
  return change === "returned" ? `${name} is back` : `${name} is new (${types || "null"})`;
}

function typesAdded(types: string, was: string): string {
  const before = was.split(",");
  return types
    .split(",")
    .filter((type) => !before.includes(type))
    .join(", ");
}

function archiveFailed({ stream, archives, archived }: AlertFacts): Condition {
  if (!archives) return off("answers are not archived any more (options.archive.to)");
  if (!archived) return SAME;
  const run = `the answer of the run of ${timeText(archived.at)}`;
  if (archived.error === "") return off(`${run} was archived`);
  return {
    state: "on",
    value: 1,
    since: archived.at,
    run: archived.run,
    text: `${run} was not archived: ${archived.error}`,
    advice: `rows are synced as ever, but there is no copy of what the ERP said; mend it as the sentence says, then see: erp doctor, erp sync ${stream}`,
  };
}

function off(text: string): Condition {
  return { state: "off", text };
}

function endSentence({ status, startedAt, finishedAt, rowsFetched }: EndedRun): string {
  return `the run of ${timeText(startedAt)} ended as ${status} after ${spanText(finishedAt - startedAt)}, ${counted(rowsFetched, "row")} fetched`;
}

function ordinal(n: number): string {
  const tail = n % 100;
  const last = tail > 10 && tail < 14 ? 0 : n % 10;
  return `${n}${["th", "st", "nd", "rd"][last] ?? "th"}`;
}
