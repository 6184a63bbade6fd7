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

/** The target refused one record; the others are not concerned. `fatal`: trying again cannot help. */
export class TargetRefusal extends Error {
  constructor(
    message: string,
    readonly fatal: boolean,
    readonly field: string,
    readonly code: number,
  ) {
    super(message);
    this.name = "TargetRefusal";
  }
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

/** Not one row's fault: the stream backs off and no job loses an attempt (design, promise 7). */
export function isDatabaseFault(message: string): boolean {
  return /database is locked|SQLITE_BUSY|database or disk is full|disk I\/O|SQLITE_FULL|readonly database/i.test(
    message,
  );
}
