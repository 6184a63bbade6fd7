import type { Stream } from "../settings/stream";
import { type Drained, drain, giveBack } from "../sync/drain";
import type { Engine } from "../sync/engine";
import { coerceError, Stopped } from "../sync/errors";
import type { Work } from "../sync/heal";
import type { RemapCounts } from "../sync/remap";
import { markAllDue, replay, replayDue } from "../sync/replay";
import { type FailedReplay, replayFailed } from "../sync/replay-failed";
import { noPushes } from "../sync/runs";
import { readSettings } from "../sync/settings";
import { underLease } from "../sync/under-lease";
import { type ActionInput, type ActionResult, BadOption, UnknownRecord } from "./action";
import { busy } from "./busy";
import { findFailed } from "./ignore";
import { paused, replayArchive } from "./replay-archive";

/** As long as a tick takes, in ms. */
const BRIEFLY_MS = 20_000;

/**
 * Maps what is stored again, without asking the ERP, and pushes what changed by it: every row that was mapped with
 * another mapping, the quarantine or one record of it, or the archived answer of a run.
 */
export function replayAction(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const { flags, id } = input;
  if (flags["from-archive"] !== "") return replayArchive(engine, stream, input);
  for (const name of ["dry-run", "older"]) {
    if (flags[name] === true)
      throw new BadOption(`--${name} goes with --from-archive only; without it rows are pushed`);
  }
  if (id !== "" && flags.failed !== true) throw new BadOption(`"${id}" is a record of the quarantine: add --failed`);
  if (flags.failed === true && flags.all === true) throw new BadOption("--all and --failed do not go together");
  if (stream.paused && flags.force !== true) return paused(stream.name);
  if (id !== "") assertOpen(engine, stream, id);
  try {
    const done = underLease(engine, stream, flags.force === true, (work) => {
      if (id !== "") return failedResult(work, replayFailed(work, id), id);
      input.began?.({ stream: stream.name, status: "running" });
      if (flags.failed === true) return failedResult(work, replayFailed(work, ""), "");
      if (flags.all === true) markAllDue(work);
      return replayResult(work, replay(work));
    });
    return done ? done.result : busy(stream.name);
  } catch (error) {
    if (error instanceof Stopped) return stopped(engine, stream, error);
    throw error;
  }
}

function assertOpen(engine: Engine, stream: Stream, id: string): void {
  const record = findFailed(engine.store, id);
  if (!record || record.stream !== stream.name) throw new UnknownRecord("failed_records", id);
  if (record.resolvedAt !== "")
    throw new BadOption(`record ${id} is closed since ${record.resolvedAt}; nothing is left to replay`);
}

function replayResult(work: Work, counts: RemapCounts): ActionResult {
  const drained = drain(work, counts.queued);
  const data = { stream: work.stream.name, status: "done", ...counts, ...drained.counts };
  const line = `${work.stream.name}: ${counts.rows} rows mapped again, ${counts.invalid} of them in quarantine, ${counts.queued} to push`;
  return result(work, data, [line], drained);
}

function failedResult(work: Work, counts: FailedReplay, id: string): ActionResult {
  const drained = id === "" ? drain(work, counts.mended) : drainBriefly(work);
  const data = { stream: work.stream.name, status: "done", ...counts, ...drained.counts };
  const lines = [`${work.stream.name}: ${counts.rows} rows in quarantine looked at, ${counts.mended} of them mended`];
  for (const { id: still, error } of counts.still) lines.push(`${still}: ${error}`);
  const answer = result(work, data, lines, drained);
  const [still] = counts.still;
  return id !== "" && still ? { ...answer, ok: false, data: { ...data, error: still.error } } : answer;
}

/** For one record nobody waits until the whole queue is empty. */
function drainBriefly(work: Work): Drained {
  const { engine } = work;
  const until = engine.clock() + BRIEFLY_MS;
  const checkpoint = (): void => {
    work.checkpoint();
    if (engine.clock() > until) throw new Stopped("time", "the queue is long");
  };
  try {
    return drain({ ...work, checkpoint });
  } catch (error) {
    if (!(error instanceof Stopped) || error.reason !== "time") throw error;
    giveBack(work, engine.clock());
    return { counts: noPushes(), halted: "" };
  }
}

function result(work: Work, data: Record<string, unknown>, lines: string[], { counts, halted }: Drained): ActionResult {
  const pushed = `pushed ${counts.pushed_inserted} inserts, ${counts.pushed_updated} updates, ${counts.pushed_deleted} deletes; ${counts.pushed_failed} failed`;
  lines[0] = `${lines[0]}; ${pushed}`;
  work.engine.log.info("replayed", { ...data, still: undefined });
  if (halted === "") return { ok: true, data, lines };
  const error = `pushing stopped: ${halted}; the worker goes on with what is queued`;
  return { ok: false, data: { ...data, error }, lines: [...lines, error] };
}

function stopped(engine: Engine, stream: Stream, reason: Stopped): ActionResult {
  const due = replayDue(engine, stream);
  const error = `${coerceError(reason)}; what was done stays, ${due} rows are still due: replay again to go on`;
  return {
    ok: false,
    data: { stream: stream.name, status: "stopped", due, error },
    lines: [`${stream.name}: ${error}`],
  };
}
