import { resolveFromDate } from "../settings/dates";
import { buildRequest } from "../sources/request";
import { type Budget, readBudget } from "./budget";
import type { Reading } from "./context";
import { isIncremental, sinceValue } from "./cursor";
import { type Load, newestStanding, type Standing } from "./load-state";
import { earlierSnapshot } from "./scope";

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
  /** What a person asked for: neither the cursor nor a load is moved by it. */
  byHand: boolean;
  /** 0: all. */
  maxRecords: number;
  pageSize: number;
  /** Hash of the stream's own question. */
  scope: string;
  /** Where the stream stands before this run. */
  standing: Standing;
  /** The load that is gone on with; null begins with the first page. */
  load: Load | null;
  /** What may still be fetched today; null: as much as there is. */
  budget: Budget | null;
  /** Each page is stored before the next one is asked for, so that a load of days goes on where it stopped. */
  pageByPage: boolean;
}

/**
 * Decides what to ask for: what a person wants, else the rest of a load that is not through, else what is new since the
 * cursor, else everything (design, "Diff").
 */
export function decideQuestion(run: Reading): Question {
  const { stream, ask, engine } = run;
  const scope = engine.hash.md5(buildRequest(stream, engine).scopeText);
  const standing = newestStanding(engine.store, stream.name);
  const budget = ask.archived ? null : readBudget(engine, stream);
  const byHand = ask.fromDate !== "" || ask.maxRecords > 0;
  const load = byHand || ask.full || budget === null || standing.load?.scope !== scope ? null : standing.load;
  const since = load ? load.since : newSince(run, standing.cursor, scope, byHand);
  return {
    syncType: byHand || since !== "" ? "incremental" : "full",
    wantsAll: !byHand && since === "" && load === null,
    fromDate: load ? load.fromDate : ask.fromDate || resolveFromDate(stream.fromDate, engine.clock()),
    since,
    byHand,
    maxRecords: ask.maxRecords,
    pageSize: ask.pageSize,
    scope,
    standing: isIncremental(run) ? standing : { ...standing, cursor: "" },
    load,
    budget,
    pageByPage: budget !== null && !byHand && !(load === null && since === "" && fits(run, budget)),
  };
}

/** "" where everything is asked for. */
function newSince(run: Reading, cursor: string, scope: string, byHand: boolean): string {
  if (byHand || run.ask.full) return "";
  return sinceValue(run, cursor, earlierSnapshot(run), scope);
}

/** Whether all rows can be expected within what is left of the day, so that they may be one snapshot. */
export function fits({ engine, stream }: Pick<Reading, "engine" | "stream">, { left }: Budget): boolean {
  const row = engine.store.one(
    "SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND missing_since = ''",
    { stream: stream.name },
    { n: 0 },
  );
  const known = row?.n ?? 0;
  return known > 0 && known <= left;
}
