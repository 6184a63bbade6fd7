import { isObject } from "../settings/json-field";
import type { SeenValues } from "../sources/cursor";
import type { PagePlace } from "../sources/paging";
import type { Db } from "./ports";

/** A fetch in pages that goes on over several runs, because options.source.daily_rows does not let one run fetch it all. */
export interface Load {
  /** Hash of the question. With other settings, the load begins anew. */
  scope: string;
  /** Only what is new since then, as the ERP wants it written; "": everything. */
  since: string;
  /** The day from which on rows are asked for, YYYY-MM-DD; "": all. */
  fromDate: string;
  /** When it began, as stored. */
  began: string;
  /** There were records in the target before that its rows may have to take over. */
  adopts: boolean;
  place: PagePlace;
  /** Of the cursor field; null for a stream without one. */
  seen: SeenValues | null;
}

/** How far a stream is: what the newest run that ingested has in its column `cursor`. */
export interface Standing {
  /** Where the next incremental fetch goes on; "" is from the beginning. */
  cursor: string;
  /** The load that is not through yet. */
  load: Load | null;
}

/** The text of the column: the cursor itself, or JSON while a load is not through. */
export function standingText({ cursor, load }: Standing): string {
  return load === null ? cursor : JSON.stringify({ cursor, load });
}

/** Reads that text. One that is neither counts as a cursor, which its own format then refuses. */
export function readStanding(text: string): Standing {
  if (!text.startsWith("{")) return { cursor: text, load: null };
  try {
    const { cursor, load } = JSON.parse(text) as { cursor: unknown; load: unknown };
    if (typeof cursor === "string" && isLoad(load)) return { cursor, load };
  } catch {
    // Spoiled by hand: the next run asks for everything.
  }
  return { cursor: text, load: null };
}

const TEXTS = ["scope", "since", "fromDate", "began"] as const;
const COUNTS = ["size", "pages", "rows", "largest"] as const;

function isLoad(value: unknown): value is Load {
  if (!isObject(value) || !isObject(value.place)) return false;
  const { place, seen } = value;
  return (
    TEXTS.every((name) => typeof value[name] === "string") &&
    typeof value.adopts === "boolean" &&
    COUNTS.every((name) => Number.isSafeInteger(place[name])) &&
    [place.next, place.last].every((text) => typeof text === "string") &&
    (seen === null || (isObject(seen) && [seen.highest, seen.first].every((text) => typeof text === "string")))
  );
}

/** Where the stream stands after the newest run that ingested: by rowid, as a clock may have been ahead. */
export function newestStanding(db: Db, stream: string): Standing {
  const row = db.one(
    `SELECT COALESCE(cursor, '') AS cursor FROM sync_runs
      WHERE stream = {:stream} AND ingested_at <> '' ORDER BY rowid DESC LIMIT 1`,
    { stream },
    { cursor: "" },
  );
  return readStanding(row?.cursor ?? "");
}
