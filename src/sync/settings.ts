import { readStream, type Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { coerceError, UnknownStream } from "./errors";
import type { Db } from "./ports";

const COLUMNS = `name AS name, paused AS paused, schedule AS schedule, source_url AS source_url, from_date AS from_date,
  COALESCE(group_fields, 'null') AS group_fields, COALESCE(key_fields, 'null') AS key_fields,
  target_collection AS target_collection, COALESCE(mapping, 'null') AS mapping, timezone AS timezone,
  on_missing AS on_missing, COALESCE(options, 'null') AS options`;

const EXAMPLE = {
  name: "",
  paused: 0,
  schedule: "",
  source_url: "",
  from_date: "",
  group_fields: "",
  key_fields: "",
  target_collection: "",
  mapping: "",
  timezone: "",
  on_missing: "",
  options: "",
};

/** The settings of one stream. Throws a sentence when there is no such stream or its record cannot be used. */
export function readSettings(db: Db, stream: string): Stream {
  const row = db.one(`SELECT ${COLUMNS} FROM sync_settings WHERE name = {:stream}`, { stream }, EXAMPLE);
  if (row) return readStream(columnsOf(row));
  const names = db.all("SELECT name AS name FROM sync_settings ORDER BY name", {}, { name: "" });
  throw new UnknownStream(
    stream,
    names.map((each) => each.name),
  );
}

/** Every stream that can be used; one that cannot is logged and left out. */
export function readAllSettings(engine: Engine): Stream[] {
  const rows = engine.store.all(`SELECT ${COLUMNS} FROM sync_settings ORDER BY name`, {}, EXAMPLE);
  const streams: Stream[] = [];
  for (const row of rows) {
    try {
      streams.push(readStream(columnsOf(row)));
    } catch (error) {
      engine.log.error("a stream's settings cannot be used", { stream: row.name, error: coerceError(error) });
    }
  }
  return streams;
}

function columnsOf(row: typeof EXAMPLE): Record<string, unknown> {
  return { ...row, paused: row.paused === 1 };
}
