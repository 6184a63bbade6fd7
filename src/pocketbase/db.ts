import { coerceError } from "../sync/errors";
import type { Db, Log, Params, Row, Store } from "../sync/ports";
import { WriteBack } from "./write-back";

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

/** What PocketBase says when everything is stored, but a hook that runs after that ("…AfterUpdateSuccess") failed. */
const AFTER_COMMIT = "transaction afterFunc errors:";

/** The database of the running PocketBase. */
export class PocketBaseStore extends PocketBaseDb implements Store {
  private readonly writeBack: WriteBack;

  constructor(
    app: CoreApp,
    private readonly log: Log,
  ) {
    super(app);
    this.writeBack = new WriteBack(app, log);
  }

  writingMuch<T>(work: () => T): T {
    return this.writeBack.during(work);
  }

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
      if (thrown) throw thrown.error;
      const message = coerceError(error);
      if (!message.startsWith(AFTER_COMMIT)) throw error;
      this.log.warn("rows were stored, but a hook that ran afterwards failed", { error: message });
    }
    this.writeBack.committed();
    return result as T;
  }
}
