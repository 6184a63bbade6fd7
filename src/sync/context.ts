import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import type { Lease } from "./lease";
import type { Spool } from "./ports";
import type { Ask } from "./question";
import type { RowCounts } from "./runs";
import type { Told } from "./told";

/** What fetch and diff work with: they write nothing, so a dry run has it too. */
export interface Reading {
  engine: Engine;
  stream: Stream;
  /** The run, or what names a dry run in the log. */
  runId: string;
  spool: Spool;
  rows: RowCounts;
  /** An empty snapshot, and as many deletes as it brings, are meant (design, "Guard"). */
  allowEmpty: boolean;
  ask: Ask;
  /** ms */
  startedAt: number;
  /** Why the run is only partial, as far as reading found out. */
  notes: Told[];
  /** What else the run's record says; no reason to be partial. */
  remarks: Told[];
  /** Rows that options.diff.version_field kept out, and the first of them in words. */
  older: { rows: number; first: string };
  /** Throws Stopped or LeaseLost. */
  checkpoint(): void;
  /** Called around each transfer: one that cannot be stopped blocks for up to so many seconds, others for 0. */
  blocksFor(seconds: number): void;
  /** Tells how the transfer is getting on, as columns of sync_runs. */
  recordTransfer(columns: Record<string, string | number>): void;
}

/** What every step of one run works with. Settings are read once, with the lease. */
export interface RunContext extends Reading {
  lease: Lease;
  /** Which mapping made the mapped rows. */
  mappingVersion: string;
  /** True while what has been fetched is stored. */
  storing: boolean;
  /** How many of an answer's new and changed rows are stored. */
  stored: { rows: number; of: number };
  /** True once raw rows and jobs are stored: what follows is only pushing. */
  ingested: boolean;
}
