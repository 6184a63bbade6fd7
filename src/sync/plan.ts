import type { Absent } from "../diff/absent";
import type { Upsert } from "../diff/model";
import type { RowFields } from "../diff/row-fields";
import type { KeylessRows } from "./keyless";
import type { Leftovers, LeftoverTexts } from "./leftovers";
import type { Rejection } from "./quarantine";
import type { LeftoverRow } from "./snapshot";

/** What ingest does with one row whose text waits in the spool. */
export type Step =
  | { kind: "upsert"; upsert: Upsert<LeftoverRow> }
  | { kind: "reject"; row: LeftoverRow; rejection: Rejection }
  | { kind: "drop" };

/** What becomes of a row, with its texts. */
export interface PlannedStep {
  step: Step;
  texts: LeftoverTexts;
}

/** The difference between the answer and what is known; nothing is written yet. */
export interface Plan {
  /** The rows that are not equal to a known one, and what becomes of each. */
  leftovers: Leftovers;
  absent: Absent[];
  /** Raw rows of a paged source that go if the next snapshot misses them too. */
  missed: string[];
  keyless: KeylessRows;
  /** False: rows that are not in it may still be in the ERP. */
  complete: boolean;
  /** "" unless it is complete. */
  scopeHash: string;
  /** Where the next fetch goes on, once all of this is stored (load-state.ts). */
  cursor: string;
  /** The fields of the rows that are new or changed, as the ERP sent them. */
  fields: RowFields;
}
