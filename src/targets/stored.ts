import type { Db } from "../sync/ports";
import { quoted } from "../sync/target-id";

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
    this.sql = `SELECT id AS id, json_array(${names.map(quoted).join(", ")}) AS list FROM ${quoted(collection)}
       WHERE id IN (SELECT value FROM json_each({:ids}))`;
  }

  /** What the records that exist have now, by id. */
  read(db: Db, ids: string[]): Map<string, StoredValues> {
    const rows = db.all(this.sql, { ids: JSON.stringify(ids) }, { id: "", list: "" });
    return new Map(rows.map(({ id, list }) => [id, new StoredValues(this.names, JSON.parse(list) as unknown[])]));
  }

  /** Of one record; of one that does not exist nothing is known. */
  readOne(db: Db, id: string): StoredValues {
    return this.read(db, [id]).get(id) ?? new StoredValues(this.names, []);
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
