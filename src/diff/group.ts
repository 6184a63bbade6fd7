import { baseOf, withOrdinal } from "./keys";
import { compareText, hasRecord, type KnownRow, type SnapshotRow, type StoredRow, type Upsert } from "./model";
import { pairByContent, pairByKey } from "./pairing";
import type { AgedOut } from "./window";

export interface GroupDiff<R extends SnapshotRow> {
  upserts: Upsert<R>[];
  /** Known rows that the group no longer has, while the group itself is still there. */
  superseded: KnownRow[];
  /** Known rows of a group that is absent altogether. */
  left: KnownRow[];
  /** Known rows that the answer says nothing of by lacking them. */
  aged: (KnownRow & { agedOut: AgedOut })[];
  /** Rows that share a key with another row of the snapshot. */
  duplicates: number;
}

/**
 * Compares what one group has with what the snapshot says, once the whole snapshot is read (design, "Diff", rules 1 to
 * 5). Of all ways to pair as many rows as possible with known rows of their own key, it takes one that writes the
 * fewest target records, whatever the order of the rows. A row that cannot be mapped only ever takes the place of a row
 * with its own key. A row that has aged out is only ever found by its own key.
 */
export function diffGroup<R extends SnapshotRow>(known: KnownRow[], rows: R[]): GroupDiff<R> {
  const open = known.filter((raw) => !raw.matched).sort(byUsefulness);
  const diff: GroupDiff<R> = {
    upserts: [],
    superseded: [],
    left: [],
    aged: [],
    duplicates: countDuplicates(known, rows),
  };
  const own = pairByKey(rows.slice().sort(byKeyThenContent), open);
  const other = pairByContent(
    own.rows.filter((row) => row.valid),
    own.known.filter((raw) => !raw.agedOut && (!raw.missing || hasRecord(raw) || isKept(raw))),
  );
  const ids = new FreeIds(known);
  for (const { row, raw } of own.pairs) {
    diff.upserts.push({ kind: sameKeyKind(row, raw), row, rawId: raw.id, erpId: raw.erpId });
  }
  for (const { row, raw } of other.pairs) {
    diff.upserts.push({ kind: "rekeyed", row, rawId: raw.id, erpId: ids.take(row.key) });
  }
  const created = other.rows.concat(own.rows.filter((row) => !row.valid));
  for (const row of created) diff.upserts.push({ kind: "new", row, rawId: "", erpId: ids.take(row.key) });

  const groupIsThere = rows.length > 0 || known.some((raw) => raw.matched);
  const used = new Set(diff.upserts.map((upsert) => upsert.rawId));
  for (const raw of open) if (!used.has(raw.id)) settleAbsent(raw, groupIsThere, diff);
  return diff;
}

function sameKeyKind(row: SnapshotRow, raw: KnownRow): Upsert["kind"] {
  if (raw.missing) return "returned";
  return row.valid && row.mappedHash === raw.mappedHash ? "touched" : "changed";
}

/** A tombstone that the target keeps was only kept because its group was absent: now the group is there without it. */
function settleAbsent<R extends SnapshotRow>(raw: KnownRow, groupIsThere: boolean, diff: GroupDiff<R>): void {
  const { agedOut } = raw;
  if (agedOut) {
    if (!raw.missing) diff.aged.push({ ...raw, agedOut });
  } else if (!raw.missing) (groupIsThere ? diff.superseded : diff.left).push(raw);
  else if (groupIsThere && isKept(raw)) diff.superseded.push(raw);
}

/** A tombstone whose record is meant to stay in the target, or to get there: a run was killed before it pushed. */
function isKept(raw: StoredRow): boolean {
  return raw.missing && !raw.held && raw.mappedHash !== "";
}

/**
 * Hands out erp_ids no raw row of the group has, also none that this diff is about to free: whatever the order in which
 * the rows are stored, two never have the same one for a moment.
 */
class FreeIds {
  private readonly taken: Set<string>;
  private readonly next = new Map<string, number>();

  constructor(known: KnownRow[]) {
    this.taken = new Set(known.map((raw) => raw.erpId));
  }

  take(key: string): string {
    let ordinal = this.next.get(key) ?? 1;
    while (this.taken.has(withOrdinal(key, ordinal))) ordinal++;
    this.next.set(key, ordinal + 1);
    return withOrdinal(key, ordinal);
  }
}

function countDuplicates(known: KnownRow[], rows: SnapshotRow[]): number {
  const keys = known.filter((raw) => raw.matched).map((raw) => baseOf(raw.erpId));
  for (const row of rows) keys.push(row.key);
  return keys.length - new Set(keys).size;
}

/** Known rows whose reuse saves a write come first; within those by key. */
export function byUsefulness(a: StoredRow, b: StoredRow): number {
  return rank(a) - rank(b) || compareText(a.erpId, b.erpId);
}

/** A record that stays unused is deleted, unless its delete is held; without a record, the target has nothing to lose. */
function rank(raw: StoredRow): number {
  if (hasRecord(raw)) return raw.held ? 2 : raw.missing ? 1 : 0;
  return raw.missing ? 4 : 3;
}

function byKeyThenContent(a: SnapshotRow, b: SnapshotRow): number {
  return (
    compareText(a.key, b.key) ||
    Number(b.valid) - Number(a.valid) ||
    compareText(a.mappedHash, b.mappedHash) ||
    compareText(a.fingerprint, b.fingerprint) ||
    a.position - b.position
  );
}
