/**
 * What the engine needs from the outside world. The core only knows these interfaces; `src/pocketbase/` implements
 * them with `$app`, `$http`, `$os` and `$security`, tests implement what they need.
 */

/** What may be bound to a statement: text (also dates and JSON, as text) and numbers, nothing else. */
export type Param = string | number;
export type Params = Record<string, Param>;
/** One result row; an example row with "" and 0 gives the columns and their types. No column may be NULL. */
export type Row = Record<string, Param>;

/** Statements on one database handle: the pool, or an open transaction. Parameters are named `{:name}` in the text. */
export interface Db {
  /** Reads rows. The text must begin with SELECT. */
  all<T extends Row>(sql: string, params: Params, shape: T): T[];
  /** The first row, or undefined. */
  one<T extends Row>(sql: string, params: Params, shape: T): T | undefined;
  /** Writes; returns how many rows were written. The text must not begin with WITH. */
  run(sql: string, params: Params): number;
  /** Writes with a RETURNING clause. */
  returning<T extends Row>(sql: string, params: Params, shape: T): T[];
}

export interface Store extends Db {
  /** All or nothing. The first statement inside must be a write, so that the lock is taken before anything is read. */
  transaction<T>(work: (tx: Db) => T): T;
  /** Does work that makes many transactions, so that those of other people wait as little as possible for the disk. */
  writingMuch<T>(work: () => T): T;
}

export interface Hash {
  md5(text: string): string;
  sha256(text: string): string;
  /** Length of the text in UTF-8. */
  byteLength(text: string): number;
}

export interface Log {
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  error(message: string, fields: Record<string, unknown>): void;
}

/** The process this code runs in, and whether another one is still there. */
export interface ProcessTable {
  host: string;
  pid: number;
  /** Tells this process from a later one with the same pid. */
  startedAt: string;
  /** False only when the owner was a process of this host and is certainly gone. */
  mayBeAlive(host: string, pid: number, startedAt: string): boolean;
}

/** What is sent to the ERP. */
export interface HttpRequest {
  url: string;
  method: "GET";
  headers: Record<string, string>;
  timeoutSeconds: number;
  connectTimeoutSeconds: number;
  cacert: string;
  maxBytes: number;
  /** False when a header carries a secret of our own name: a redirect to another host would take it along. */
  followRedirects: boolean;
}

export type TransportErrorKind = "timeout" | "connect" | "dns" | "tls" | "cut" | "too_large" | "redirects" | "other";

/** What came back; the body is in the spool. `error` is set when the transfer itself failed. */
export interface HttpAnswer {
  status: number;
  bytes: number;
  contentType: string;
  retryAfter: string;
  /** The header Link, several of them joined with commas. */
  link: string;
  /** Milliseconds until the first byte. */
  latencyMs: number;
  error?: {
    kind: TransportErrorKind;
    message: string;
    /** The last characters of a cut answer, where it may be another text that follows the rows. */
    end?: string;
  };
}

export interface Transport {
  name: "curl" | "http";
  /** True when a transfer can be stopped from `watch`; the lease must outlive one that cannot. */
  cancellable: boolean;
  /** Writes the body to the spool file. Calls `watch` with the bytes so far; what it throws ends the transfer. */
  fetch(request: HttpRequest, spool: Spool, file: string, watch: (bytes: number) => void): HttpAnswer;
}

/** Reads a file's text in pieces of about 2 MB; "" at the end. Throws NotUtf8 when the bytes are not UTF-8. */
export interface PieceReader {
  (): string;
  /** True when all that was read so far is ASCII; false when it is not, or not known to be. */
  isAscii(): boolean;
}

/** A folder on disk of one run. */
export interface Spool {
  /** The folder's path, for a child process. */
  dir: string;
  /** Makes the folder; a transport calls it first. */
  create(): void;
  size(file: string): number;
  /** The last characters of a file that begins as a JSON list or object and does not end as one; "" for any other. */
  earlyEnd(file: string): string;
  reader(file: string): PieceReader;
  /** Appends text; close() before reading. */
  writer(file: string): { write(text: string): void; close(): void };
  remove(): void;
}

/** How long one call to an archive may take, and what is called meanwhile. */
export interface ArchiveCall {
  seconds: number;
  /** What it throws ends the call, where that can be ended. */
  watch(): void;
}

/** Files beside the database, by path. Each call throws a sentence without secrets when it cannot be done. */
export interface ArchiveStore {
  /** True when a call ends by its `seconds` and by `watch`; the lease must outlive one that does not. */
  cancellable: boolean;
  /** Stores a file of this machine; all of it is there afterwards, or nothing. */
  put(path: string, key: string, call: ArchiveCall): void;
  /** Copies a file into a folder of this machine. */
  get(key: string, folder: string, file: string, call: ArchiveCall): void;
  /** A file that is not there is a success. */
  remove(key: string, call: ArchiveCall): void;
}

/** A record as the target should have it. */
export interface TargetWrite {
  id: string;
  /** null: the record must not exist. */
  values: Record<string, unknown> | null;
  /** True: only these fields change, and a missing record is not made. */
  partial: boolean;
  /** Fields that a record which is there keeps as they are; a new one gets their values. */
  keeps?: string[];
}

export interface TargetChange {
  field: string;
  from: unknown;
  to: unknown;
}

export type TargetOutcome =
  | { kind: "inserted" | "deleted" | "unchanged" }
  | { kind: "updated"; changes: TargetChange[] };

/**
 * Writes a batch of records inside a transaction, one outcome for each. Throws TargetRefusal when a record is at fault;
 * then nothing of the batch may be kept.
 */
export interface Target {
  writeAll(tx: Db, collection: string, writes: TargetWrite[]): TargetOutcome[];
}

/** Asks from outside that a run should hear at its next checkpoint. */
export interface Signals {
  /** True once the process is shutting down or the hooks are reloading. */
  stopping(): boolean;
  /** A running run announces itself, so that shutdown can wait for it. */
  began(owner: string): void;
  ended(owner: string): void;
}

/** Progress for a person: a stage and how far it is. */
export type Progress = (stage: string, done: number, total: number) => void;

/** How long the runs of a stream took that have ended since this process began. */
export interface RunDurations {
  /** How many took no longer than each of DURATION_BOUNDS; one more, the last, is all of them. */
  within: number[];
  /** All together, in seconds. */
  seconds: number;
}
