import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue, TargetField } from "../mapping/model";
import type { Stream } from "../settings/stream";
import { storedValues } from "../sync/adopt";
import type { Engine } from "../sync/engine";
import { keptFields } from "../sync/kept-fields";
import { streamMapper } from "../sync/mapper";
import { type MarkValues, markValuesOf } from "../sync/mark";
import { findParent, type Parent, withParentKeys } from "../sync/parents";
import type { Params, TargetChange } from "../sync/ports";
import { markHash } from "../sync/raw";
import type { Mapper } from "../sync/snapshot";
import { quoted } from "../sync/target-id";

/** A raw row beside its target record, as one statement saw them. */
export interface MirrorRow {
  rawId: string;
  erpId: string;
  targetId: string;
  mappedHash: string;
  pushedHash: string;
  fetchedAt: string;
  editedAt: string;
  missingSince: string;
  heldBy: string;
  /** The mapping that mapped_hash was made with. */
  mappingVersion: string;
  /** Whether a failed_records entry of this row is open. */
  quarantine: "" | "open" | "ignored";
  /** Hash of what the target record holds, comparable with mapped_hash; null when there is no record. */
  record: string | null;
  /** What the record holds, as the mapping would give it. */
  stored: Record<string, MappedValue>;
}

/** A stream and what its rows are compared by. */
export interface Compared {
  engine: Engine;
  stream: Stream;
  map: Mapper;
  fields: TargetField[];
  /** The mapping as it is now. */
  mappingVersion: string;
  /** The mapped_hash of a marked tombstone. */
  mark: string;
  /** What the record of a marked tombstone should have. */
  markValues: MarkValues;
  /** Mapped rows name their parent by its erp_id, records by its record's id. */
  parent: Parent | null;
  /** Fields that a push leaves alone, with what mapped_hash has for them. */
  kept: Record<string, MappedValue>;
}

export function comparedOf(engine: Engine, stream: Stream): Compared {
  const { map, fields, version } = streamMapper(engine, stream);
  const parent = findParent(engine.store, stream);
  const mark = markHash({ engine, stream });
  const markValues = markValuesOf(engine, stream, fields);
  const kept = keptFields(engine, stream);
  return { engine, stream, map, fields, mappingVersion: version, mark, markValues, parent, kept };
}

/** The hashes of what records hold, comparable with mapped_hash. */
export function recordHashes(compared: Compared, records: Record<string, MappedValue>[]): string[] {
  const named = withParentKeys(compared.engine.store, compared.parent, records);
  return named.map((values) => valuesHash(compared, values));
}

/** The hash of a mapped row, the same as mapped_hash. */
export function valuesHash({ engine, fields }: Compared, values: Record<string, MappedValue>): string {
  const names = fields.map((field) => field.name);
  return engine.hash.md5(canonicalValues(values, names));
}

/** What pushing these values would change in a record; null when it does not exist. */
export function changesIfPushed(
  { engine, stream, kept }: Compared,
  targetId: string,
  values: Record<string, MappedValue>,
): TargetChange[] | null {
  const written = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in kept)));
  return engine.changesIfPushed(stream.targetCollection, targetId, written);
}

const EXAMPLE = {
  rawId: "",
  erpId: "",
  targetId: "",
  mappedHash: "",
  pushedHash: "",
  fetchedAt: "",
  editedAt: "",
  missingSince: "",
  heldBy: "",
  mappingVersion: "",
  quarantine: "",
  there: 0,
  list: "",
};

/** The next rows of the stream by erp_id; a page is all that is in memory at a time. */
export function readPage(compared: Compared, afterErpId: string, limit: number): MirrorRow[] {
  return read(compared, "r.erp_id > {:after} ORDER BY r.erp_id LIMIT {:limit}", { after: afterErpId, limit });
}

/** These raw rows, as far as they are still there. */
export function readRows(compared: Compared, rawIds: string[]): MirrorRow[] {
  const where = "r.id IN (SELECT value FROM json_each({:ids})) ORDER BY r.erp_id";
  return read(compared, where, { ids: JSON.stringify(rawIds) });
}

/** The raw row of an erp_id, or undefined. */
export function readRow(compared: Compared, erpId: string): MirrorRow | undefined {
  return read(compared, "r.erp_id = {:erpId}", { erpId })[0];
}

function read(compared: Compared, where: string, params: Params): MirrorRow[] {
  const { engine, stream, fields } = compared;
  const columns = fields.map((field) => `t.${quoted(field.name)}`).join(", ");
  const rows = engine.store.all(
    `SELECT r.id AS rawId, r.erp_id AS erpId, r.target_id AS targetId, r.mapped_hash AS mappedHash,
            r.pushed_hash AS pushedHash, r.fetched_at AS fetchedAt, r.edited_at AS editedAt,
            r.missing_since AS missingSince, r.held_by AS heldBy, r.mapping_version AS mappingVersion,
            COALESCE((SELECT CASE WHEN f.ignored_at = '' THEN 'open' ELSE 'ignored' END FROM failed_records f
                       WHERE f.raw_row = r.id AND f.resolved_at = '' ORDER BY f.ignored_at LIMIT 1), '') AS quarantine,
            t.id IS NOT NULL AS there, CASE WHEN t.id IS NULL THEN '' ELSE json_array(${columns}) END AS list
       FROM erp_raw_data r LEFT JOIN ${quoted(stream.targetCollection)} t ON t.id = r.target_id
      WHERE r.stream = {:stream} AND ${where}`,
    { ...params, stream: stream.name },
    EXAMPLE,
  );
  const records = rows.map((row) => readRecord(compared, row.list));
  const hashes = recordHashes(
    compared,
    records.map((record) => record ?? {}),
  );
  return rows.map((row, at) => ({
    rawId: row.rawId,
    erpId: row.erpId,
    targetId: row.targetId,
    mappedHash: row.mappedHash,
    pushedHash: row.pushedHash,
    fetchedAt: row.fetchedAt,
    editedAt: row.editedAt,
    missingSince: row.missingSince,
    heldBy: row.heldBy,
    mappingVersion: row.mappingVersion,
    quarantine: row.quarantine as MirrorRow["quarantine"],
    // A record that cannot be read is equal to nothing the sync ever wrote.
    record: row.there === 0 ? null : records[at] ? (hashes[at] as string) : engine.hash.md5(row.list),
    stored: records[at] ?? {},
  }));
}

/** null when there is no record, or a column of it holds no JSON although it should. */
function readRecord({ fields, kept }: Compared, list: string): Record<string, MappedValue> | null {
  try {
    return list === "" ? null : { ...storedValues(fields, JSON.parse(list) as unknown[]), ...kept };
  } catch {
    return null;
  }
}
