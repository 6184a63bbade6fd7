import { baseOf } from "./keys";
import type { SnapshotRow, StoredRow, Upsert } from "./model";
import type { DiffPolicy, Snapshot, SnapshotDiff, StoredRows } from "./snapshot";
import { lastOf } from "./version";

const GROUPS_AT_ONCE = 500;

/**
 * What an answer changes that is no complete snapshot: rows are found by their key alone, and nothing is rekeyed,
 * superseded or left (design, "Diff"). A text that comes twice is one row, since pages may overlap. Several texts with
 * one key go by on_duplicate: `last` takes the last one; otherwise nobody can tell which stored row each of them is, and
 * they are rejected until a complete snapshot tells.
 */
export function diffPartial<R extends SnapshotRow>(
  answer: Snapshot<R>,
  stored: StoredRows,
  policy: DiffPolicy<R>,
): SnapshotDiff<R> {
  const { known, groups } = answer;
  const diff: SnapshotDiff<R> = {
    ...{ dropped: [], rejected: [], superseded: [], left: [], aged: [] },
    ...{ unchanged: known.size - known.remaining, heldBack: 0, duplicates: 0 },
  };
  const seen = answer.lastPosition ?? new Map<string, number>();
  const names = Array.from(groups.keys()).sort();
  for (let at = 0; at < names.length; at += GROUPS_AT_ONCE) {
    policy.onSlice(at, names.length);
    const slice = names.slice(at, at + GROUPS_AT_ONCE);
    const rowsOf = stored.rowsOf(slice);
    for (const name of slice) {
      const sameKey = byKey(rowsOf.get(name) ?? [], (raw) => baseOf(raw.erpId));
      for (const [key, rows] of byKey(groups.get(name) ?? [], (row) => row.key)) {
        settleKey(diff, key, rows, sameKey.get(key) ?? [], seen, policy);
      }
    }
  }
  return diff;
}

function settleKey<R extends SnapshotRow>(
  diff: SnapshotDiff<R>,
  key: string,
  rows: R[],
  stored: StoredRow[],
  seen: Map<string, number>,
  policy: DiffPolicy<R>,
): void {
  const live = stored.filter((raw) => !raw.missing);
  const alsoSent = live.filter((raw) => seen.has(raw.fingerprint));
  const texts = distinctTexts(rows, live);
  const others = rows.length + alsoSent.length;
  if (others > 1) diff.duplicates += others;
  if (policy.onDuplicate === "last") {
    const last = lastOf(rows);
    const isKnown = live.some((raw) => raw.fingerprint === last.fingerprint);
    // With versions, the stored row is defended by its own, wherever it stands in the answer.
    const overtaken = !last.version && alsoSent.some((raw) => (seen.get(raw.fingerprint) ?? -1) > last.position);
    const taken = isKnown || overtaken ? undefined : last;
    if (taken) policy.onUpsert(upsertOf(key, taken, stored));
    for (const row of rows) if (row !== taken) diff.dropped.push(row);
    return;
  }
  const isClear = texts.length + alsoSent.length < 2 && live.length < 2;
  for (const row of rows) if (!texts.includes(row)) diff.dropped.push(row);
  for (const row of texts) {
    if (isClear) policy.onUpsert(upsertOf(key, row, stored));
    else diff.rejected.push(row);
  }
}

/** One row for each text that no live row has already. */
function distinctTexts<R extends SnapshotRow>(rows: R[], live: StoredRow[]): R[] {
  const known = new Set(live.map((raw) => raw.fingerprint));
  return rows.filter((row) => {
    if (known.has(row.fingerprint)) return false;
    known.add(row.fingerprint);
    return true;
  });
}

/** The stored row of this key takes the text: a live one before a tombstone, the one without an ordinal first. */
function upsertOf<R extends SnapshotRow>(key: string, row: R, stored: StoredRow[]): Upsert<R> {
  const rank = (raw: StoredRow) => (raw.missing ? 2 : 0) + (raw.erpId === key ? 0 : 1);
  const [raw] = stored.slice().sort((a, b) => rank(a) - rank(b));
  if (!raw) return { kind: "new", row, rawId: "", erpId: key };
  const same = row.valid && row.mappedHash === raw.mappedHash;
  const kind = raw.missing ? "returned" : same ? "touched" : "changed";
  return { kind, row, rawId: raw.id, erpId: raw.erpId };
}

function byKey<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const same = found.get(keyOf(item));
    if (same) same.push(item);
    else found.set(keyOf(item), [item]);
  }
  return found;
}
