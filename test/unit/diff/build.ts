import type { KnownRow, SnapshotRow } from "../../../src/diff/model";

/** A live raw row that is in the target with this content; its id is its erp_id. */
export function known(erpId: string, content: string, more: Partial<KnownRow> = {}): KnownRow {
  const hashes = { mappedHash: content, pushedHash: content };
  return {
    ...{ id: erpId, erpId, fingerprint: `${erpId} ${content}`, ...hashes },
    ...{ missing: false, held: false, matched: false, ...more },
  };
}

/** A live raw row whose very text the snapshot has. */
export function matched(erpId: string, content: string, position = 0): KnownRow {
  return known(erpId, content, { matched: true, position });
}

/** A tombstone whose record the target keeps. */
export function kept(erpId: string, content: string): KnownRow {
  return known(erpId, content, { missing: true });
}

/** A row that is too old for the answer, or has no date that could tell. */
export function aged(raw: KnownRow): KnownRow {
  return { ...raw, agedOut: "old" };
}

/** A tombstone whose record is gone. */
export function gone(erpId: string): KnownRow {
  return known(erpId, "", { missing: true });
}

/** A tombstone whose delete waits for a person. */
export function held(erpId: string, content: string): KnownRow {
  return known(erpId, content, { missing: true, held: true });
}

/** A live raw row that never reached the target. */
export function unpushed(erpId: string, content: string): KnownRow {
  return known(erpId, content, { pushedHash: "" });
}

/** A row of the snapshot with a text of its own. */
export function row(key: string, content: string, position = 0): SnapshotRow {
  return { position, key, fingerprint: `${key} ${content} at ${position}`, mappedHash: content, valid: true };
}

/** A row of the snapshot that cannot be mapped. */
export function bad(key: string, position = 0): SnapshotRow {
  return { ...row(key, "", position), valid: false };
}
