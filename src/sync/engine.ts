import type { Lookup, TargetField, ZonedToUtc } from "../mapping/model";
import type { Clock } from "./clock";
import type { Hash, Log, ProcessTable, Progress, Signals, Spool, Store, Target, Transport } from "./ports";

/** Everything a step may use, made once per handler by `src/pocketbase/engine.ts`. */
export interface Engine {
  store: Store;
  clock: Clock;
  sleep(ms: number): void;
  newId(): string;
  random(): number;
  hash: Hash;
  log: Log;
  process: ProcessTable;
  signals: Signals;
  progress: Progress;
  getenv(name: string): string;
  transports: Transport[];
  openSpool(runId: string): Spool;
  target: Target;
  /** The fields of a collection, or null when it does not exist. */
  targetFields(collection: string): TargetField[] | null;
  zonedToUtc: ZonedToUtc;
  lookup: Lookup;
  leaseSeconds: number;
}
