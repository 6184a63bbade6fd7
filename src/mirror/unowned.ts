import type { MappedValue } from "../mapping/model";
import { storedValues } from "../sync/adopt";
import { quoted } from "../sync/target-id";
import type { Listing, Window } from "./listing";
import { type Compared, recordHashes } from "./rows";

/** A target record that no raw row owns: somebody else made it. The sync never touches it. */
export interface UnownedRecord {
  target_id: string;
  values: Record<string, MappedValue>;
  /** The row whose record has the same content, or "". */
  same_as: string;
}

const UNOWNED = `NOT EXISTS (SELECT 1 FROM erp_raw_data r
  WHERE r.target_collection = {:target} AND r.target_id = t.id AND r.target_id <> '')`;

/** Counts the records nobody's raw row owns, and lists one page of them. */
export function listUnowned(compared: Compared, window: Window, listing: Listing<UnownedRecord>): void {
  const { engine, stream } = compared;
  const table = quoted(stream.targetCollection);
  const target = stream.targetCollection;
  listing.count =
    engine.store.one(`SELECT count(*) AS n FROM ${table} t WHERE ${UNOWNED}`, { target }, { n: 0 })?.n ?? 0;
  if (listing.count <= window.from) return;
  const columns = compared.fields.map((field) => `t.${quoted(field.name)}`).join(", ");
  const rows = engine.store.all(
    `SELECT t.id AS id, json_array(${columns}) AS list FROM ${table} t
      WHERE ${UNOWNED} ORDER BY t.id LIMIT {:limit} OFFSET {:from}`,
    { target, limit: window.to - window.from, from: window.from },
    { id: "", list: "" },
  );
  const records = rows.map((row) => ({ id: row.id, values: readValues(compared, row.list) }));
  const hashes = recordHashes(
    compared,
    records.map((record) => record.values),
  );
  const twins = findTwins(compared, hashes);
  records.forEach(({ id, values }, at) => {
    listing.items.push({ target_id: id, values, same_as: twins.get(hashes[at] as string) ?? "" });
  });
}

function readValues(compared: Compared, list: string): Record<string, MappedValue> {
  try {
    return storedValues(compared.fields, JSON.parse(list) as unknown[]);
  } catch {
    return {};
  }
}

/** Rows whose record has this content, by its hash. */
function findTwins({ engine, stream }: Compared, hashes: string[]): Map<string, string> {
  const rows = engine.store.all(
    `SELECT pushed_hash AS hash, min(erp_id) AS erpId FROM erp_raw_data
      WHERE stream = {:stream} AND pushed_hash IN (SELECT value FROM json_each({:hashes})) GROUP BY pushed_hash`,
    { stream: stream.name, hashes: JSON.stringify(hashes) },
    { hash: "", erpId: "" },
  );
  return new Map(rows.map((row) => [row.hash, row.erpId]));
}
