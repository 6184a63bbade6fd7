import type { Courier } from "../alerts/ports";
import type { Place } from "../archive/paths";
import type { Lookup, ZonedToUtc } from "../mapping/model";
import type { OffsetAt } from "../mapping/zones";
import type { SignJwt } from "../sources/request";
import type { TargetShape } from "../targets/shape";
import type { Clock } from "./clock";
import type { LiveBoard } from "./live";
import type {
  ArchiveStore,
  Hash,
  Log,
  ProcessTable,
  Progress,
  RunDurations,
  Signals,
  Spool,
  Store,
  Target,
  TargetChange,
  Transport,
} from "./ports";

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
  /** Shows people who watch how a run gets on. */
  live: LiveBoard;
  getenv(name: string): string;
  signJwt: SignJwt;
  transports: Transport[];
  openSpool(runId: string): Spool;
  /** Throws a sentence when the environment does not say how to reach it. */
  archive(place: Place): ArchiveStore;
  /** Writes record by record through PocketBase. */
  recordsTarget: Target;
  /** What the sync writes in a collection, or null when it does not exist. */
  targetShape(collection: string): TargetShape | null;
  /** What pushing these values would change in a target record; null when it does not exist. Writes nothing. */
  changesIfPushed(collection: string, id: string, values: Record<string, unknown>): TargetChange[] | null;
  /** Sends one realtime message to everybody who subscribed to the topic. */
  announce(topic: string, data: Record<string, unknown>): void;
  /** Takes messages to people. */
  courier: Courier;
  /**
   * Called when a run has ended and its lease is released: hooks and realtime of PocketBase hear of it, alerts are
   * looked at. Never throws.
   */
  runEnded(stream: string, runId: string): void;
  /** How long the runs took that have ended in this process. */
  runDurations(stream: string): RunDurations;
  /** Called when a trigger was skipped because a run is at work. Never throws. */
  triggerSkipped(stream: string): void;
  zonedToUtc: ZonedToUtc;
  offsetAt: OffsetAt;
  /** Why this is not a time zone of the machine, "" when it is. */
  timezoneError(zone: string): string;
  lookup: Lookup;
  leaseSeconds: number;
}
