import type { KnownRows } from "../diff/known";
import { RowFields } from "../diff/row-fields";
import { parseObject } from "../settings/json-field";
import type { Stream } from "../settings/stream";
import { AnswerError, type AnswerErrorKind } from "../sources/answer-error";
import type { HighestCursor } from "../sources/cursor";
import { RowReader } from "../sources/rows";
import type { FetchedAnswer } from "./answer";
import type { Reading } from "./context";
import { RunFailure } from "./errors";
import { fingerprinter } from "./fingerprint";
import { unknownSources } from "./kept-fields";
import { KeylessRows } from "./keyless";
import { Leftovers } from "./leftovers";
import { rowTextsReader } from "./row-texts";
import { type KeylessRow, rowReader } from "./snapshot";
import { versionReader } from "./versions";

/** What the snapshot has that is not equal to a known row. */
export interface Scan {
  fetched: number;
  leftovers: Leftovers;
  keyless: KeylessRows;
  /** Where the last row with a fingerprint stands, when on_duplicate or an answer that is no snapshot needs it. */
  lastPosition: Map<string, number> | null;
  /** The fields of the rows that were parsed. */
  fields: RowFields;
}

const LOOK_EVERY = 500;

/** Reads the whole snapshot: equal rows are consumed without being parsed, the others are put aside. */
export function scanSnapshot(run: Reading, answer: FetchedAnswer, known: KnownRows): Scan {
  const { engine, stream } = run;
  const scan: Scan = {
    fetched: 0,
    leftovers: new Leftovers(run.spool),
    keyless: new KeylessRows(run.spool),
    lastPosition: answer.complete && stream.options.diff.on_duplicate === "keep" ? null : new Map(),
    fields: new RowFields(unknownSources(engine, stream)),
  };
  const readRow = rowReader(run);
  const fingerprintOf = fingerprinter(engine, stream);
  const readTexts = rowTextsReader(engine.hash);
  const limit = answer.maxRecords > 0 ? answer.maxRecords : Number.POSITIVE_INFINITY;
  const { version_field: versionField } = stream.options.diff;
  const versionOf = versionReader(engine, stream);
  const { highest } = answer;
  let fingerprint = "";
  /** Counts a row; returns its place. */
  const count = (): number => {
    if (scan.fetched % LOOK_EVERY === 0) run.checkpoint();
    return scan.fetched++;
  };
  const accept = (text: string): boolean => {
    // A row that a person mended may be none in the ERP: its fingerprint is that of the whole text.
    fingerprint = fingerprintOf(text) || engine.hash.md5(text);
    if (scan.fetched >= limit || !known.take(fingerprint)) return false;
    const position = count();
    scan.lastPosition?.set(fingerprint, position);
    if (highest) see(highest, text);
    return true;
  };
  for (const [at, file] of answer.files.entries()) {
    const read = run.spool.reader(file);
    const reader = new RowReader({ read, path: stream.options.source.rows_path, accept, hadRows: answer.paged });
    readRows(reader, answer, (row) => {
      if (scan.fetched >= limit) return;
      const position = count();
      if (row.bad) {
        scan.keyless.put(badRow(row, fingerprint));
        return;
      }
      highest?.see(row.parsed);
      scan.fields.see(row.parsed);
      const one = readRow(row.parsed, { position, fingerprint, texts: readTexts(row.text, read.isAscii()) });
      if ("keyless" in one) scan.keyless.put({ ...one.keyless, text: row.text });
      else {
        if (versionField !== "") one.row.version = versionOf(row.parsed[versionField]);
        scan.leftovers.put(one.row, { text: row.text, mapped: one.mapped });
      }
    });
    if (at === 0 && answer.begins) highest?.endFirstPage();
  }
  scan.leftovers.seal();
  scan.keyless.seal();
  return scan;
}

/** What a person mended may be no object in the ERP, or hold a number that cannot be read: that says nothing of a cursor. */
function see(highest: HighestCursor, text: string): void {
  const row = parseObject(text);
  if (row) highest.see(row);
}

export type AnswerOrigin = Pick<FetchedAnswer, "contentType" | "redact">;
type ReadRow = NonNullable<ReturnType<RowReader["next"]>>;

/** Hands out every row; what is wrong with the answer as a whole becomes one sentence. */
export function readRows(reader: RowReader, answer: AnswerOrigin, each: (row: ReadRow) => void): void {
  for (;;) {
    let row: ReadRow | null;
    try {
      row = reader.next();
    } catch (error) {
      throw answerFailure(error, answer);
    }
    if (row === null) return;
    each(row);
  }
}

function answerFailure(error: unknown, { contentType, redact }: AnswerOrigin): unknown {
  if (!(error instanceof Error) || (error.name !== "AnswerError" && error.name !== "NotUtf8")) return error;
  const type = contentType === "" || contentType.includes("json") ? "" : ` (Content-Type: ${contentType})`;
  const plain = error instanceof AnswerError ? PLAIN[error.kind] : "the answer is not UTF-8 text";
  return new RunFailure(
    `${redact(error.message)}${type}; nothing was changed`,
    "answer",
    `${plain}${type}; nothing was changed`,
  );
}

/** What is wrong with an answer, without a word of it. */
const PLAIN: Record<AnswerErrorKind, string> = {
  empty: "the answer is empty",
  not_json: "the answer is not valid JSON",
  html: "the answer is an HTML page (a login page? check source_url and options.source.auth)",
  cut: "the answer is cut",
  shape: "the answer has no list of rows at options.source.rows_path",
  not_object: "the first row is no object",
};

const EXPECTED = { not_an_object: "a JSON object", number_too_large: "a number below 1.8e308" };

function badRow({ text, type, message }: ReadRow & { bad: true }, fingerprint: string): KeylessRow {
  const problem = { type, message, field: "", value: text.slice(0, 500), expected: EXPECTED[type] };
  return { text, group: "", fingerprint, rejection: { stage: "fetch", ...problem } };
}

/** How many rows an answer has, and the first one: proof that the connection and rows_path are right. */
export function readFirstRows(
  stream: Stream,
  read: () => string,
  answer: AnswerOrigin,
): { count: number; first: Record<string, unknown> | null } {
  const found: { count: number; first: Record<string, unknown> | null } = { count: 0, first: null };
  readRows(new RowReader({ read, path: stream.options.source.rows_path }), answer, (row) => {
    found.count++;
    if (!row.bad) found.first ??= row.parsed;
  });
  return found;
}
