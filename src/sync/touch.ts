import { AdaptiveBatch } from "./batch";
import { toDbTime } from "./clock";
import type { Work } from "./heal";
import { fence } from "./lease";
import { quoted } from "./target-id";

/** The largest number of records one transaction takes, however fast the machine. */
const RECORDS_AT_ONCE = 5000;

/**
 * Sets options.push.touch_field in the record of every row that the newest snapshot has and that the target holds as it
 * should (004, last_synced_at): set by set, without push_log, hooks, realtime or a new `updated`. Returns how many.
 */
export function touch(work: Work): number {
  const { engine, stream } = work;
  const field = stream.options.push.touch_field;
  if (field === "") return 0;
  const now = toDbTime(engine.clock());
  const batch = new AdaptiveBatch(engine.clock, RECORDS_AT_ONCE);
  let touched = 0;
  for (let after = 0; ; ) {
    work.checkpoint();
    const page = syncedRows(work, after, batch.size);
    const last = page[page.length - 1];
    if (!last) return touched;
    after = last.at;
    const ids = JSON.stringify(page.map((row) => row.target));
    touched += batch.measure(page.length, () =>
      engine.store.transaction((tx) => {
        fence(engine, tx, work.lease);
        return tx.run(
          `UPDATE ${quoted(stream.targetCollection)} SET ${quoted(field)} = {:now}
            WHERE id IN (SELECT value FROM json_each({:ids}))`,
          { now, ids },
        );
      }),
    );
    engine.progress("touch", touched, 0);
  }
}

/** Rows in quarantine have an old version in the target. */
function syncedRows({ engine, stream }: Work, after: number, limit: number): { at: number; target: string }[] {
  return engine.store.all(
    `SELECT r.rowid AS at, r.target_id AS target FROM erp_raw_data r
      WHERE r.stream = {:stream} AND r.rowid > {:after} AND r.missing_since = ''
        AND r.pushed_hash <> '' AND r.mapped_hash = r.pushed_hash
        AND NOT EXISTS (SELECT 1 FROM failed_records f WHERE f.raw_row = r.id AND f.resolved_at = '')
      ORDER BY r.rowid LIMIT {:limit}`,
    { stream: stream.name, after, limit },
    { at: 0, target: "" },
  );
}
