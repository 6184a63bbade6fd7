import { isOverdue, type Success } from "./overdue";

export type HealthStatus = "ok" | "degraded" | "failed";

/** The parts of the health (002: database, connector, target; and whether alerts reach somebody). */
export const PARTS = ["database", "source", "target", "alerts"] as const;
export type Part = (typeof PARTS)[number];

export interface Health {
  /** degraded: it works, and somebody should look. failed: it cannot work. */
  status: HealthStatus;
  /** Why the status is not ok. */
  reasons: string[];
  /** What a superuser should know although it makes nothing worse. */
  warnings: string[];
}

/** What the health of one stream follows from. */
export interface StreamHealth {
  name: string;
  paused: boolean;
  schedule: string;
  /** Why no run of it can begin, "" when one can. */
  problem: string;
  /** The newest run that says something about the ERP: neither skipped, stopped nor interrupted, and ended. */
  newest: { status: string; startedAt: string; error: string } | null;
  success: Success;
  target: string;
  /** Rules of the target that are open to everyone; null when the collection does not exist. */
  openRules: string[] | null;
  /** Jobs that wait to be pushed, the oldest of them for longer than `minutes` (options.alerts.backlog_minutes); null: none does. */
  backlog: { jobs: number; since: string; minutes: number } | null;
  dead: number;
  held: number;
  /** Rows that came into quarantine since the newest run began. */
  quarantined: number;
}

/** Messages of a stream that did not arrive at their newest attempt. */
export interface Undelivered {
  stream: string;
  messages: number;
  /** Of one of them. */
  error: string;
}

const WORST_FIRST: HealthStatus[] = ["failed", "degraded", "ok"];

/** The health of several parts as one: the worst status, every reason. */
export function together(parts: Health[]): Health {
  return {
    status: WORST_FIRST.find((status) => parts.some((part) => part.status === status)) ?? "ok",
    reasons: parts.flatMap((part) => part.reasons),
    warnings: parts.flatMap((part) => part.warnings),
  };
}

/** The ERP as the newest run met it: nothing is asked for this. */
export function sourceHealth(streams: StreamHealth[], now: number): Health {
  return together(streams.map((stream) => sourceOf(stream, now)));
}

function sourceOf(stream: StreamHealth, now: number): Health {
  const { name, paused, schedule, problem, newest, success } = stream;
  if (paused) return { ...well(), warnings: [`${name}: the stream is paused: no schedule, no worker`] };
  if (problem !== "") return { ...well(), status: "failed", reasons: [`${name}: ${problem}`] };
  const reasons: string[] = [];
  if (newest?.status === "failed") {
    reasons.push(`${name}: the newest run, of ${minute(newest.startedAt)} UTC, failed: ${newest.error}`);
  }
  if (isOverdue(schedule, success, now)) {
    const since = success.last ? `since ${minute(new Date(success.last.finishedAt).toISOString())} UTC` : "yet";
    reasons.push(`${name}: no run has succeeded ${since}, although the schedule has come due twice: erp runs ${name}`);
  }
  return { ...well(), status: reasons.length === 0 ? "ok" : "degraded", reasons };
}

export function targetHealth(streams: StreamHealth[]): Health {
  return together(streams.map(targetOf));
}

function targetOf({ name, paused, target, openRules, backlog, dead, held, quarantined }: StreamHealth): Health {
  if (openRules === null) {
    return { ...well(), status: "failed", reasons: [`${name}: collection ${target} does not exist`] };
  }
  const reasons: string[] = [];
  if (backlog && !paused) {
    const { jobs, since, minutes } = backlog;
    reasons.push(
      `${name}: ${counted(jobs, "job")} waiting to be pushed, the oldest since ${minute(since)} UTC, longer than ${minutes} min (options.alerts.backlog_minutes): erp failed ${name}, then erp work ${name}`,
    );
  }
  if (dead > 0) reasons.push(`${name}: ${counted(dead, "dead job")}: erp failed ${name} --include-dead`);
  if (quarantined > 0) {
    reasons.push(
      `${name}: ${counted(quarantined, "more row")} in quarantine since the newest run began; see failed_records`,
    );
  }
  const warnings: string[] = [];
  if (held > 0) warnings.push(`${name}: ${counted(held, "delete")} held; if right: erp approve-deletes ${name}`);
  if (openRules.length > 0) {
    warnings.push(`${name}: anybody who reaches this server may use ${target} (${openRules.join(", ")}): erp doctor`);
  }
  return { status: reasons.length === 0 ? "ok" : "degraded", reasons, warnings };
}

/** Alerts that do not arrive: whoever relies on them must learn of it here. */
export function alertsHealth(undelivered: Undelivered[]): Health {
  const reasons = undelivered.map(
    ({ stream, messages, error }) =>
      `${stream}: ${counted(messages, "alert")} could not be sent: ${error}; when it is mended: erp test-alert ${stream}`,
  );
  return { ...well(), status: reasons.length === 0 ? "ok" : "degraded", reasons };
}

function well(): Health {
  return { status: "ok", reasons: [], warnings: [] };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2025-12-08 09:39` */
function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
