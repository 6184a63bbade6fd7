import { baseOf } from "./keys";
import { hasRecord, type KnownRow, type SnapshotRow } from "./model";
import { standBack } from "./stand-back";

export interface Pairing<R extends SnapshotRow> {
  pairs: { row: R; raw: KnownRow }[];
  /** What is left over on either side, in the order it came. */
  rows: R[];
  known: KnownRow[];
}

/** Rule 1: as many rows as possible with known rows of their own key, equal content first. */
export function pairByKey<R extends SnapshotRow>(rows: R[], known: KnownRow[]): Pairing<R> {
  const keys = Array.from(byKey(rows, known).values(), (same) => pairEqual(same.rows, same.known));
  const back = standBack(keys);
  const all: Pairing<R> = { pairs: [], rows: [], known: [] };
  for (const same of keys) {
    const rest = pairInOrder(
      same.rows.filter((row) => !back.rows.has(row)),
      same.known.filter((raw) => !back.known.has(raw)),
    );
    for (const pair of same.pairs) all.pairs.push(pair);
    for (const pair of rest.pairs) all.pairs.push(pair);
  }
  return withoutPaired(all.pairs, rows, known);
}

/** Rule 2: any row with any known row, equal content first, then in order. */
export function pairByContent<R extends SnapshotRow>(rows: R[], known: KnownRow[]): Pairing<R> {
  const equal = pairEqual(rows, known);
  const rest = pairInOrder(equal.rows, equal.known);
  return { ...rest, pairs: equal.pairs.concat(rest.pairs) };
}

function byKey<R extends SnapshotRow>(rows: R[], known: KnownRow[]): Map<string, { rows: R[]; known: KnownRow[] }> {
  const keys = new Map<string, { rows: R[]; known: KnownRow[] }>();
  const of = (key: string) => {
    const same = keys.get(key) ?? { rows: [], known: [] };
    keys.set(key, same);
    return same;
  };
  for (const row of rows) of(row.key).rows.push(row);
  for (const raw of known) of(baseOf(raw.erpId)).known.push(raw);
  return keys;
}

/** Rows whose content the target has already: these pairs need no write. */
function pairEqual<R extends SnapshotRow>(rows: R[], known: KnownRow[]): Pairing<R> {
  const byContent = new Map<string, KnownRow[]>();
  for (let at = known.length - 1; at >= 0; at--) {
    const raw = known[at] as KnownRow;
    if (!hasRecord(raw)) continue;
    const same = byContent.get(raw.pushedHash);
    if (same) same.push(raw);
    else byContent.set(raw.pushedHash, [raw]);
  }
  const pairs: Pairing<R>["pairs"] = [];
  for (const row of rows) {
    const raw = row.valid ? byContent.get(row.mappedHash)?.pop() : undefined;
    if (raw) pairs.push({ row, raw });
  }
  return withoutPaired(pairs, rows, known);
}

function pairInOrder<R extends SnapshotRow>(rows: R[], known: KnownRow[]): Pairing<R> {
  const count = Math.min(rows.length, known.length);
  const pairs: Pairing<R>["pairs"] = [];
  for (let at = 0; at < count; at++) pairs.push({ row: rows[at] as R, raw: known[at] as KnownRow });
  return { pairs, rows: rows.slice(count), known: known.slice(count) };
}

function withoutPaired<R extends SnapshotRow>(pairs: Pairing<R>["pairs"], rows: R[], known: KnownRow[]): Pairing<R> {
  const used = new Set<R | KnownRow>();
  for (const { row, raw } of pairs) used.add(row).add(raw);
  return { pairs, rows: rows.filter((row) => !used.has(row)), known: known.filter((raw) => !used.has(raw)) };
}
