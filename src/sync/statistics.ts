import type { Engine } from "./engine";
import type { Db } from "./ports";

/** The tables that a run or a tick joins with a batch. */
const OURS = ["erp_raw_data", "job_queue", "push_log", "failed_records"];

/** Exists for the length of a transaction only. */
const BUMP = "_erp_statistics_are_forgotten";

/**
 * Takes away what SQLite has counted in these tables. PocketBase has it count (PRAGMA optimize) when a collection is
 * saved: counted with three rows in them, SQLite reads them from end to end for each row of a batch, also once they hold
 * a hundred thousand (measured: 300 new rows took 21 s instead of 0.4 s). Without counts it uses the indexes.
 * Called at the beginning of a run or tick.
 */
export function forgetStatistics({ store }: Pick<Engine, "store">, targetCollection: string): void {
  if (!isEverCounted(store)) return;
  forgetNewStatistics({ store }, targetCollection);
  // Each connection knows what it once read: this one may know what another process has taken away since.
  reload(store);
}

/** The same while a run goes on, at the cost of a look: only for what was counted since. */
export function forgetNewStatistics({ store }: Pick<Engine, "store">, targetCollection: string): void {
  if (!isEverCounted(store)) return;
  const params = { tables: JSON.stringify([...OURS, targetCollection]) };
  const ours = "lower(tbl) IN (SELECT lower(value) FROM json_each({:tables}))";
  const counted = store.one(`SELECT count(*) AS n FROM sqlite_stat1 WHERE ${ours}`, params, { n: 0 });
  if (!counted?.n) return;
  store.transaction((tx) => {
    tx.run(`DELETE FROM sqlite_stat1 WHERE ${ours}`, params);
    // Another schema has every connection, of other processes too, read schema and counts again.
    tx.run(`CREATE TABLE ${BUMP} (n)`, {});
    tx.run(`DROP TABLE ${BUMP}`, {});
  });
  reload(store);
}

function isEverCounted(db: Db): boolean {
  return db.one("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'sqlite_stat1'", {}, { n: 0 })?.n === 1;
}

/** Has the connection that writes read the counts again. */
function reload(db: Db): void {
  db.run("ANALYZE sqlite_schema", {});
}
