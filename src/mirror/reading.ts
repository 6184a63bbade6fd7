import type { Stream } from "../settings/stream";
import { withCommas } from "../sources/answer-error";
import { fetchAnswer } from "../sync/answer";
import type { Reading } from "../sync/context";
import { diff } from "../sync/diff";
import type { Engine } from "../sync/engine";
import { RunFailure, Stopped } from "../sync/errors";
import { isAbandoned, parseOwner } from "../sync/lease";
import { isUsedUp } from "../sync/load";
import type { Plan } from "../sync/plan";
import { type Ask, decideQuestion, fits, type Question } from "../sync/question";
import { noRows, type RowCounts } from "../sync/runs";
import type { Told } from "../sync/told";
import { tellOlder } from "../sync/versions";

export interface ReadOptions {
  /** An empty answer, or one that deletes very much, is right. */
  allowEmpty: boolean;
  ask: Ask;
  /** Throws Stopped. */
  checkpoint(): void;
}

/** The difference between the ERP now and what is stored, worked out as a run does, without a lease and a run's record. */
export function readPlan<T>(
  engine: Engine,
  stream: Stream,
  options: ReadOptions,
  use: (plan: Plan, reading: { rows: RowCounts; notes: Told[] }) => T,
): T {
  const runId = engine.newId();
  const reading: Reading = {
    engine,
    stream,
    runId,
    spool: engine.openSpool(runId),
    rows: noRows(),
    allowEmpty: options.allowEmpty,
    ask: options.ask,
    startedAt: engine.clock(),
    notes: [],
    remarks: [],
    older: { rows: 0, first: "" },
    checkpoint: options.checkpoint,
    blocksFor: () => undefined,
    recordTransfer: () => undefined,
  };
  try {
    const question = decideQuestion(reading);
    refuseBeyondBudget(reading, question);
    const plan = diff(reading, fetchAnswer(reading, question));
    return use(plan, { rows: reading.rows, notes: reading.notes.concat(reading.remarks, tellOlder(reading)) });
  } finally {
    reading.spool.remove();
  }
}

/** What is only looked at takes no more than what is left of the day's budget. */
function refuseBeyondBudget(reading: Reading, question: Question): void {
  const { budget } = question;
  if (budget === null) return;
  const enough = reading.ask.full ? fits(reading, budget) : !isUsedUp(question);
  if (enough) return;
  const { left, daily } = budget;
  throw new RunFailure(
    `options.source.daily_rows leaves ${withCommas(left)} of today's ${withCommas(daily)} rows, which is not enough to look at the ERP; try again tomorrow (UTC), or raise it`,
    "budget",
  );
}

/** Stops reading at shutdown, and after `milliseconds` (0: never) with `tooLong` as its sentence. */
export function readingCheckpoint(engine: Engine, milliseconds: number, tooLong: string): () => void {
  const until = milliseconds > 0 ? engine.clock() + milliseconds : Number.POSITIVE_INFINITY;
  return () => {
    if (engine.signals.stopping()) throw new Stopped("shutdown", "PocketBase is shutting down");
    if (engine.clock() > until) throw new Stopped("time", tooLong);
  };
}

/** The run that has the stream now, or "": what it changes meanwhile may show as a difference. */
export function runInProgress(engine: Engine, stream: string): string {
  const row = engine.store.one(
    "SELECT lock_owner AS owner, lock_expires_at AS expires FROM sync_settings WHERE name = {:stream}",
    { stream },
    { owner: "", expires: "" },
  );
  if (!row || isAbandoned(engine, row.owner, row.expires)) return "";
  const holder = parseOwner(row.owner);
  return holder?.kind === "run" ? holder.id : "";
}
