import { quoted } from "../sync/target-id";
import { fieldsOf } from "./collection-fields";
import type { PocketBaseDb } from "./db";

/** SQLite's functions take 127 values at most. */
const VALUES_AT_ONCE = 100;

/** What the columns of one record hold, as JSON knows it: a bool as 0 or 1, a json field and a list as their text. */
export type StoredValues = (field: string) => unknown;

const NOTHING: StoredValues = () => undefined;

/** Reads the columns of records by SQL: asking a record for its 54 fields one by one takes as long as saving it. */
export class StoredReader {
  private readonly sql: string;
  private readonly place: Map<string, number>;

  constructor(
    private readonly db: PocketBaseDb,
    collection: core.Collection,
  ) {
    const names = fieldsOf(collection).map(({ name }) => name);
    this.place = new Map(names.map((name, at) => [name, at]));
    const lists: string[] = [];
    for (let at = 0; at < names.length; at += VALUES_AT_ONCE) {
      const some = names.slice(at, at + VALUES_AT_ONCE);
      lists.push(`json_array(${some.map(quoted).join(", ")})`);
    }
    this.sql = `SELECT id AS id, json_array(${lists.join(", ")}) AS lists FROM ${quoted(collection.name)}
       WHERE id IN (SELECT value FROM json_each({:ids}))`;
  }

  /** By id. */
  read(ids: string[]): Map<string, StoredValues> {
    const rows = this.db.all(this.sql, { ids: JSON.stringify(ids) }, { id: "", lists: "" });
    return new Map(rows.map(({ id, lists }) => [id, this.valuesOf(lists)]));
  }

  /** Of one record; nothing of one that does not exist. */
  readOne(id: string): StoredValues {
    return this.read([id]).get(id) ?? NOTHING;
  }

  private valuesOf(lists: string): StoredValues {
    const values = (JSON.parse(lists) as unknown[][]).flat();
    return (field) => values[this.place.get(field) ?? -1];
  }
}
