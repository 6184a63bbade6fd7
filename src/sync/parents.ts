import type { Stream } from "../settings/stream";
import { RunFailure } from "./errors";
import type { Db } from "./ports";
import { quoted } from "./target-id";

/** The stream that a child's rows belong to. Its rows are only read here: they are under another lease. */
export interface Parent {
  stream: string;
  /** Its target collection. */
  target: string;
  /** The child's target field that gets the id of the parent's record. */
  field: string;
}

/** The parent of a stream, or null. Throws when a parent is named that is no stream with a target any more. */
export function readParent(db: Db, stream: Stream): Parent | null {
  const parent = findParent(db, stream);
  const { stream: name } = stream.options.parent;
  if (parent || name === "") return parent;
  throw new RunFailure(
    `options.parent.stream "${name}" does not exist, or its target collection does not; correct the settings`,
    "settings",
  );
}

/** The parent of a stream, as far as it has one that exists. */
export function findParent(db: Db, { options }: Stream): Parent | null {
  const { stream, field } = options.parent;
  if (stream === "") return null;
  const row = db.one(
    `SELECT target_collection AS target FROM sync_settings
      WHERE name = {:stream} AND EXISTS (SELECT 1 FROM pragma_table_info(target_collection))`,
    { stream },
    { target: "" },
  );
  return row ? { stream, field, target: row.target } : null;
}

/** The streams with each parent before its children, so that one tick can bring both. */
export function parentsFirst(streams: Stream[]): Stream[] {
  const byName = new Map(streams.map((stream) => [stream.name, stream]));
  const depth = (stream: Stream): number => {
    let generations = 0;
    let above = byName.get(stream.options.parent.stream);
    // A circle, written past the check of the settings, has no end.
    for (; above && generations < streams.length; generations++) above = byName.get(above.options.parent.stream);
    return generations;
  };
  return [...streams].sort((one, other) => depth(one) - depth(other));
}

/**
 * An SQL condition: the parent row `p` has a record that a child can point to. Quarantined parents keep theirs, and so
 * do those that left the ERP and are kept; one that is about to be deleted has none any more.
 */
function hasRecord(parent: Parent): string {
  return `NOT (p.missing_since <> '' AND p.mapped_hash = '')
    AND EXISTS (SELECT 1 FROM ${quoted(parent.target)} t WHERE t.id = p.target_id)`;
}

/** The same for the parent with the erp_id that `key` is an SQL expression of; binds {:parent}. */
export function parentIsThere(parent: Parent, key: string): string {
  return `EXISTS (SELECT 1 FROM erp_raw_data p WHERE p.stream = {:parent} AND p.erp_id = ${key} AND ${hasRecord(parent)})`;
}

/** The ids of the parents' records by erp_id; parents that are not there are left out. */
export function findParents(db: Db, parent: Parent, erpIds: string[]): Map<string, string> {
  if (erpIds.length === 0) return new Map();
  const rows = db.all(
    `SELECT p.erp_id AS erpId, p.target_id AS id FROM erp_raw_data p
      WHERE p.stream = {:parent} AND p.erp_id IN (SELECT value FROM json_each({:keys})) AND ${hasRecord(parent)}`,
    { parent: parent.stream, keys: JSON.stringify([...new Set(erpIds)]) },
    { erpId: "", id: "" },
  );
  return new Map(rows.map((row) => [row.erpId, row.id]));
}

/** The erp_ids of the parents that own these records; records that no parent owns are left out. */
export function findParentKeys(db: Db, parent: Parent, ids: string[]): Map<string, string> {
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  if (wanted.length === 0) return new Map();
  const rows = db.all(
    `SELECT p.erp_id AS erpId, p.target_id AS id FROM erp_raw_data p
      WHERE p.target_collection = {:target} AND p.target_id <> '' AND p.target_id IN (SELECT value FROM json_each({:ids}))`,
    { target: parent.target, ids: JSON.stringify(wanted) },
    { erpId: "", id: "" },
  );
  return new Map(rows.map((row) => [row.id, row.erpId]));
}

/**
 * Puts the ids of the parents' records in the place of their erp_ids, as a push would. Returns the rows whose parent is
 * not there: they keep its erp_id.
 */
export function resolveParents<T extends Record<string, unknown>>(db: Db, parent: Parent | null, rows: T[]): Set<T> {
  const orphans = new Set<T>();
  if (!parent) return orphans;
  const keyOf = (row: T): string => String(row[parent.field] ?? "");
  const children = rows.filter((row) => keyOf(row) !== "");
  const ids = findParents(db, parent, children.map(keyOf));
  for (const row of children) {
    const id = ids.get(keyOf(row));
    if (id === undefined) orphans.add(row);
    else (row as Record<string, unknown>)[parent.field] = id;
  }
  return orphans;
}

/** Stored records as the mapping gives rows: with their parents' erp_ids in the place of the records' ids. */
export function withParentKeys<T extends Record<string, unknown>>(db: Db, parent: Parent | null, records: T[]): T[] {
  if (!parent) return records;
  const idOf = (record: T): string => String(record[parent.field] ?? "");
  const keys = findParentKeys(db, parent, records.map(idOf));
  return records.map((record) => {
    const key = keys.get(idOf(record));
    return key === undefined ? record : { ...record, [parent.field]: key };
  });
}

/** Why each of these parents has no record, for a sentence. */
export function whyMissing(db: Db, parent: Parent, erpIds: string[]): (erpId: string) => string {
  const rows = db.all(
    `SELECT p.erp_id AS erpId, p.missing_since AS missingSince, p.mapped_hash AS mappedHash
       FROM erp_raw_data p WHERE p.stream = {:parent} AND p.erp_id IN (SELECT value FROM json_each({:keys}))`,
    { parent: parent.stream, keys: JSON.stringify([...new Set(erpIds)]) },
    { erpId: "", missingSince: "", mappedHash: "" },
  );
  const reasons = new Map(
    rows.map(({ erpId, missingSince, mappedHash }) => {
      if (missingSince !== "") return [erpId, "it has left the ERP"];
      return [erpId, mappedHash === "" ? "it is in quarantine" : "it is not in the target yet"];
    }),
  );
  return (erpId) => reasons.get(erpId) ?? "the ERP has not sent it";
}
