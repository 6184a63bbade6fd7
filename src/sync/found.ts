import type { FieldMapping } from "../mapping/model";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import type { Work } from "./heal";
import { streamMapper } from "./mapper";
import type { Db } from "./ports";
import { ROW_TO_MAP, ROW_TO_MAP_COLUMNS, remapRows } from "./remap";
import { quoted } from "./target-id";

const AT_ONCE = 200;

/** A target field whose values are looked up. */
interface LookedUp {
  name: string;
  collection: string;
  field: string;
}

/**
 * Rows in quarantine because a lookup found nothing are mapped again once it finds something: an unknown article that
 * was made since needs nobody to replay it. Asked of the database by each run and tick, one statement for each field
 * that is looked up. Returns how many were mapped again.
 */
export function mapFound(work: Work): number {
  const { engine, stream } = work;
  let mapped = 0;
  for (const field of lookedUp(engine.store, stream)) {
    for (let after = ""; ; ) {
      work.checkpoint();
      const found = engine.store.all(
        `SELECT f.id AS id, f.raw_row AS rawId ${FROM_FOUND(field)} AND f.id > {:after} ORDER BY f.id LIMIT {:limit}`,
        { stream: stream.name, field: field.name, after, limit: AT_ONCE },
        { id: "", rawId: "" },
      );
      const last = found[found.length - 1];
      if (!last) break;
      after = last.id;
      mapped += mapAgain(
        work,
        found.map((row) => row.rawId),
      );
    }
  }
  return mapped;
}

/** Whether there is a row to map again. */
export function hasFound({ store }: Engine, stream: Stream): boolean {
  return lookedUp(store, stream).some((field) => {
    const params = { stream: stream.name, field: field.name };
    return store.one(`SELECT EXISTS (SELECT 1 ${FROM_FOUND(field)}) AS found`, params, { found: 0 })?.found === 1;
  });
}

/**
 * Without an index of its own: read by waits_for, the whole other collection would be gone through although nothing
 * waits. So the plus.
 */
const FROM_FOUND = ({ collection, field }: LookedUp): string =>
  `FROM failed_records f INDEXED BY idx_failed_records_waits
    WHERE f.stream = {:stream} AND f.field = {:field} AND f.waits_for <> '' AND f.resolved_at = '' AND f.ignored_at = ''
      AND +f.waits_for IN (SELECT ${quoted(field)} FROM ${quoted(collection)})`;

/** The fields that are looked up in a collection that exists; of another one nothing can be asked. */
function lookedUp(db: Db, { mapping }: Stream): LookedUp[] {
  return Object.entries(mapping as Record<string, FieldMapping>).flatMap(([name, { lookup }]) => {
    if (!lookup) return [];
    const row = db.one(
      `SELECT c.name AS collection FROM _collections c JOIN pragma_table_info(c.name) p ON p.name = {:field}
        WHERE c.name = {:collection} OR c.id = {:collection}`,
      { ...lookup },
      { collection: "" },
    );
    return row ? [{ name, collection: row.collection, field: lookup.field }] : [];
  });
}

function mapAgain(work: Work, rawIds: string[]): number {
  const { engine, stream } = work;
  const rows = engine.store.all(
    `SELECT ${ROW_TO_MAP_COLUMNS} FROM erp_raw_data WHERE id IN (SELECT value FROM json_each({:ids}))`,
    { ids: JSON.stringify(rawIds) },
    ROW_TO_MAP,
  );
  const copies = rows.map((row) => ({ ...row }));
  return remapRows(work, streamMapper(engine, stream), copies, "unmapped").rows;
}
