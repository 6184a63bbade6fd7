import type { Upsert } from "../diff/group";
import type { Leftovers } from "./leftovers";
import type { Rejection } from "./quarantine";
import type { KeylessRow, LeftoverRow } from "./snapshot";

/** What happens to a known row that the snapshot no longer has. */
export interface Absent {
  rawId: string;
  /** keep: only marked in raw. mark: also in the target. delete: goes from the target. hold: waits for a person. */
  action: "keep" | "mark" | "delete" | "hold";
}

/** What ingest does with one row whose text waits in the spool. */
export type Step =
  | { kind: "upsert"; upsert: Upsert; row: LeftoverRow }
  | { kind: "reject"; erpId: string; rejection: Rejection }
  | { kind: "drop" };

/** The difference between the snapshot and what is known; nothing is written yet. */
export interface Plan {
  leftovers: Leftovers;
  /** One for each leftover, in their order. */
  steps: Step[];
  absent: Absent[];
  keyless: KeylessRow[];
  scopeHash: string;
}
