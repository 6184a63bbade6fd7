import type { KnownRows } from "./known";
import type { SnapshotRow, StoredRow, Upsert } from "./model";

/** Larger groups are left to the exact comparison, which does not compare each with each. */
const MOST_ROWS = 8;

/**
 * What most groups need: nothing is stored of them and each row has a key of its own, or each row finds its own key's
 * only stored row, and no text is the same as before. Gives exactly what `diffGroup` would, in a tenth of the time; null
 * where it takes a closer look.
 */
export function diffPlainGroup<R extends SnapshotRow>(
  stored: StoredRow[],
  rows: R[],
  known: KnownRows,
): Upsert<R>[] | null {
  if (rows.length === 0 || rows.length > MOST_ROWS || hasTwins(rows, (row) => row.key)) return null;
  if (stored.length === 0) return rows.map((row) => ({ kind: "new", row, rawId: "", erpId: row.key }));
  if (stored.length !== rows.length || hasTwins(stored, (raw) => raw.fingerprint)) return null;
  const upserts: Upsert<R>[] = [];
  for (const row of rows) {
    const raw = stored.find((each) => each.erpId === row.key);
    if (!raw || raw.missing || known.remainingOf(raw.fingerprint) === 0) return null;
    const kind = row.valid && row.mappedHash === raw.mappedHash ? "touched" : "changed";
    upserts.push({ kind, row, rawId: raw.id, erpId: raw.erpId });
  }
  return upserts;
}

function hasTwins<T>(items: T[], nameOf: (item: T) => string): boolean {
  return items.length > 1 && new Set(items.map(nameOf)).size < items.length;
}
