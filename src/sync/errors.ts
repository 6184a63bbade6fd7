/** The run was asked to stop and did so at a checkpoint; nothing is wrong. */
export class Stopped extends Error {
  constructor(
    readonly reason: "shutdown" | "pause" | "time",
    message: string,
  ) {
    super(message);
    this.name = "Stopped";
  }
}

/** Somebody else holds the stream now; whatever this run still wanted to write must not be written. */
export class LeaseLost extends Error {
  constructor(stream: string, owner: string) {
    super(
      `the lease of stream "${stream}" is no longer held by ${owner}; this run stops without writing anything more`,
    );
    this.name = "LeaseLost";
  }
}

/**
 * Whether a record that was refused may be taken later. never: the row itself is at fault. soon: another record has its
 * unique value, and may be about to give it away or to go. later: whatever refused it may have changed its mind.
 */
export type Hope = "never" | "soon" | "later";

/** The target refused one record; the others are not concerned. */
export class TargetRefusal extends Error {
  constructor(
    message: string,
    readonly hope: Hope,
    readonly field: string,
    readonly code: number,
  ) {
    super(message);
    this.name = "TargetRefusal";
  }
}

/** What PocketBase says of a value that another record has. */
export const NOT_UNIQUE = "Value must be unique";

/** What SQLite says of an index that PocketBase does not take apart, such as one on an expression. */
const NOT_UNIQUE_AT_ALL = "UNIQUE constraint failed";

/** What PocketBase says when a record that a relation names is gone: a lookup may find another one. */
const RELATED_IS_GONE = "Failed to find all relation records";

/** What may become of a row for which the target has this message. */
export function hopeFor(message: string): Hope {
  if (message.includes(NOT_UNIQUE) || message.includes(NOT_UNIQUE_AT_ALL)) return "soon";
  return message.includes(RELATED_IS_GONE) ? "later" : "never";
}

/** A run that cannot go on, with the sentence for the person on call. `plain`: the same without the ERP's own words. */
export class RunFailure extends Error {
  constructor(
    message: string,
    readonly kind: string,
    readonly plain = message,
  ) {
    super(message);
    this.name = "RunFailure";
  }
}

/** sync_settings has no record of that name. */
export class UnknownStream extends Error {
  constructor(stream: string, known: string[]) {
    super(`there is no stream "${stream}"; sync_settings has: ${known.join(", ") || "none"}`);
    this.name = "UnknownStream";
  }
}

/** The text of whatever was thrown, without a Go prefix. */
export function coerceError(thrown: unknown): string {
  if (thrown instanceof Error) return stripGo(thrown.message);
  return stripGo(String(thrown));
}

function stripGo(text: string): string {
  return text.replace(/^GoError:\s*/, "");
}

const DATABASE_FAULT =
  /database is locked|SQLITE_BUSY|database or disk is full|disk I\/O|SQLITE_FULL|readonly database|unable to open database|interrupted \(9\)|out of memory \(7\)/i;

/** Not one row's fault: the stream backs off and no job loses an attempt (design, promise 7). */
export function isDatabaseFault(message: string): boolean {
  return DATABASE_FAULT.test(message);
}
