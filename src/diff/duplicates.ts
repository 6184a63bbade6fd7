import type { KnownRow, SnapshotRow } from "./group";
import { baseOf } from "./keys";

export interface Settled {
  known: KnownRow[];
  rows: SnapshotRow[];
  /** Rows that lost against a later one with their key. */
  dropped: SnapshotRow[];
  /** Rows that share their key and are refused for it. */
  rejected: SnapshotRow[];
}

/**
 * What becomes of rows of one group that share a key: `keep` all, the `last` one only, or `reject` them all (the target
 * then keeps what it has for that key).
 */
export function settleDuplicates(known: KnownRow[], rows: SnapshotRow[], policy: "keep" | "last" | "reject"): Settled {
  const settled: Settled = { known: known.slice(), rows: [], dropped: [], rejected: [] };
  if (policy === "keep") {
    settled.rows = rows;
    return settled;
  }
  for (const [key, same] of byKey(known, rows)) {
    if (same.rows.length + same.matched.length < 2) settled.rows.push(...same.rows);
    else if (policy === "last") keepLast(same, settled);
    else rejectAll(key, same, settled);
  }
  return settled;
}

interface SameKey {
  matched: KnownRow[];
  rows: SnapshotRow[];
}

function byKey(known: KnownRow[], rows: SnapshotRow[]): Map<string, SameKey> {
  const groups = new Map<string, SameKey>();
  const of = (key: string): SameKey => {
    const found = groups.get(key) ?? { matched: [], rows: [] };
    groups.set(key, found);
    return found;
  };
  for (const raw of known) if (raw.matched) of(baseOf(raw.erpId)).matched.push(raw);
  for (const row of rows) of(row.key).rows.push(row);
  return groups;
}

function keepLast(same: SameKey, settled: Settled): void {
  let last = -1;
  for (const row of same.rows) last = Math.max(last, row.position);
  for (const raw of same.matched) last = Math.max(last, raw.position ?? -1);
  for (const row of same.rows) (row.position === last ? settled.rows : settled.dropped).push(row);
  settled.known = settled.known.map((raw) =>
    raw.matched && same.matched.includes(raw) && raw.position !== last ? { ...raw, matched: false } : raw,
  );
}

function rejectAll(key: string, same: SameKey, settled: Settled): void {
  settled.rejected.push(...same.rows);
  settled.known = settled.known.map((raw) =>
    !raw.missing && baseOf(raw.erpId) === key ? { ...raw, matched: true } : raw,
  );
}
