import { WAIT_RETRIES } from "../queue/wait";
import type { Stream } from "../settings/stream";
import type { TargetChange } from "../sync/ports";
import { isMark } from "../sync/raw";
import type { RowDetails, WaitingJob } from "./details";
import type { Looked } from "./look";
import type { Cause } from "./verdict";

/** dead: what it waits for is a person, as its job was given up. */
export type StateCode = "as_sent" | "kept" | Cause | "dead" | "gone";

/** How a row stands, for a program and for a person. */
export interface RowState {
  code: StateCode;
  sentence: string;
}

type Settings = Pick<Stream, "name" | "paused" | "onMissing"> & { options: Pick<Stream["options"], "retry" | "diff"> };

/** One sentence about a row that a planner understands: what the target shows, or what it waits for. */
export function rowState(looked: Looked, details: RowDetails | undefined, stream: Settings): RowState {
  const { verdict, row } = looked;
  const job = details?.job ?? null;
  const left = row.missingSince === "" ? "" : `not in the ERP since ${shown(row.missingSince)}; `;
  const say = (code: StateCode, sentence: string): RowState => ({ code, sentence: left + sentence });
  const waits = jobSentence(job, stream);
  switch ("cause" in verdict ? verdict.cause : verdict.kind) {
    case "waits":
      return say(isGivenUp(job) ? "dead" : "waits", left === "" ? waits : `its ${leftPush(row.mappedHash)} ${waits}`);
    case "quarantine":
      return say("quarantine", quarantineSentence(looked, details));
    case "held":
      return say("held", heldSentence(row.heldBy, stream.name));
    case "deleted":
      return say("deleted", `somebody deleted the target record; the next run makes it again, or ${repair(stream)}`);
    case "changed":
      return say("changed", `somebody changed the target record (${fieldsOf(looked.changes)}); ${repair(stream)}`);
    case "remapped":
      return say(
        "remapped",
        `the mapping was changed since (${fieldsOf(looked.changes)}); erp replay ${stream.name} pushes that`,
      );
    case "restored":
      return say(
        "restored",
        "its target record was deleted, and somebody made it again; delete it by hand if that is wrong",
      );
    case "kept":
      return say("kept", keptSentence(looked, details, stream));
    default:
      return left === "" ? say("as_sent", shownSentence(looked)) : say("gone", "the target has no record of it");
  }
}

/** What a push would bring to the target record of a left row. */
function leftPush(mappedHash: string): string {
  if (mappedHash === "") return "delete";
  return isMark(mappedHash) ? "mark" : "last version";
}

function shownSentence({ row }: Looked): string {
  if (row.editedAt === "") return `the target shows what the ERP sent at ${shown(row.fetchedAt)}`;
  return `the target shows the row as a person mended it at ${shown(row.editedAt)}; the ERP sent it otherwise at ${shown(row.fetchedAt)}`;
}

/** A job without a parent is dead too, but goes on by itself when the parent comes. */
function isGivenUp(job: WaitingJob | null): boolean {
  return job?.status === "dead" && job.waitsFor === "";
}

function jobSentence(job: WaitingJob | null, stream: Settings): string {
  if (job?.status === "dead" && job.waitsFor !== "") return `${job.lastError}; it is pushed as soon as that is there`;
  if (job && isGivenUp(job)) {
    return `waits: job dead because ${job.lastError}; mend the cause, then: erp retry ${stream.name} --job ${job.id}`;
  }
  if (stream.paused) return "waits: the stream is paused";
  if (job?.status === "processing") return "is being pushed now";
  if (job?.status !== "failed") return "waits to be pushed; the worker does that within a minute";
  if (job.waitsFor !== "") {
    return `${job.lastError}; it is pushed as soon as that is there, and in quarantine after ${WAIT_RETRIES} retries (${job.retryCount - 1} so far)`;
  }
  const most = stream.options.retry.max_retries;
  return `waits: push failed because ${job.lastError}; retry ${job.retryCount} of ${most} is due at ${shown(job.nextAttemptAt)}`;
}

function quarantineSentence({ row }: Looked, details: RowDetails | undefined): string {
  const found = details?.quarantine;
  const why = found ? ` (${found.message}), last seen at ${shown(found.lastSeenAt)}` : "";
  const target = row.record === null ? "the target has no record of it" : "the target keeps the last good version";
  return `in quarantine${why}; ${target}`;
}

function heldSentence(run: string, stream: string): string {
  return `its delete is held, it was one of too many; if it is right: erp approve-deletes ${stream} ${run}`;
}

function keptSentence({ row }: Looked, details: RowDetails | undefined, { onMissing, options }: Settings): string {
  if (row.missingSince === "") {
    const why = details?.quarantine ? ` (${details.quarantine.message})` : "";
    return `a person chose to ignore its quarantine${why}; the target ${row.record === null ? "has no record of it" : "keeps the last good version"}`;
  }
  if (isMark(row.mappedHash)) return "its target record is marked";
  const window = options.diff.window_field;
  const why = onMissing !== "keep" && window !== "" ? `it had aged out by its ${window}` : `on_missing: ${onMissing}`;
  return `the target keeps the last version (${why})`;
}

function repair(stream: Settings): string {
  return `the daily verify, or erp verify ${stream.name} --repair, mends it`;
}

/** `BOM_QTY is 99, should be 10`, the first three fields. */
function fieldsOf(changes: TargetChange[]): string {
  const said = changes.slice(0, 3).map(({ field, from, to }) => `${field} is ${json(from)}, should be ${json(to)}`);
  if (changes.length > 3) said.push(`and ${changes.length - 3} more`);
  return said.join("; ");
}

function json(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** `2025-12-08 09:39:14 UTC` */
export function shown(time: string): string {
  return time === "" ? "an unknown time" : `${time.slice(0, 19)} UTC`;
}
