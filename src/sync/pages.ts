import { withCommas } from "../sources/answer-error";
import { type PagePlace, Pager, type ReadPage } from "../sources/paging";
import type { SourceRequest } from "../sources/request";
import { RowReader } from "../sources/rows";
import type { Reading } from "./context";
import { coerceError, RunFailure } from "./errors";
import { fetchWhole } from "./fetch";
import type { HttpAnswer } from "./ports";
import type { Question } from "./question";
import { type AnswerOrigin, readRows } from "./scan";
import { type Told, toldOf } from "./told";

/** A page on disk, proven complete. */
export interface FetchedPage {
  file: string;
  contentType: string;
  rows: number;
  /** The hash of each row's text, in their order. */
  fingerprints: string[];
}

/** Pages on disk, each proven complete. */
export interface FetchedPages {
  files: string[];
  contentType: string;
  /** Why pages are missing at the end; null when all came, or when the budget did not let them come. */
  endedEarly: Told | null;
  /** Where the rest begins; null when there is none, or when it cannot be gone on with. */
  rest: PagePlace | null;
}

/** Fetches the pages of a question one after the other; each is read to its end before the next one is asked for. */
export class PageFetch {
  /** There is another page. */
  goesOn = true;
  /** By this fetch, without those of earlier runs of its load. */
  pages = 0;
  rows = 0;
  private bytes = 0;
  private newest: ReadPage | null = null;
  private readonly pager: Pager;

  constructor(
    private readonly run: Reading,
    private readonly makeRequest: () => SourceRequest,
    question: Pick<Question, "pageSize" | "load">,
  ) {
    const { paging } = run.stream.options.source;
    this.pager = new Pager(paging, question.pageSize || paging.page_size, question.load?.place);
  }

  /** Where the next page is asked for. Throws RunFailure when that must not be stored. */
  place(redact: AnswerOrigin["redact"]): PagePlace {
    const place = this.pager.place();
    if (redact(place.next) === place.next) return place;
    throw new RunFailure(
      "the address of the next page holds a secret of the request, so it must not be stored for the next run: send the secret in a header, or set options.source.daily_rows to 0",
      "paging",
    );
  }

  /** Fetches the next page into this file of the spool. Throws RunFailure when it cannot be had. */
  next(file: string): FetchedPage {
    const { run, pager, makeRequest } = this;
    const { redact } = makeRequest();
    const answer = fetchWhole(told(run, this.bytes), () => pageRequest(makeRequest(), pager), file);
    this.bytes += answer.bytes;
    const { page, fingerprints } = provePage(run, file, answer, { redact, hadRows: pager.pages > 0 });
    this.newest = page;
    this.pages++;
    this.rows += page.rows;
    run.engine.progress("fetch", this.bytes, 0);
    return { file, contentType: answer.contentType, rows: page.rows, fingerprints };
  }

  /** Goes to the page after the newest one. Throws RunFailure when the pages would never end. */
  advance(): void {
    const { url, redact } = this.makeRequest();
    if (this.newest) this.goesOn = step(this.pager, this.newest, url, redact);
  }
}

/**
 * Fetches all pages, or as many as the day's budget and the question allow. A page that cannot be had ends the fetch:
 * those before it are whole, so they may be taken, as no snapshot (design, promise 6). Throws RunFailure when not even
 * the first page came.
 */
export function fetchPages(run: Reading, question: Question, makeRequest: () => SourceRequest): FetchedPages {
  const fetch = new PageFetch(run, makeRequest, question);
  const fetched: FetchedPages = { files: [], contentType: "", endedEarly: null, rest: null };
  const enough = Math.min(
    question.maxRecords || Number.POSITIVE_INFINITY,
    question.budget?.left ?? Number.POSITIVE_INFINITY,
  );
  while (fetch.goesOn && fetch.rows < enough) {
    try {
      const page = fetch.next(`page-${fetch.pages + 1}.json`);
      fetched.files.push(page.file);
      fetched.contentType = page.contentType;
      if (question.budget) run.recordTransfer({ rows_fetched: fetch.rows });
      fetch.advance();
    } catch (error) {
      if (!(error instanceof RunFailure) || fetched.files.length === 0) throw error;
      return { ...fetched, endedEarly: earlyEnd(error, fetch, "the next run asks for all of them again") };
    }
  }
  if (fetch.goesOn && question.budget && fetch.rows >= question.budget.left)
    fetched.rest = fetch.place(makeRequest().redact);
  return fetched;
}

function pageRequest(request: SourceRequest, pager: Pager): SourceRequest {
  return { ...request, url: pager.url(request.url) };
}

/** Adds what came before to the bytes that the run's record shows; its latency is that of the first page. */
function told(run: Reading, before: number): Reading {
  if (before === 0) return run;
  const recordTransfer: Reading["recordTransfer"] = ({ latency_ms, ...columns }) =>
    run.recordTransfer(columns.bytes === undefined ? columns : { ...columns, bytes: Number(columns.bytes) + before });
  return { ...run, recordTransfer };
}

/** Reads a page to its end: that it is whole, which rows it has, and what stands around them. */
function provePage(
  run: Reading,
  file: string,
  answer: HttpAnswer,
  { redact, hadRows }: Pick<AnswerOrigin, "redact"> & { hadRows: boolean },
) {
  const { spool, stream, engine } = run;
  const reader = new RowReader({ read: spool.reader(file), path: stream.options.source.rows_path, hadRows });
  const fingerprints: string[] = [];
  readRows(reader, { contentType: answer.contentType, redact }, (row) => {
    fingerprints.push(engine.hash.md5(row.text));
  });
  const fingerprint = engine.hash.md5(fingerprints.join());
  const page: ReadPage = { rows: fingerprints.length, envelope: reader.envelope(), link: answer.link, fingerprint };
  return { page, fingerprints };
}

function step(pager: Pager, page: ReadPage, base: string, redact: AnswerOrigin["redact"]): boolean {
  try {
    return pager.step(page, pager.url(base));
  } catch (error) {
    const told = `page ${pager.pages}: ${redact(coerceError(error))}`;
    throw new RunFailure(told, "paging", `page ${pager.pages}: it does not lead on as options.source.paging says`);
  }
}

/** What a run says whose pages end with this error after so many were taken; `then`: what becomes of the others. */
export function earlyEnd(error: RunFailure, taken: { pages: number; rows: number }, then: string): Told {
  const { full, plain } = toldOf(error);
  const say = (reason: string) => {
    const because = reason.replace(/; nothing was changed$/, "");
    return `the pages ended early after ${withCommas(taken.pages)} (${withCommas(taken.rows)} rows): ${because}; these rows were taken, none was deleted, and ${then}`;
  };
  return { full: say(full), plain: say(plain) };
}
