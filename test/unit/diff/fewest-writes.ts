import { baseOf } from "../../../src/diff/keys";
import { type ErpRow, fingerprintOf, MARK, type Mirror, type Policy } from "./mirror-model";

type Raw = Mirror["raws"][number];

/**
 * The fewest target records any diff may write for this snapshot (all rows of which can be mapped), by trying every way
 * to give the rows of a group to its known rows. The rules come first: as many equal texts as possible stay where they
 * are, then as many rows as possible keep their key.
 */
export function fewestWrites(mirror: Mirror, rows: ErpRow[], { onMissing }: Policy): number {
  const groups = new Set([...rows, ...mirror.raws].map((row) => row.group));
  let writes = 0;
  for (const group of groups) {
    const raws = mirror.raws.filter((raw) => raw.group === group);
    const wanted = rows.filter((row) => row.group === group);
    writes += wanted.length > 0 ? -bestScore(wanted, raws).cost : writesWhenLeft(raws, onMissing);
  }
  return writes;
}

/** A mark is only set where there is a record. */
function writesWhenLeft(raws: Raw[], onMissing: Policy["onMissing"]): number {
  return raws.filter((raw) => {
    const wanted = raw.missing || onMissing === "keep" ? raw.mappedHash : onMissing === "mark" ? MARK : "";
    return wanted !== raw.pushedHash && (raw.pushedHash !== "" || wanted !== MARK);
  }).length;
}

/** Compared in this order; the cost is negative. */
interface Score {
  texts: number;
  keys: number;
  cost: number;
}

function bestScore(rows: ErpRow[], raws: Raw[]): Score {
  const known = new Map<string, Score>();
  const best = (at: number, used: number): Score => {
    const row = rows[at];
    if (row === undefined) return { texts: 0, keys: 0, cost: -unusedRecords(raws, used) };
    const state = `${at} ${used}`;
    const found = known.get(state);
    if (found) return found;
    let score = add({ texts: 0, keys: 0, cost: -1 }, best(at + 1, used));
    raws.forEach((raw, n) => {
      if ((used & (1 << n)) !== 0) return;
      const other = add(scoreOf(row, raw), best(at + 1, used | (1 << n)));
      if (isBetter(other, score)) score = other;
    });
    known.set(state, score);
    return score;
  };
  return best(0, 0);
}

function scoreOf(row: ErpRow, raw: Raw): Score {
  return {
    texts: Number(!raw.missing && raw.fingerprint === fingerprintOf(row)),
    keys: Number(baseOf(raw.erpId) === `${row.group}|${row.key}`),
    cost: raw.pushedHash === row.content ? 0 : -1,
  };
}

function unusedRecords(raws: Raw[], used: number): number {
  return raws.filter((raw, n) => (used & (1 << n)) === 0 && raw.pushedHash !== "").length;
}

function add(a: Score, b: Score): Score {
  return { texts: a.texts + b.texts, keys: a.keys + b.keys, cost: a.cost + b.cost };
}

function isBetter(a: Score, b: Score): boolean {
  return (a.texts - b.texts || a.keys - b.keys || a.cost - b.cost) > 0;
}
