import { buildRequest, type RequestOverrides, type SourceRequest } from "../sources/request";
import { archivedAnswer } from "./archived";
import type { Reading } from "./context";
import { newestCursor, sinceValue } from "./cursor";
import { fetchWhole } from "./fetch";
import { type FetchedPages, fetchPages } from "./pages";
import { decideQuestion } from "./question";
import { earlierSnapshot } from "./scope";

/** What the ERP answered, on disk, whole as far as the transfer can tell; the diff proves that it is complete JSON. */
export interface FetchedAnswer {
  /** The answer, or its pages in their order. */
  files: string[];
  contentType: string;
  /** A snapshot: what it lacks is not in the ERP. */
  complete: boolean;
  /** It came in pages, between which rows may have moved. */
  paged: boolean;
  /** The day that the ERP was asked for rows since, YYYY-MM-DD; "": all days. */
  fromDate: string;
  /** Tells whether two snapshots asked for the same thing; "" unless it is a snapshot. */
  scopeHash: string;
  /** Rows after so many do not count; 0: all do. */
  maxRecords: number;
  /** Of the newest run that ingested. */
  cursor: string;
  movesCursor: boolean;
  /** Takes the secrets of the request out of a message that quotes the answer. */
  redact(text: string): string;
}

const FILE = "answer.json";

/** ERP, or the archive of an earlier answer, → spool (design, "Fetch"). Throws RunFailure with a sentence when nothing usable came. */
export function fetchAnswer(run: Reading): FetchedAnswer {
  const { engine, stream, ask } = run;
  if (ask.archived) return archivedAnswer(run, ask.archived);
  const { scopeText } = buildRequest(stream, engine);
  const scope = engine.hash.md5(scopeText);
  const cursor = newestCursor(run);
  const question = decideQuestion(run, sinceValue(run, cursor, earlierSnapshot(run), scope));
  run.recordTransfer({ sync_type: question.syncType });
  const { fromDate, since } = question;
  const { makeRequest, redact } = requestMaker(run, { fromDate, since, signJwt: engine.signJwt });
  const paged = stream.options.source.paging.kind !== "none";
  const fetched = paged ? fetchPages(run, question, makeRequest) : fetchOne(run, makeRequest);
  if (fetched.endedEarly) run.notes.push(fetched.endedEarly);
  const complete = question.wantsAll && fetched.endedEarly === null;
  return {
    files: fetched.files,
    contentType: fetched.contentType,
    complete,
    paged,
    fromDate,
    scopeHash: complete ? scope : "",
    maxRecords: question.maxRecords,
    cursor,
    movesCursor: question.movesCursor && fetched.endedEarly === null,
    redact,
  };
}

function fetchOne(run: Reading, makeRequest: () => SourceRequest): FetchedPages {
  const { contentType } = fetchWhole(run, makeRequest, FILE);
  return { files: [FILE], contentType, endedEarly: null };
}

/** The request, made again once half of the life of a signed token is over. `redact` knows the tokens of all of them. */
function requestMaker({ engine, stream }: Reading, overrides: RequestOverrides) {
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
