import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";

/**
 * True when the target has, or had, a record of the stream. Before that is so every row is unpushed: then two counts tell
 * by narrow indexes what reading all rows would.
 */
export function hasPushed({ engine, stream }: { engine: Engine; stream: Pick<Stream, "name"> }): boolean {
  const row = engine.store.one(
    `SELECT EXISTS (SELECT 1 FROM (SELECT pushed_hash FROM erp_raw_data WHERE stream = {:stream} LIMIT 20) WHERE pushed_hash <> '')
         OR (SELECT count(*) FROM erp_raw_data WHERE stream = {:stream})
          > (SELECT count(*) FROM erp_raw_data WHERE stream = {:stream} AND pushed_hash = '') AS pushed`,
    { stream: stream.name },
    { pushed: 0 },
  );
  return row?.pushed === 1;
}
