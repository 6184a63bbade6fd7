import { keyReader } from "../diff/key-reader";
import type { KeyResult } from "../diff/keys";
import { type DateReader, dateReader } from "../mapping/dates";
import type { FieldProblem, Mapped } from "../mapping/model";
import type { RunContext } from "./context";
import { streamMapper } from "./mapper";
import type { Rejection } from "./quarantine";
import type { RowTexts } from "./row-texts";

/** A row that is not equal to a known one: its key and what the target would get. The text waits in the spool. */
export interface LeftoverRow {
  /** Its place among the leftovers. */
  seq: number;
  position: number;
  group: string;
  key: string;
  fingerprint: string;
  /** Hash of the mapped row; "" when it cannot be mapped. */
  mappedHash: string;
  version?: string;
  valid: boolean;
  /** Why it cannot be mapped. */
  rejection?: Rejection;
}

/** A row that cannot even be told from others. */
export interface KeylessRow {
  text: string;
  /** "" when not even the group can be read. */
  group: string;
  fingerprint: string;
  rejection: Rejection;
}

export type Mapper = (row: Record<string, unknown>) => Mapped;

/** Where a row stands in the answer, and what its text is. */
export interface RowPlace {
  position: number;
  fingerprint: string;
  texts: RowTexts;
}

/** `mapped`: the row as the target should have it, see MappedText; "" when the target may have something against it. */
export type ReadRow = { row: LeftoverRow; mapped: string } | { keyless: Omit<KeylessRow, "text"> };

/** Reads key, group and mapped content of one row after the other, prepared once per stream. */
export function rowReader(
  run: Pick<RunContext, "stream" | "engine">,
): (row: Record<string, unknown>, place: RowPlace) => ReadRow {
  const { mapText } = streamMapper(run.engine, run.stream);
  const readKeys = keyReader(run.stream.groupFields, run.stream.keyFields, bucketDates(run));
  return (parsed, { position, fingerprint, texts }) => {
    const { group, key } = readKeys(parsed, texts === "bare");
    if (!group.ok || !key.ok) return { keyless: keylessRow(group, key, fingerprint) };
    const { text, hash: mappedHash, plain, problems } = mapText(parsed, texts !== "odd");
    const valid = problems.length === 0;
    const row: LeftoverRow = { seq: -1, position, group: group.key, key: key.key, fingerprint, valid, mappedHash };
    if (!valid) row.rejection = mappingRejection(problems);
    return { row, mapped: plain || !valid ? text : "" };
  };
}

/** Reads the dates of key parts that are windows of time, in the stream's time zone; nothing when it has none. */
function bucketDates({ stream, engine }: Pick<RunContext, "stream" | "engine">): DateReader | undefined {
  const bucket = stream.keyFields.find((part) => typeof part !== "string");
  if (bucket === undefined) return undefined;
  return dateReader({ timezone: stream.timezone, zonedToUtc: engine.zonedToUtc });
}

function keylessRow(group: KeyResult, key: KeyResult, fingerprint: string): Omit<KeylessRow, "text"> {
  const problem = !key.ok ? key : !group.ok ? group : null;
  return { group: group.ok ? group.key : "", fingerprint, rejection: keyRejection(problem) };
}

/** All problems of a row in one rejection: the first one's field and value, every message. */
export function mappingRejection(problems: FieldProblem[]): Rejection {
  const [first] = problems;
  if (!first) throw new Error("a row without problems is not rejected");
  return {
    stage: first.stage,
    type: first.type,
    message: problems.map((problem) => problem.message).join("; "),
    field: first.field,
    value: first.value,
    expected: first.expected,
    ...(first.waitsFor !== undefined && { waitsFor: first.waitsFor }),
  };
}
function keyRejection(problem: { field: string; value: unknown; message: string } | null): Rejection {
  return {
    stage: "key",
    type: "unreadable_key",
    message: problem?.message ?? "the key cannot be read",
    field: problem?.field ?? "",
    value: problem?.value === undefined ? "" : JSON.stringify(problem.value).slice(0, 500),
    expected: "key fields with a value",
  };
}

/** A row whose key is shared with others while options.diff.on_duplicate is "reject". */
export function duplicateRejection(key: string): Rejection {
  return {
    stage: "key",
    type: "duplicate_key",
    message: `several rows have the key "${key}" and options.diff.on_duplicate is "reject"; none of them is taken`,
    field: "",
    value: key,
    expected: "one row for each key",
  };
}

/**
 * Rows that share a key in an answer that is no snapshot: only a complete one tells which stored row each of them is, so
 * they wait in quarantine (see docs/adr, "Partial fetches").
 */
export function ambiguousRejection(onDuplicate: string): (key: string) => Rejection {
  return (key) => ({
    stage: "key",
    type: "ambiguous_key",
    message: `several rows have the key "${key}", and this answer is no complete snapshot, so nobody can tell which of them changed; options.diff.on_duplicate is "${onDuplicate}": set it to "last", or run a full sync`,
    field: "",
    value: key,
    expected: "one row for each key, or a complete snapshot",
  });
}
