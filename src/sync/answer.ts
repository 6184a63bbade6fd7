import type { HighestCursor } from "../sources/cursor";
import type { PagePlace } from "../sources/paging";
import { buildRequest, type RequestOverrides, type SourceRequest } from "../sources/request";
import { mayAdopt } from "./adopt";
import { archivedAnswer } from "./archived";
import { type Budget, howFar, usedUp } from "./budget";
import { toDbTime } from "./clock";
import type { Reading } from "./context";
import { highestCursor, startOfLoad } from "./cursor";
import { fetchWhole } from "./fetch";
import { type Standing, standingText } from "./load-state";
import { type FetchedPages, fetchPages } from "./pages";
import type { Question } from "./question";
import { plainly, type Told } from "./told";

/** What the ERP answered, on disk, whole as far as the transfer can tell; the diff proves that it is complete JSON. */
export interface FetchedAnswer {
  /** The answer, or its pages in their order. */
  files: string[];
  contentType: string;
  /** A snapshot: what it lacks is not in the ERP. */
  complete: boolean;
  /** It came in pages, between which rows may have moved. */
  paged: boolean;
  /** Its first file is the first page of all: no load goes on. */
  begins: boolean;
  /** The day that the ERP was asked for rows since, YYYY-MM-DD; "": all days. */
  fromDate: string;
  /** Tells whether two snapshots asked for the same thing; "" unless everything was asked for and came. */
  scopeHash: string;
  /** Rows after so many do not count; 0: all do. */
  maxRecords: number;
  /** The hash of each row, where only these are looked up; null: there are too many. */
  fingerprints: string[] | null;
  /** Sees each row, for the next cursor; null where the cursor does not move. */
  highest: HighestCursor | null;
  /** What the run's record says about where the stream stands, once all of this is stored. */
  standing(): string;
  /** Takes the secrets of the request out of a message that quotes the answer. */
  redact(text: string): string;
}

const FILE = "answer.json";

/** ERP, or the archive of an earlier answer, → spool (design, "Fetch"). Throws RunFailure with a sentence when nothing usable came. */
export function fetchAnswer(run: Reading, question: Question): FetchedAnswer {
  if (run.ask.archived) return archivedAnswer(run, run.ask.archived, question);
  run.recordTransfer({ sync_type: question.syncType });
  const { makeRequest, redact } = requestMaker(run, question);
  const paged = run.stream.options.source.paging.kind !== "none";
  const fetched = paged ? fetchPages(run, question, makeRequest) : fetchOne(run, makeRequest);
  if (fetched.endedEarly) run.notes.push(fetched.endedEarly);
  if (fetched.rest && question.budget) run.remarks.push(cutShort(run, question, question.budget, fetched.rest));
  const whole = fetched.endedEarly === null && fetched.rest === null;
  const complete = question.wantsAll && whole;
  const highest = !question.byHand && fetched.endedEarly === null ? highestCursor(run, question.load) : null;
  return {
    files: fetched.files,
    contentType: fetched.contentType,
    complete,
    paged,
    begins: question.load === null,
    fromDate: question.fromDate,
    scopeHash: complete ? question.scope : "",
    maxRecords: question.maxRecords,
    fingerprints: null,
    highest,
    standing: () => standingText(standingAfter(run, question, highest, fetched)),
    redact,
  };
}

/** The pages that the day's budget did not let come are fetched by the next runs, unless a person asked for these. */
function standingAfter(
  run: Reading,
  question: Question,
  highest: HighestCursor | null,
  { files, rest }: FetchedPages,
): Standing {
  const { standing, load, byHand, scope, since, fromDate } = question;
  if (byHand) return standing;
  const began = beginning(run, question);
  if (rest === null) {
    // Rows may have changed between two pages, after the one they were on was read.
    const after = (seen: HighestCursor) =>
      files.length > 1 ? seen.afterLoad(standing.cursor, startOfLoad(run, began)) : seen.after(standing.cursor);
    return { cursor: highest ? after(highest) : standing.cursor, load: null };
  }
  const adopts = load?.adopts ?? mayAdopt(run);
  return { ...standing, load: { scope, since, fromDate, began, adopts, place: rest, seen: highest?.seen() ?? null } };
}

function cutShort(run: Reading, question: Question, budget: Budget, rest: PagePlace): Told {
  const then = question.byHand ? "there may be more" : howFar(beginning(run, question), rest, budget);
  return plainly(`${usedUp(budget)}; ${then}`);
}

function beginning({ startedAt }: Reading, { load }: Question): string {
  return load?.began ?? toDbTime(startedAt);
}

function fetchOne(run: Reading, makeRequest: () => SourceRequest): FetchedPages {
  const { contentType } = fetchWhole(run, makeRequest, FILE);
  return { files: [FILE], contentType, endedEarly: null, rest: null };
}

/** The request, made again once half of the life of a signed token is over. `redact` knows the tokens of all of them. */
export function requestMaker({ engine, stream }: Reading, { fromDate, since }: Pick<Question, "fromDate" | "since">) {
  const overrides: RequestOverrides = { fromDate, since, signJwt: engine.signJwt };
  const { kind, ttl_seconds } = stream.options.source.auth;
  const made: SourceRequest[] = [];
  let madeAt = 0;
  const makeRequest = (): SourceRequest => {
    const last = made[made.length - 1];
    if (last && (kind !== "jwt_hs256" || engine.clock() - madeAt < ttl_seconds * 500)) return last;
    madeAt = engine.clock();
    const request = buildRequest(stream, engine, overrides);
    made.push(request);
    return request;
  };
  const redact = (text: string): string => made.reduce((shown, request) => request.redact(shown), text);
  return { makeRequest, redact };
}
