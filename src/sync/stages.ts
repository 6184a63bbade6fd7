import { type FetchedAnswer, fetchAnswer } from "./answer";
import type { RunContext } from "./context";
import { diff as compare } from "./diff";
import { type Drained, drain } from "./drain";
import { learnFields, noticeGone } from "./fields";
import { heal as healTarget } from "./heal";
import { ingest as store } from "./ingest";
import { loadPages, type Stored } from "./load";
import type { Plan } from "./plan";
import type { Question } from "./question";
import { refusedRows, rejectedRows, stage } from "./stage";
import { touch as touchTarget } from "./touch";

// The steps of a run, each with its entry in the log: what it did and how long it took.

/** The ERP's answer on disk, proven as far as it goes. */
export function fetch(run: RunContext, question: Question): FetchedAnswer {
  const counts = ({ files, complete, paged }: FetchedAnswer) => ({ pages: files.length, complete, paged });
  return stage(run, "fetch", () => fetchAnswer(run, question), counts);
}

/** Page after page fetched, compared and stored, as far as the day's budget goes. */
export function load(run: RunContext, question: Question): Stored {
  return stage(
    run,
    "load",
    () => loadPages(run, question),
    ({ changes }) => ({ ...run.rows, changes }),
  );
}

/** What would have to be written; nothing is yet. */
export function diff(run: RunContext, answer: FetchedAnswer): Plan {
  const counts = () => run.rows;
  return stage(run, "diff", () => compare(run, answer), counts);
}

/** Raw rows, jobs and quarantine, and what the answer tells of the ERP's fields. */
export function ingest(run: RunContext, plan: Plan): ReturnType<typeof store> {
  const { leftovers, absent, missed, keyless } = plan;
  const sizes = { rows: leftovers.count, absent: absent.length, missed: missed.length, keyless: keyless.count };
  const work = () => {
    learnFields(run, plan);
    const pushed = store(run, plan);
    noticeGone(run, plan);
    return pushed;
  };
  return stage(run, "ingest", work, () => ({ ...sizes, ...rejectedRows(run) }));
}

/** Owned target records that somebody deleted are wanted again. */
export function heal(run: RunContext): void {
  stage(
    run,
    "heal",
    () => healTarget(run),
    (gone) => ({ gone }),
  );
}

/** What is due goes into the target; `pushed` went there with the ingest. */
export function push(run: RunContext, { changes, pushed }: Stored): Drained {
  const counts = ({ counts, halted }: Drained) => ({
    ...counts,
    ...(halted !== "" && { error: halted }),
    ...refusedRows(run),
  });
  return stage(run, "push", () => drain(run, changes, pushed), counts);
}

/** Marks the target records of all rows that the ERP still sends. */
export function touch(run: RunContext): void {
  stage(
    run,
    "touch",
    () => touchTarget(run),
    (touched) => ({ touched }),
  );
}
