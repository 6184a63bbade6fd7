import type { Stream } from "../settings/stream";
import type { Engine } from "../sync/engine";

/** So many rows are looked at: an ERP may leave out what is null. */
const SAMPLE = 50;

/**
 * Target fields that no row of a sample has and that the mapping does not name: the sync empties them, so somebody's
 * own column should be skipped. None before the first sync.
 */
export function unsentFields(engine: Engine, stream: Stream): string[] {
  const rows = engine.store.all(
    `SELECT COALESCE(payload_json, '{}') AS payload FROM erp_raw_data
      WHERE stream = {:stream} AND missing_since = '' LIMIT {:limit}`,
    { stream: stream.name, limit: SAMPLE },
    { payload: "" },
  );
  if (rows.length === 0) return [];
  const sent = new Set<string>();
  for (const row of rows) for (const name of Object.keys(JSON.parse(row.payload) as object)) sent.add(name);
  const { mark, parent } = stream.options;
  const fields = engine.targetShape(stream.targetCollection)?.fields ?? [];
  return fields
    .map((field) => field.name)
    .filter((name) => !sent.has(name) && !(name in stream.mapping) && !(name in mark.fields) && name !== parent.field);
}
