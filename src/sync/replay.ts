import type { Stream } from "../settings/stream";
import { AdaptiveBatch } from "./batch";
import type { Engine } from "./engine";
import type { Work } from "./heal";
import { fence } from "./lease";
import { streamMapper } from "./mapper";
import type { Db } from "./ports";
import { type RemapCounts, ROW_TO_MAP, ROW_TO_MAP_COLUMNS, type RowToMap, remapRows } from "./remap";

/** The largest number of rows one transaction takes, however fast the machine. */
const ROWS_AT_ONCE = 2000;

/** Two ranges of an index, where "not equal" would read every row of the stream. */
const OTHER_VERSION = ["mapping_version < {:version}", "mapping_version > {:version}"] as const;

/** How many raw rows were mapped with another mapping than the stream has now. */
export function countDue(db: Db, stream: string, version: string): number {
  const count = (range: string): number => {
    const sql = `SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND ${range}`;
    return db.one(sql, { stream, version }, { n: 0 })?.n ?? 0;
  };
  return OTHER_VERSION.map(count).reduce((sum, n) => sum + n, 0);
}

/** How many raw rows a replay of this stream would map again. */
export function replayDue(engine: Engine, stream: Stream): number {
  return countDue(engine.store, stream.name, streamMapper(engine, stream).version);
}

/**
 * Maps every raw row again that was mapped with another mapping, without asking the ERP, in short transactions. Each row
 * carries the version it was mapped with, so after a kill the next replay goes on with the rest. Pushing is the drain's.
 */
export function replay(work: Work): RemapCounts {
  const { engine, stream } = work;
  const mapper = streamMapper(engine, stream);
  const total = countDue(engine.store, stream.name, mapper.version);
  const counts: RemapCounts = { rows: 0, invalid: 0, queued: 0 };
  const batch = new AdaptiveBatch(engine.clock, ROWS_AT_ONCE);
  for (;;) {
    work.checkpoint();
    const rows = nextRows(engine.store, stream.name, mapper.version, batch.size);
    if (rows.length === 0) return counts;
    const done = batch.measure(rows.length, () => remapRows(work, mapper, rows, "unmapped"));
    counts.rows += done.rows;
    counts.invalid += done.invalid;
    counts.queued += done.queued;
    engine.progress("replay", counts.rows, Math.max(total, counts.rows));
  }
}

function nextRows(db: Db, stream: string, version: string, limit: number): RowToMap[] {
  for (const range of OTHER_VERSION) {
    const rows = db.all(
      `SELECT ${ROW_TO_MAP_COLUMNS} FROM erp_raw_data WHERE stream = {:stream} AND ${range} LIMIT {:limit}`,
      { stream, version, limit },
      ROW_TO_MAP,
    );
    if (rows.length > 0) return rows.map((row) => ({ ...row }));
  }
  return [];
}

/** Makes every row of the stream due, also those that were mapped with the mapping it has now. */
export function markAllDue(work: Work): void {
  const { engine, stream } = work;
  const batch = new AdaptiveBatch(engine.clock, ROWS_AT_ONCE);
  for (let marked = 1; marked > 0; ) {
    work.checkpoint();
    const limit = batch.size;
    marked = batch.measure(limit, () =>
      engine.store.transaction((tx) => {
        fence(engine, tx, work.lease);
        return tx.run(
          `UPDATE erp_raw_data SET mapping_version = '' WHERE id IN (
             SELECT id FROM erp_raw_data WHERE stream = {:stream} AND mapping_version > '' LIMIT {:limit})`,
          { stream: stream.name, limit },
        );
      }),
    );
  }
}
