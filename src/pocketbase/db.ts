import type { Db, Params, Row, Store } from "../sync/ports";

/** Statements on `$app`, or on the `txApp` of an open transaction. */
export class PocketBaseDb implements Db {
  constructor(readonly app: CoreApp) {}

  all<T extends Row>(sql: string, params: Params, shape: T): T[] {
    const rows = arrayOf(new DynamicModel(shape));
    this.app.db().newQuery(sql).bind(params).all(rows);
    return rows as unknown as T[];
  }

  one<T extends Row>(sql: string, params: Params, shape: T): T | undefined {
    return this.all(sql, params, shape)[0];
  }

  run(sql: string, params: Params): number {
    return this.app.nonconcurrentDB().newQuery(sql).bind(params).execute().rowsAffected();
  }

  returning<T extends Row>(sql: string, params: Params, shape: T): T[] {
    const rows = arrayOf(new DynamicModel(shape));
    this.app.nonconcurrentDB().newQuery(sql).bind(params).all(rows);
    return rows as unknown as T[];
  }
}

/** The database of the running PocketBase. */
export class PocketBaseStore extends PocketBaseDb implements Store {
  transaction<T>(work: (tx: Db) => T): T {
    let result: T | undefined;
    let thrown: { error: unknown } | undefined;
    try {
      this.app.runInTransaction((txApp) => {
        try {
          result = work(new PocketBaseDb(txApp));
        } catch (error) {
          // Kept aside: an error that crosses Go comes back without its class.
          thrown = { error };
          throw error;
        }
      });
    } catch (error) {
      throw thrown ? thrown.error : error;
    }
    return result as T;
  }
}
