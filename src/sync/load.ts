import { withCommas } from "../sources/answer-error";
import type { HighestCursor } from "../sources/cursor";
import type { PagePlace } from "../sources/paging";
import { mayAdopt } from "./adopt";
import { type FetchedAnswer, requestMaker } from "./answer";
import { howFar, minute, usedUp } from "./budget";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { highestCursor, startOfLoad } from "./cursor";
import { diff, refuseEmpty } from "./diff";
import { RunFailure } from "./errors";
import { learnFields } from "./fields";
import { finish } from "./finish";
import { ingest } from "./ingest";
import { type Load, standingText } from "./load-state";
import { earlyEnd, type FetchedPage, PageFetch } from "./pages";
import type { Question } from "./question";
import { noPushes, noRows, PUSH_COUNTS, type PushCounts, ROW_COUNTS, type RowCounts, type RunStatus } from "./runs";
import { plainly } from "./told";

/** What is in raw now. */
export interface Stored {
  /** Rows and absent rows that may have to be pushed. */
  changes: number;
  /** What went to the target on the way, see NewRowPush. */
  pushed: PushCounts;
  /** By a snapshot. */
  complete: boolean;
}

/** Each page takes the place of the one before it, so that a day's pages never lie on disk together. */
const FILE = "page.json";

/**
 * Fetches what the day's budget allows page by page (002, "Background Sync"). The transaction that completes a page also
 * notes where the next one is, so the next run goes on there, after a kill as well. It is no snapshot: it only adds and
 * changes rows. Throws RunFailure when nothing could be stored.
 */
export function loadPages(run: RunContext, question: Question): Stored {
  run.recordTransfer({ sync_type: question.syncType });
  const pages = new LoadedPages(run, question);
  while (pages.goesOn()) {
    const page = pages.fetch();
    if (!page) break;
    run.storing = true;
    pages.store(page);
    run.storing = false;
  }
  pages.tellHowFar();
  return { changes: pages.changes, pushed: pages.pushed, complete: false };
}

/** Nothing more may be fetched today. */
export function isUsedUp({ budget }: Question): boolean {
  return budget !== null && budget.left === 0;
}

/** Ends a run whose day's budget is used up, without asking the ERP; the worker goes on with what is queued. */
export function restToday(run: RunContext, { budget, load }: Question): RunStatus {
  if (budget)
    run.remarks.push(
      plainly(
        `${usedUp(budget)}, so the ERP was not asked${load ? `; ${howFar(load.began, load.place, budget)}` : ""}`,
      ),
    );
  return finish(run, { counts: noPushes(), halted: "" });
}

class LoadedPages {
  changes = 0;
  readonly pushed = noPushes();
  private readonly fetched: PageFetch;
  private readonly redact: (text: string) => string;
  private readonly highest: HighestCursor | null;
  private readonly began: string;
  private readonly adopts: boolean;
  private rest: PagePlace | null;
  private stored = 0;

  constructor(
    private readonly run: RunContext,
    private readonly question: Question,
  ) {
    const { makeRequest, redact } = requestMaker(run, question);
    this.redact = redact;
    this.fetched = new PageFetch(run, makeRequest, question);
    this.highest = highestCursor(run, question.load);
    this.began = question.load?.began ?? toDbTime(run.startedAt);
    this.adopts = question.load?.adopts ?? mayAdopt(run);
    this.rest = question.load?.place ?? null;
  }

  goesOn(): boolean {
    return this.fetched.goesOn && this.run.rows.rows_fetched < (this.question.budget?.left ?? 0);
  }

  /** Null when a page cannot be had and those before it are stored. */
  fetch(): FetchedPage | null {
    const { run, fetched } = this;
    try {
      const page = fetched.next(FILE);
      fetched.advance();
      if (this.question.wantsAll && !fetched.goesOn && this.stored === 0 && page.rows === 0) refuseEmpty(run);
      return page;
    } catch (error) {
      if (this.stored === 0 || !(error instanceof RunFailure)) throw error;
      const taken = { pages: this.stored, rows: run.rows.rows_fetched };
      run.notes.push(earlyEnd(error, taken, "the next run goes on there"));
      return null;
    }
  }

  store(page: FetchedPage): void {
    const { run } = this;
    this.rest = this.fetched.goesOn ? this.fetched.place(this.redact) : null;
    const reading = { ...run, rows: noRows() };
    const plan = diff(reading, this.answerOf(page));
    addCounts(run.rows, reading.rows);
    learnFields(run, plan);
    const pushed = ingest(run, plan);
    for (const name of PUSH_COUNTS) this.pushed[name] += pushed[name];
    this.stored++;
    this.changes += plan.leftovers.count;
  }

  private answerOf({ file, contentType, fingerprints }: FetchedPage): FetchedAnswer {
    const { question, rest, highest, redact } = this;
    const { fromDate, since, scope } = question;
    const isThrough = rest === null;
    return {
      ...{ files: [file], contentType, fingerprints, fromDate, highest, redact },
      ...{ complete: false, paged: true, maxRecords: 0 },
      begins: question.load === null && this.stored === 0,
      // The next incremental run may follow a full load as it follows a snapshot: nothing is left out.
      scopeHash: isThrough && since === "" ? scope : "",
      standing: () => this.standing(),
    };
  }

  private standing(): string {
    const { question, highest, rest, began, adopts } = this;
    const { scope, since, fromDate } = question;
    const { cursor } = question.standing;
    if (rest === null) return highest ? highest.afterLoad(cursor, startOfLoad(this.run, began)) : cursor;
    const load: Load = { scope, since, fromDate, began, adopts, place: rest, seen: highest?.seen() ?? null };
    return standingText({ cursor, load });
  }

  tellHowFar(): void {
    const { run, question, rest } = this;
    if (rest !== null && question.budget && !this.goesOn()) {
      run.remarks.push(plainly(`${usedUp(question.budget)}; ${howFar(this.began, rest, question.budget)}`));
    }
    if (rest === null && question.load) {
      const rows = question.load.place.rows + run.rows.rows_fetched;
      run.remarks.push(plainly(`the load that began at ${minute(this.began)} is through: ${withCommas(rows)} rows`));
    }
  }
}

function addCounts(total: RowCounts, more: RowCounts): void {
  for (const name of ROW_COUNTS) total[name] += more[name];
}
