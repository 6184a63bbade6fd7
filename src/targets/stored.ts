import type { Db } from "../sync/ports";
import { quoted } from "../sync/target-id";

/** SQLite's functions take 127 values at most. */
const VALUES_AT_ONCE = 100;

/**
 * Reads the columns of records by SQL: asking a record of PocketBase for its 54 fields one by one takes as long as
 * saving it.
 */
export class StoredReader {
  private readonly sql: string;

  /** `names` are fields of the collection. */
  constructor(
    collection: string,
    private readonly names: string[],
  ) {
    const lists: string[] = [];
    for (let at = 0; at < names.length; at += VALUES_AT_ONCE) {
      const some = names.slice(at, at + VALUES_AT_ONCE);
      lists.push(`json_array(${some.map(quoted).join(", ")})`);
    }
    this.sql = `SELECT id AS id, json_array(${lists.join(", ")}) AS lists FROM ${quoted(collection)}
       WHERE id IN (SELECT value FROM json_each({:ids}))`;
  }

  /** What the records that exist have now, by id. */
  read(db: Db, ids: string[]): Map<string, StoredValues> {
    const rows = db.all(this.sql, { ids: JSON.stringify(ids) }, { id: "", lists: "" });
    return new Map(rows.map(({ id, lists }) => [id, this.valuesOf(lists)]));
  }

  /** Of one record; of one that does not exist nothing is known. */
  readOne(db: Db, id: string): StoredValues {
    return this.read(db, [id]).get(id) ?? new StoredValues(this.names, []);
  }

  private valuesOf(lists: string): StoredValues {
    return new StoredValues(this.names, (JSON.parse(lists) as unknown[][]).flat());
  }
}

/** What the columns of one record hold, as JSON knows it: a bool as 0 or 1, a json field and a list as their text. */
export class StoredValues {
  constructor(
    private readonly names: string[],
    /** In the order of the names. */
    private readonly list: unknown[],
  ) {}

  /** What a field has. */
  of(name: string): unknown {
    return this.list[this.names.indexOf(name)];
  }

  /** The fields that these values would change; lists and json fields among them, whose text is not compared. */
  differing(values: Record<string, unknown>): string[] {
    return this.names.filter((name, at) => {
      const value = values[name];
      if (value === undefined) return false;
      return this.list[at] !== (typeof value === "boolean" ? Number(value) : value);
    });
  }
}
