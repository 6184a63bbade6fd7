import { baseOf, withOrdinal } from "./keys";

/** A raw row of the group, tombstones included. */
export interface KnownRow {
  id: string;
  erpId: string;
  mappedHash: string;
  /** What the target was last told; "" when it has no record for the row. */
  pushedHash: string;
  /** A tombstone: the ERP no longer sends it. */
  missing: boolean;
  /** Its delete waits for a person. */
  held: boolean;
  /** The snapshot has this very text: unchanged. */
  matched: boolean;
  /** Where the snapshot has it, when that matters (on_duplicate other than keep). */
  position?: number;
}

/** A row of the snapshot that is not equal to a known one. */
export interface SnapshotRow {
  /** Its place in the snapshot. */
  position: number;
  /** The key without an ordinal. */
  key: string;
  mappedHash: string;
  /** False when the row cannot be mapped: it goes to quarantine and the target keeps its last good version. */
  valid: boolean;
}

export type Upsert = {
  kind: "changed" | "touched" | "rekeyed" | "returned" | "new";
  row: SnapshotRow;
  /** The raw row that takes the new text; absent for "new". */
  rawId: string;
  erpId: string;
};

export interface GroupDiff {
  upserts: Upsert[];
  /** Known rows that the group no longer has, while the group itself is still there. */
  superseded: KnownRow[];
  /** Known rows of a group that is absent altogether. */
  left: KnownRow[];
  /** Rows that share a key with another row of the snapshot. */
  duplicates: number;
}

/**
 * Compares what one group has with what the snapshot says, once the whole snapshot is read (design, "Diff"). Equal
 * content is paired before equal position, so that as few target records as possible are written, whatever the order
 * of the rows. A row that cannot be mapped only ever takes the place of a row with its own key.
 */
export function diffGroup(known: KnownRow[], rows: SnapshotRow[]): GroupDiff {
  const open = known.filter((row) => !row.matched).sort(byUsefulness);
  const wanted = rows.slice().sort(byKeyThenContent);
  const diff: GroupDiff = { upserts: [], superseded: [], left: [], duplicates: countDuplicates(known, rows) };
  const taken = new Set(known.filter((row) => row.matched).map((row) => row.erpId));

  const rekeyable = pair(
    wanted,
    open,
    (row, raw) => row.key === baseOf(raw.erpId),
    (row, raw) => {
      taken.add(raw.erpId);
      diff.upserts.push({ kind: sameKeyKind(row, raw), row, rawId: raw.id, erpId: raw.erpId });
    },
  );
  const valid = rekeyable.rows.filter((row) => row.valid);
  const surplus = pair(
    valid,
    rekeyable.known.filter(hasRecord),
    () => true,
    (row, raw) => {
      diff.upserts.push({ kind: "rekeyed", row, rawId: raw.id, erpId: freeErpId(row.key, taken) });
    },
  );
  const created = surplus.rows.concat(rekeyable.rows.filter((row) => !row.valid));
  for (const row of created) diff.upserts.push({ kind: "new", row, rawId: "", erpId: freeErpId(row.key, taken) });

  const groupIsThere = rows.length > 0 || known.some((row) => row.matched);
  const rest = surplus.known.concat(rekeyable.known.filter((row) => !hasRecord(row)));
  for (const raw of rest) settleAbsent(raw, groupIsThere, diff);
  return diff;
}

/** Pairs rows with known rows that fit: those with the content the target already has first, then in order. */
function pair(
  rows: SnapshotRow[],
  known: KnownRow[],
  fits: (row: SnapshotRow, raw: KnownRow) => boolean,
  found: (row: SnapshotRow, raw: KnownRow) => void,
): { rows: SnapshotRow[]; known: KnownRow[] } {
  let restRows = rows;
  const rest = known.slice();
  for (const sameContent of [true, false]) {
    restRows = restRows.filter((row) => {
      const at = rest.findIndex((raw) => fits(row, raw) && (!sameContent || isAsPushed(row, raw)));
      const raw = rest[at];
      if (!raw) return true;
      rest.splice(at, 1);
      found(row, raw);
      return false;
    });
  }
  return { rows: restRows, known: rest };
}

function isAsPushed(row: SnapshotRow, raw: KnownRow): boolean {
  return row.valid && raw.pushedHash !== "" && row.mappedHash === raw.pushedHash;
}

function sameKeyKind(row: SnapshotRow, raw: KnownRow): Upsert["kind"] {
  if (raw.missing) return "returned";
  return row.valid && row.mappedHash === raw.mappedHash ? "touched" : "changed";
}

function settleAbsent(raw: KnownRow, groupIsThere: boolean, diff: GroupDiff): void {
  if (!raw.missing) (groupIsThere ? diff.superseded : diff.left).push(raw);
  else if (groupIsThere && !raw.held && raw.mappedHash !== "" && hasRecord(raw)) diff.superseded.push(raw);
}

function hasRecord(raw: KnownRow): boolean {
  return raw.pushedHash !== "" || !raw.missing;
}

function freeErpId(key: string, taken: Set<string>): string {
  let ordinal = 1;
  while (taken.has(withOrdinal(key, ordinal))) ordinal++;
  const erpId = withOrdinal(key, ordinal);
  taken.add(erpId);
  return erpId;
}

function countDuplicates(known: KnownRow[], rows: SnapshotRow[]): number {
  const keys = known.filter((row) => row.matched).map((row) => baseOf(row.erpId));
  for (const row of rows) keys.push(row.key);
  return keys.length - new Set(keys).size;
}

/** Live rows first, then tombstones that still have a record, then the rest; within those by key. */
function byUsefulness(a: KnownRow, b: KnownRow): number {
  return rank(a) - rank(b) || compare(a.erpId, b.erpId);
}

function rank(raw: KnownRow): number {
  if (!raw.missing) return 0;
  return raw.pushedHash !== "" ? 1 : 2;
}

function byKeyThenContent(a: SnapshotRow, b: SnapshotRow): number {
  return (
    compare(a.key, b.key) ||
    Number(b.valid) - Number(a.valid) ||
    compare(a.mappedHash, b.mappedHash) ||
    a.position - b.position
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
