import type { Absent } from "../diff/absent";
import type { Upsert } from "../diff/model";
import type { Leftovers } from "./leftovers";
import type { Rejection } from "./quarantine";
import type { KeylessRow, LeftoverRow } from "./snapshot";

/** What ingest does with one row whose text waits in the spool. */
export type Step =
  | { kind: "upsert"; upsert: Upsert<LeftoverRow>; row: LeftoverRow }
  | { kind: "reject"; erpId: string; fingerprint: string; rejection: Rejection }
  | { kind: "drop" };

/** The difference between the answer and what is known; nothing is written yet. */
export interface Plan {
  leftovers: Leftovers;
  /** One for each leftover, in their order. */
  steps: Step[];
  absent: Absent[];
  /** Raw rows of a paged source that go if the next snapshot misses them too. */
  missed: string[];
  keyless: KeylessRow[];
  /** False: rows that are not in it may still be in the ERP. */
  complete: boolean;
  /** "" unless it is complete. */
  scopeHash: string;
  /** Where the next incremental fetch goes on, once all of this is stored. */
  cursor: string;
}
