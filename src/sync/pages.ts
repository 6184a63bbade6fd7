import { withCommas } from "../sources/answer-error";
import { Pager, type ReadPage } from "../sources/paging";
import type { SourceRequest } from "../sources/request";
import { RowReader } from "../sources/rows";
import type { Reading } from "./context";
import { coerceError, RunFailure } from "./errors";
import { fetchWhole } from "./fetch";
import type { HttpAnswer } from "./ports";
import type { Question } from "./question";
import { type AnswerOrigin, readRows } from "./scan";
import { type Told, toldOf } from "./told";

/** Pages on disk, each proven complete. */
export interface FetchedPages {
  files: string[];
  contentType: string;
  /** Why pages are missing at the end; null when all came. */
  endedEarly: Told | null;
}

/**
 * Fetches page after page; each is read to its end before the next one is asked for. A page that cannot be had ends the
 * fetch: those before it are whole, so they may be taken, as no snapshot (design, promise 6). Throws RunFailure when not
 * even the first page came.
 */
export function fetchPages(run: Reading, question: Question, makeRequest: () => SourceRequest): FetchedPages {
  const { paging } = run.stream.options.source;
  const pager = new Pager(paging, question.pageSize || paging.page_size);
  const fetched: FetchedPages = { files: [], contentType: "", endedEarly: null };
  let bytes = 0;
  for (let goesOn = true; goesOn; ) {
    const file = `page-${pager.pages + 1}.json`;
    const { redact } = makeRequest();
    try {
      const answer = fetchWhole(told(run, bytes), () => pageRequest(makeRequest(), pager), file);
      bytes += answer.bytes;
      const page = provePage(run, file, answer, redact);
      fetched.files.push(file);
      fetched.contentType = answer.contentType;
      goesOn = step(pager, page, makeRequest().url, redact);
      run.engine.progress("fetch", bytes, 0);
      if (question.maxRecords > 0 && pager.rows >= question.maxRecords) return fetched;
    } catch (error) {
      if (!(error instanceof RunFailure) || fetched.files.length === 0) throw error;
      const { full, plain } = toldOf(error);
      const early = (reason: string) => earlyEnd(fetched.files.length, pager.rows, reason);
      return { ...fetched, endedEarly: { full: early(full), plain: early(plain) } };
    }
  }
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

/** Reads a page to its end: that it is whole, how many rows it has, and what stands around them. */
function provePage(run: Reading, file: string, answer: HttpAnswer, redact: AnswerOrigin["redact"]): ReadPage {
  const { spool, stream, engine } = run;
  const reader = new RowReader({ read: spool.reader(file), path: stream.options.source.rows_path });
  const page: ReadPage = { rows: 0, envelope: null, link: answer.link, fingerprint: "" };
  readRows(reader, { contentType: answer.contentType, redact }, (row) => {
    page.rows++;
    page.fingerprint = engine.hash.md5(page.fingerprint + row.text);
  });
  page.envelope = reader.envelope();
  return page;
}

function step(pager: Pager, page: ReadPage, base: string, redact: AnswerOrigin["redact"]): boolean {
  try {
    return pager.step(page, pager.url(base));
  } catch (error) {
    const told = `page ${pager.pages}: ${redact(coerceError(error))}`;
    throw new RunFailure(told, "paging", `page ${pager.pages}: it does not lead on as options.source.paging says`);
  }
}

function earlyEnd(pages: number, rows: number, reason: string): string {
  const because = reason.replace(/; nothing was changed$/, "");
  return `the pages ended early after ${withCommas(pages)} (${withCommas(rows)} rows): ${because}; these rows were taken, none was deleted, and the next run asks for all of them again`;
}
