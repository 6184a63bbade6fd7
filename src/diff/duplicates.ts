import { baseOf } from "./keys";
import type { KnownRow, SnapshotRow } from "./model";
import { lastOf } from "./version";

export type OnDuplicate = "keep" | "last" | "reject";

export interface Settled<R extends SnapshotRow> {
  known: KnownRow[];
  rows: R[];
  /** Rows that lost against a later one with their key. */
  dropped: R[];
  /** How many rows with a known text lost in the same way. */
  lost: number;
  /** Rows that share their key and are refused for it. */
  rejected: R[];
}

/**
 * What becomes of rows of one group that share a key: `keep` all, the `last` one only, or `reject` them all (the target
 * then keeps what it has for that key).
 */
export function settleDuplicates<R extends SnapshotRow>(known: KnownRow[], rows: R[], policy: OnDuplicate): Settled<R> {
  if (policy === "keep") return { known, rows, dropped: [], lost: 0, rejected: [] };
  const settled: Settled<R> = { known, rows: [], dropped: [], lost: 0, rejected: [] };
  const lost = new Set<KnownRow>();
  const kept = new Set<string>();
  for (const [key, same] of byKey(known, rows)) {
    if (same.rows.length + same.matched.length < 2) for (const row of same.rows) settled.rows.push(row);
    else if (policy === "last") keepLast(same, settled, lost);
    else if (same.rows.length > 0) {
      for (const row of same.rows) settled.rejected.push(row);
      kept.add(key);
    }
  }
  settled.lost = lost.size;
  settled.known = known.map((raw) => {
    if (lost.has(raw)) return { ...raw, matched: false, agedOut: undefined };
    return !raw.missing && !raw.matched && kept.has(baseOf(raw.erpId)) ? { ...raw, matched: true } : raw;
  });
  return settled;
}

interface SameKey<R extends SnapshotRow> {
  matched: KnownRow[];
  rows: R[];
}

function byKey<R extends SnapshotRow>(known: KnownRow[], rows: R[]): Map<string, SameKey<R>> {
  const keys = new Map<string, SameKey<R>>();
  const of = (key: string): SameKey<R> => {
    const same = keys.get(key) ?? { matched: [], rows: [] };
    keys.set(key, same);
    return same;
  };
  for (const raw of known) if (raw.matched) of(baseOf(raw.erpId)).matched.push(raw);
  for (const row of rows) of(row.key).rows.push(row);
  return keys;
}

/**
 * The last row stays; if its text is known, the known row does, and nothing needs to be written. One with a version is
 * held against the stored one's later, wherever that stands in the answer.
 */
function keepLast<R extends SnapshotRow>(same: SameKey<R>, settled: Settled<R>, lost: Set<KnownRow>): void {
  const newest = same.rows.length > 0 ? lastOf(same.rows) : undefined;
  let last: { position?: number; fingerprint: string } | undefined = newest;
  for (const raw of newest?.version ? [] : same.matched) {
    if (last === undefined || (raw.position ?? -1) > (last.position ?? -1)) last = raw;
  }
  const stays = same.matched.find((raw) => raw.fingerprint === last?.fingerprint);
  for (const raw of same.matched) if (raw !== stays) lost.add(raw);
  for (const row of same.rows) (row === last && !stays ? settled.rows : settled.dropped).push(row);
}
