import type { StreamStatus } from "../../operate/status";
import { counted, formatNumber } from "./format";
import { linkTo } from "./route";

export type Tone = "ok" | "info" | "warn" | "bad" | "neutral";

export interface Word {
  label: string;
  tone: Tone;
}

export type StateCode = "running" | "working" | "paused" | "failing" | "degraded" | "abandoned" | "new" | "waiting";

/** How a stream stands, in one word. What needs a person wins over what merely goes on, except a run in progress. */
export function streamState(stream: StreamStatus): Word & { code: StateCode } {
  if (stream.state === "running") return { code: "running", label: "Running", tone: "info" };
  if (stream.state === "abandoned") return { code: "abandoned", label: "Interrupted", tone: "warn" };
  if (stream.paused) return { code: "paused", label: "Paused", tone: "neutral" };
  if (stream.last_run?.status === "failed") return { code: "failing", label: "Failing", tone: "bad" };
  if (needsSomebody(stream)) return { code: "degraded", label: "Degraded", tone: "warn" };
  if (stream.state === "working") return { code: "working", label: "Pushing", tone: "info" };
  if (!stream.last_run) return { code: "new", label: "Never ran", tone: "neutral" };
  return { code: "waiting", label: "Waiting", tone: "ok" };
}

function needsSomebody({ jobs, quarantine, held, last_run: last }: StreamStatus): boolean {
  const ended = last?.status ?? "";
  return jobs.dead + quarantine + held > 0 || ended === "partial" || ended === "interrupted";
}

/** Something a person should know or do, and where. */
export interface Attention {
  tone: Tone;
  text: string;
  href?: string;
  /** What the link is called. */
  act?: string;
}

/**
 * What needs a person in this stream, the worst first.
 * @param problem why no run of it can begin, "" when one can; no matter while it is paused
 */
export function attentionOf(stream: StreamStatus, problem = ""): Attention[] {
  const { name, jobs, quarantine, held, last_run: last, breaker } = stream;
  const found: Attention[] = [];
  if (problem !== "" && !stream.paused) {
    found.push({ tone: "bad", text: `No run can begin: ${problem}`, href: linkTo(["stream", name]), act: "Settings" });
  }
  if (last?.status === "failed" || last?.status === "interrupted") {
    const said = last.status === "failed" ? "The last run failed" : "The last run was interrupted";
    const tone = last.status === "failed" ? "bad" : "warn";
    found.push({ tone, text: `${said}: ${last.error}`, href: linkTo(["run", last.id]), act: "Look at the run" });
  }
  if (breaker?.state === "open") {
    found.push({
      tone: "warn",
      text: `The ERP failed ${formatNumber(breaker.failures)} times in a row, so the schedule rests for a while. “Sync now” asks it at once.`,
    });
  }
  if (stream.state === "abandoned") {
    found.push({ tone: "warn", text: "Its process died during a run. The worker takes over within a minute or two." });
  }
  if (jobs.dead > 0) {
    found.push({
      tone: "bad",
      text: `${counted(jobs.dead, "row")} could not be pushed and ${jobs.dead === 1 ? "was" : "were"} given up: the target shows an older version.`,
      href: linkTo(["jobs"], { stream: name, status: "dead" }),
      act: "Dead letters",
    });
  }
  if (quarantine > 0) {
    found.push({
      tone: "warn",
      text: `${counted(quarantine, "row")} in quarantine: a value is not what the target takes.`,
      href: linkTo(["quarantine"], { stream: name }),
      act: "Quarantine",
    });
  }
  if (held > 0) {
    found.push({
      tone: "warn",
      text: `${counted(held, "delete")} held, because they are suspiciously many. Approve them if they are right.`,
      href: linkTo(["held", name]),
      act: "Held deletes",
    });
  }
  if (stream.waiting_for_parent > 0) {
    found.push({
      tone: "info",
      text: `${counted(stream.waiting_for_parent, "row")} waiting for a row of another stream; pushed as soon as it is there.`,
      href: linkTo(["jobs"], { stream: name, status: "open" }),
      act: "Queue",
    });
  }
  if (jobs.failed > stream.waiting_for_parent) {
    found.push({
      tone: "info",
      text: `${counted(jobs.failed - stream.waiting_for_parent, "push").replace(/pushs$/, "pushes")} failed and will be tried again.`,
      href: linkTo(["jobs"], { stream: name, status: "failed" }),
      act: "Queue",
    });
  }
  if ((stream.replay_due ?? 0) > 0) {
    found.push({
      tone: "info",
      text: `${counted(stream.replay_due ?? 0, "row")} mapped with an earlier mapping: replay to push what the change makes different.`,
      href: linkTo(["stream", name]),
      act: "Replay",
    });
  }
  return found;
}

const RUN_WORDS: Record<string, Word> = {
  running: { label: "Running", tone: "info" },
  succeeded: { label: "Succeeded", tone: "ok" },
  partial: { label: "Partial", tone: "warn" },
  failed: { label: "Failed", tone: "bad" },
  skipped: { label: "Skipped", tone: "neutral" },
  stopped: { label: "Stopped", tone: "neutral" },
  interrupted: { label: "Interrupted", tone: "warn" },
};

export function runWord(status: string): Word {
  return RUN_WORDS[status] ?? { label: status, tone: "neutral" };
}

const JOB_WORDS: Record<string, Word> = {
  queued: { label: "Queued", tone: "neutral" },
  processing: { label: "Pushing", tone: "info" },
  failed: { label: "Retrying", tone: "warn" },
  dead: { label: "Dead", tone: "bad" },
  done: { label: "Done", tone: "ok" },
};

export function jobWord(status: string): Word {
  return JOB_WORDS[status] ?? { label: status, tone: "neutral" };
}

const TRIGGERS: Record<string, string> = {
  schedule: "by schedule",
  manual: "by hand",
  webhook: "by webhook",
  console: "from the console",
  rerun: "rerun",
};

/** `by hand (demo@example.com)` */
export function triggerText(trigger: string, by: string): string {
  const text = TRIGGERS[trigger] ?? trigger;
  return by === "" ? text : `${text} (${by})`;
}
