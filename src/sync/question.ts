import { resolveFromDate } from "../settings/dates";
import type { Reading } from "./context";

/** What a person asked one run for, where it differs from the stream's settings. */
export interface Ask {
  /** Only rows since this day, YYYY-MM-DD; "": as the stream says. */
  fromDate: string;
  /** Only so many rows; 0: all. */
  maxRecords: number;
  /** Rows a page; 0: as the stream says. */
  pageSize: number;
  /** Everything, also where only what is new would do. */
  full: boolean;
  /** The archived answer of an earlier run, instead of the ERP. */
  archived?: ArchivedAsk;
}

export interface ArchivedAsk {
  runId: string;
  /** Although a newer answer has been stored. */
  older: boolean;
}

export const ASK_NOTHING_SPECIAL: Ask = { fromDate: "", maxRecords: 0, pageSize: 0, full: false };

/** What a run asks the ERP. */
export interface Question {
  syncType: "full" | "incremental";
  /** A whole answer is a snapshot: what it lacks is not in the ERP. Anything else may only add and change rows. */
  wantsAll: boolean;
  /** Takes the place of the stream's from_date, YYYY-MM-DD; "": no day. */
  fromDate: string;
  /** Only what is new since then, as the ERP wants it written; "": no matter when. */
  since: string;
  /** Everything that is new is in a whole answer, so the next run may go on from there. */
  movesCursor: boolean;
  /** 0: all. */
  maxRecords: number;
  pageSize: number;
}

/**
 * Decides what to ask for: what a person wants, else what is new since the cursor, else everything (design, "Diff").
 * `since`: what is new, where that may be asked for.
 */
export function decideQuestion({ stream, ask, engine }: Reading, since: string): Question {
  const byHand = ask.fromDate !== "" || ask.maxRecords > 0;
  const onlyNew = !byHand && !ask.full && since !== "";
  return {
    syncType: byHand || onlyNew ? "incremental" : "full",
    wantsAll: !byHand && !onlyNew,
    fromDate: ask.fromDate || resolveFromDate(stream.fromDate, engine.clock()),
    since: onlyNew ? since : "",
    movesCursor: !byHand,
    maxRecords: ask.maxRecords,
    pageSize: ask.pageSize,
  };
}
