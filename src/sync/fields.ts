import { fieldChanges, type JsonType, type KnownField, maybeGone } from "../diff/row-fields";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { fence } from "./lease";
import type { Plan } from "./plan";
import type { Db } from "./ports";

/** The fields that the ERP sends, or sent, as remembered; none before the stream's first run. */
export function knownFields(db: Db, stream: string): KnownField[] {
  return db
    .all(
      "SELECT name AS name, types AS types, gone_since AS gone FROM sync_fields WHERE stream = {:stream} ORDER BY name",
      { stream },
      { name: "", types: "", gone: "" },
    )
    .map((row) => ({ name: row.name, types: splitTypes(row.types), gone: row.gone !== "" }));
}

/**
 * Remembers fields and types that the rows of this run show, before those rows are stored: a push must know them. Writes
 * nothing when nothing is new.
 */
export function learnFields(run: RunContext, { fields }: Plan): void {
  const { engine, stream, lease, runId } = run;
  const known = knownFields(engine.store, stream.name);
  const learnt = known.length === 0 ? storedFields(engine.store, stream.name) : [];
  const changes = fieldChanges(known.length > 0 ? known : learnt, fields);
  if (changes.length + learnt.length === 0) return;
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const at = toDbTime(engine.clock());
    const write = (name: string, types: JsonType[], change: string, was: JsonType[]) =>
      tx.run(
        `INSERT INTO sync_fields (id, stream, name, types, first_seen_at, change, was, changed_at, changed_by)
         VALUES ({:id}, {:stream}, {:name}, {:types}, {:at}, {:change}, {:was}, {:changedAt}, {:by})
         ON CONFLICT (stream, name) DO UPDATE SET types = excluded.types, change = excluded.change, was = excluded.was,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by, gone_since = ''`,
        {
          ...{ id: engine.newId(), stream: stream.name, name, types: types.join(","), at, change, was: was.join(",") },
          ...{ changedAt: change === "" ? "" : at, by: change === "" ? "" : runId },
        },
      );
    for (const { name, types } of learnt) write(name, types, "", []);
    for (const { name, types, change, was } of changes) write(name, types, change, was);
  });
}

/**
 * Remembers that fields are gone, once the rows are stored and before they are pushed: no row of the ERP has them any
 * more. They keep their last values in the target (docs/adr/0022).
 */
export function noticeGone(run: RunContext, { fields, complete }: Plan): void {
  const { engine, stream, lease, runId, rows } = run;
  const known = knownFields(engine.store, stream.name);
  const gone = maybeGone(known, fields, rows.rows_fetched, complete).filter(
    (name) => !isStored(engine.store, stream.name, name),
  );
  if (gone.length === 0) return;
  engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    tx.run(
      `UPDATE sync_fields SET gone_since = {:at}, change = 'gone', was = types, changed_at = {:at}, changed_by = {:run}
        WHERE stream = {:stream} AND name IN (SELECT value FROM json_each({:names}))`,
      { stream: stream.name, run: runId, at: toDbTime(engine.clock()), names: JSON.stringify(gone) },
    );
  });
}

/** True when a row that the ERP still sends may have the field: a look at the text, which is never wrong the other way. */
function isStored(db: Db, stream: string, name: string): boolean {
  const row = db.one(
    `SELECT count(*) AS n FROM (SELECT 1 FROM erp_raw_data
       WHERE stream = {:stream} AND missing_since = '' AND (instr(payload_json, {:quoted}) > 0 OR {:plain} = 0) LIMIT 1)`,
    { stream, quoted: JSON.stringify(name), plain: /^[\x20-\x7e]+$/.test(name) ? 1 : 0 },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

const JSON_TYPES: Record<string, JsonType> = {
  text: "text",
  integer: "number",
  real: "number",
  true: "bool",
  false: "bool",
  object: "object",
  array: "list",
};

/** The fields of rows that were stored before anything was remembered; read once. */
function storedFields(db: Db, stream: string): KnownField[] {
  const found = new Map<string, Set<JsonType>>();
  const rows = db.all(
    `SELECT DISTINCT f.key AS name, f.type AS type FROM erp_raw_data r, json_each(r.payload_json) f
      WHERE r.stream = {:stream} AND json_type(r.payload_json) = 'object'`,
    { stream },
    { name: "", type: "" },
  );
  for (const { name, type } of rows) {
    const types = found.get(name) ?? new Set();
    const known = JSON_TYPES[type];
    if (known) types.add(known);
    found.set(name, types);
  }
  return Array.from(found, ([name, types]) => ({ name, types: Array.from(types), gone: false }));
}

function splitTypes(text: string): JsonType[] {
  return text === "" ? [] : (text.split(",") as JsonType[]);
}
