import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import type { Lease } from "./lease";
import type { Spool } from "./ports";
import type { RowCounts } from "./runs";

/** What every step of one run works with. Settings are read once, with the lease. */
export interface RunContext {
  engine: Engine;
  stream: Stream;
  lease: Lease;
  runId: string;
  /** ms */
  startedAt: number;
  spool: Spool;
  rows: RowCounts;
  /** Which mapping made the mapped rows. */
  mappingVersion: string;
  /** An empty snapshot, and as many deletes as it brings, are meant (design, "Guard"). */
  allowEmpty: boolean;
  /** True once raw rows and jobs are stored: what follows is only pushing. */
  ingested: boolean;
  /** Throws Stopped or LeaseLost. */
  checkpoint(): void;
}
