import type { Db, Hash } from "./ports";

type Sha256 = Pick<Hash, "sha256">;

/** A PocketBase record id. */
const ID_LENGTH = 15;

/**
 * The id of the target record of each erp_id, before its first push: always the same for the same stream and key, so
 * that a push that is repeated hits the same record (000, scenario D). A counter is appended while an id is taken.
 */
export function chooseTargetIds(hash: Sha256, db: Db, stream: string, collection: string, erpIds: string[]): string[] {
  const wanted = erpIds.map((erpId) => targetId(hash, stream, erpId, 0));
  const taken = takenIds(db, collection, wanted);
  return wanted.map((id, at) => {
    let chosen = id;
    for (let counter = 2; taken.has(chosen); counter++) {
      chosen = targetId(hash, stream, erpIds[at] as string, counter);
      for (const more of takenIds(db, collection, [chosen])) taken.add(more);
    }
    taken.add(chosen);
    return chosen;
  });
}

function targetId(hash: Sha256, stream: string, erpId: string, counter: number): string {
  const text = counter === 0 ? `${stream}\n${erpId}` : `${stream}\n${erpId}\n${counter}`;
  return hash.sha256(text).slice(0, ID_LENGTH);
}

function takenIds(db: Db, collection: string, ids: string[]): Set<string> {
  const rows = db.all(
    `SELECT t.id AS id FROM ${quoted(collection)} t WHERE t.id IN (SELECT value FROM json_each({:ids}))
      UNION SELECT r.target_id AS id FROM erp_raw_data r
       WHERE r.target_collection = {:collection} AND r.target_id <> '' AND r.target_id IN (SELECT value FROM json_each({:ids}))`,
    { collection, ids: JSON.stringify(ids) },
    { id: "" },
  );
  return new Set(rows.map((row) => row.id));
}

/** A collection name as an SQL identifier; it comes from settings. */
export function quoted(identifier: string): string {
  return `"${identifier.replace(/"/g, '""')}"`;
}
