import { type OnDuplicate, type Settled, settleDuplicates } from "./duplicates";
import { diffGroup, type GroupDiff } from "./group";
import { type KnownRows, markMatched } from "./known";
import { hasRecord, type SnapshotRow, type StoredRow, type Upsert } from "./model";
import { diffPlainGroup } from "./plain";
import type { AgedOut } from "./window";

/** Rows by group: a Map, or something that makes the rows when they are asked for. */
export interface Grouped<R extends SnapshotRow> {
  keys(): Iterable<string>;
  has(group: string): boolean;
  get(group: string): R[] | undefined;
}

/** A complete answer after its equal rows were taken out of `known`; the others are here, by group. */
export interface Snapshot<R extends SnapshotRow> {
  known: KnownRows;
  groups: Grouped<R>;
  /** Where the last row with a known text stands; null while on_duplicate is keep. */
  lastPosition: Map<string, number> | null;
}

/** Where the stored rows come from: the database, or a test's memory. */
export interface StoredRows {
  /** The groups of live rows with these fingerprints. */
  groupsOf(fingerprints: string[]): string[];
  /** Groups that must be looked at although all of their rows may be unchanged. */
  unsettledGroups(): string[];
  /** All rows of these groups, tombstones too. */
  rowsOf(groups: string[]): Map<string, StoredRow[]>;
}

/** Rows that wait in quarantine and may be the successors of rows that seem to be gone (design, "Guard"). */
export interface Holds {
  /** A row whose group cannot be read holds back every group. */
  all: boolean;
  /** Groups of rows whose key cannot be read. */
  groups: Set<string>;
  /** Raw rows without a record that wait in quarantine. */
  waiting: Set<string>;
  /** Fingerprints of rows without a raw row that a person chose to ignore. */
  ignored: Set<string>;
}

export interface DiffPolicy<R extends SnapshotRow> {
  onDuplicate: OnDuplicate;
  holds: Holds;
  /** Takes each upsert as it is found; all of very many would fill the memory. */
  onUpsert(upsert: Upsert<R>): void;
  /** Called before each slice of groups. */
  onSlice(done: number, total: number): void;
}

export interface SnapshotDiff<R extends SnapshotRow> {
  /** Rows that lost against a later one with their key. */
  dropped: R[];
  /** Rows that are refused because they share their key. */
  rejected: R[];
  /** Ids of raw rows that a group no longer has. */
  superseded: string[];
  /** Ids of raw rows of groups that are absent altogether. */
  left: string[];
  /** Raw rows that the answer says nothing of by lacking them. */
  aged: { id: string; why: AgedOut }[];
  unchanged: number;
  /** Rows that the answer lacks and that stay, because a row in quarantine may be one of them. */
  heldBack: number;
  /** Rows that share their key with another row of the snapshot, in the groups that were looked at. */
  duplicates: number;
}

/** How many groups are compared at a time. */
const GROUPS_AT_ONCE = 500;

/** What a complete snapshot changes, group by group (design, "Diff"); the result does not depend on the rows' order. */
export function diffSnapshot<R extends SnapshotRow>(
  snapshot: Snapshot<R>,
  stored: StoredRows,
  policy: DiffPolicy<R>,
): SnapshotDiff<R> {
  const { known } = snapshot;
  const diff: SnapshotDiff<R> = {
    dropped: [],
    rejected: [],
    superseded: [],
    left: [],
    aged: [],
    unchanged: known.size - known.remaining,
    heldBack: 0,
    duplicates: 0,
  };
  const names = Array.from(snapshot.groups.keys());
  const seen = compareGroups(names, 0, snapshot, stored, policy, diff);
  // Known rows that the answer lacks, of groups that it has nothing new of.
  const unseen = known.remainingFingerprints().filter((fingerprint) => !seen.has(fingerprint));
  const others = stored.groupsOf(unseen).concat(stored.unsettledGroups());
  const rest = Array.from(new Set(others)).filter((name) => !snapshot.groups.has(name));
  compareGroups(rest, names.length, snapshot, stored, policy, diff);
  return diff;
}

/** Compares groups slice by slice, in the order in which they stand on disk. Returns the texts of their stored rows. */
function compareGroups<R extends SnapshotRow>(
  names: string[],
  done: number,
  snapshot: Snapshot<R>,
  stored: StoredRows,
  policy: DiffPolicy<R>,
  diff: SnapshotDiff<R>,
): Set<string> {
  const seen = new Set<string>();
  if (snapshot.known.size > 0) names.sort();
  for (let at = 0; at < names.length; at += GROUPS_AT_ONCE) {
    policy.onSlice(done + at, done + names.length);
    const slice = names.slice(at, at + GROUPS_AT_ONCE);
    const rows = stored.rowsOf(slice);
    for (const name of slice) {
      const known = rows.get(name) ?? [];
      for (const raw of known) if (!raw.missing) seen.add(raw.fingerprint);
      compareGroup(name, known, snapshot, policy, diff);
    }
  }
  return seen;
}

function compareGroup<R extends SnapshotRow>(
  name: string,
  stored: StoredRow[],
  { known, groups, lastPosition }: Snapshot<R>,
  policy: DiffPolicy<R>,
  diff: SnapshotDiff<R>,
): void {
  const rows = groups.get(name) ?? [];
  const plain = diffPlainGroup(stored, rows, known);
  if (plain) {
    for (const upsert of plain) policy.onUpsert(upsert);
    return;
  }
  const marked = markMatched(stored, known, lastPosition);
  const settled = settleDuplicates(marked, rows, policy.onDuplicate);
  const group = diffGroup(settled.known, settled.rows);
  for (const upsert of group.upserts) policy.onUpsert(upsert);
  addRows(diff, settled, group);
  if (isHeldBack(name, settled, group, policy.holds)) diff.heldBack += group.superseded.length + group.left.length;
  else addAbsent(diff, group);
}

function addRows<R extends SnapshotRow>(diff: SnapshotDiff<R>, settled: Settled<R>, group: GroupDiff<R>): void {
  for (const row of settled.dropped) diff.dropped.push(row);
  for (const row of settled.rejected) diff.rejected.push(row);
  diff.unchanged -= settled.lost;
  diff.duplicates += group.duplicates + settled.dropped.length + settled.lost + settled.rejected.length;
}

function addAbsent<R extends SnapshotRow>(diff: SnapshotDiff<R>, group: GroupDiff<R>): void {
  for (const raw of group.superseded) diff.superseded.push(raw.id);
  for (const raw of group.left) diff.left.push(raw.id);
  for (const raw of group.aged) diff.aged.push({ id: raw.id, why: raw.agedOut });
}

/** A row that cannot reach the target, and never did, may be the successor of one that seems to be gone. */
function isHeldBack<R extends SnapshotRow>(
  name: string,
  settled: Settled<R>,
  group: GroupDiff<R>,
  holds: Holds,
): boolean {
  if (holds.all || holds.groups.has(name)) return true;
  if (settled.rejected.some((row) => !holds.ignored.has(row.fingerprint))) return true;
  if (settled.known.some((raw) => raw.matched && holds.waiting.has(raw.id))) return true;
  const broken = group.upserts.filter((upsert) => !upsert.row.valid);
  if (broken.length === 0) return false;
  const inTarget = new Set(settled.known.filter(hasRecord).map((raw) => raw.id));
  return broken.some(({ rawId }) => !inTarget.has(rawId));
}
