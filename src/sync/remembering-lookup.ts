import type { Lookup } from "../mapping/model";
import type { Clock } from "./clock";
import { coerceError } from "./errors";
import type { Db } from "./ports";
import { quoted } from "./target-id";

/** What was looked up is believed for so long, in ms: an hour's drain must see what is made meanwhile. */
const BELIEVED_MS = 10_000;
/** After so many single questions, or for this part of the collection, all of it is read at once. */
const SINGLE_MOST = 50;
const WHOLE_FROM_PART = 0.01;
/** More records are never held in memory. */
const MOST_RECORDS = 200_000;

/** What is known of one field of one collection. */
interface Known {
  /** ms */
  since: number;
  ids: Map<string, string>;
  asked: number;
  /** Records of the collection; -1 before they were counted. */
  records: number;
  /** True when a value that `ids` lacks is in no record. */
  complete: boolean;
}

/**
 * Finds records of other collections by one field, the first by id where several have the value. Few values are asked
 * for one by one; for many, the whole field is read with one statement: at 10,000 rows an index of 10,000 records costs
 * less than 200 of them. A collection or field that does not exist has no records.
 */
export class RememberingLookup implements Lookup {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    /** The table of a collection given by its name or id; throws when there is none. */
    private readonly tableOf: (collection: string) => string,
  ) {}

  find(collection: string, field: string, value: string): string {
    const known = this.of(`${collection}\n${field}`);
    const id = known.ids.get(value);
    if (id !== undefined || known.complete) return id ?? "";
    try {
      const table = this.tableOf(collection);
      if (this.isWorthAll(known, table)) this.readAll(known, table, field);
      return this.findOne(known, table, field, value);
    } catch (error) {
      if (isMissing(coerceError(error))) return "";
      throw error;
    }
  }

  private of(name: string): Known {
    const now = this.clock();
    const known = this.known.get(name);
    if (known && now - known.since < BELIEVED_MS && now >= known.since) return known;
    const fresh: Known = { since: now, ids: new Map(), asked: 0, records: -1, complete: false };
    this.known.set(name, fresh);
    return fresh;
  }

  /** Once, when the single questions have become many. */
  private isWorthAll(known: Known, table: string): boolean {
    if (++known.asked <= SINGLE_MOST) return false;
    if (known.records < 0) {
      known.records = this.db.one(`SELECT count(*) AS n FROM ${quoted(table)}`, {}, { n: 0 })?.n ?? 0;
    }
    const most = Math.max(SINGLE_MOST + 1, Math.floor(known.records * WHOLE_FROM_PART));
    return known.records <= MOST_RECORDS && known.asked === most;
  }

  /** Texts only: whether a number is equal to a text is the database's to say. */
  private readAll(known: Known, table: string, field: string): void {
    const row = this.db.one(
      `SELECT json_group_array(value) AS texts, json_group_array(id) AS ids
         FROM (SELECT ${quoted(field)} AS value, id FROM ${quoted(table)} WHERE typeof(${quoted(field)}) = 'text' ORDER BY id DESC)`,
      {},
      { texts: "", ids: "" },
    );
    const texts = JSON.parse(row?.texts ?? "[]") as string[];
    const ids = JSON.parse(row?.ids ?? "[]") as string[];
    // The last one stays: the first by id.
    texts.forEach((text, at) => {
      known.ids.set(text, ids[at] as string);
    });
    known.complete = texts.length >= known.records;
  }

  private findOne(known: Known, table: string, field: string, value: string): string {
    const remembered = known.ids.get(value);
    if (remembered !== undefined || known.complete) return remembered ?? "";
    const id =
      this.db.one(
        `SELECT id AS id FROM ${quoted(table)} WHERE ${quoted(field)} = {:value} ORDER BY id LIMIT 1`,
        { value },
        { id: "" },
      )?.id ?? "";
    known.ids.set(value, id);
    return id;
  }
}

function isMissing(message: string): boolean {
  return /no such (table|column)|no rows in result set/.test(message);
}
