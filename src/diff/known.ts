import { FingerprintList } from "./fingerprint-list";
import { byUsefulness } from "./group";
import type { KnownRow, StoredRow } from "./model";

/** md5 in hex, as the sync's own fingerprints are. */
const MD5 = /^[0-9a-f]{32}$/;

/** The fingerprints of a stream's known rows, as a multiset that the snapshot consumes. */
export class KnownRows {
  private readonly list: FingerprintList;
  /** What is no md5: somebody's hand wrote it. */
  private readonly others = new Map<string, number>();
  private left: number;
  readonly size: number;

  /**
   * @param fingerprints in any order
   * @param sorted instead, where they are very many: md5 sums in order, joined with commas
   */
  constructor(fingerprints: string[], sorted = "") {
    const own = fingerprints.filter((fingerprint) => MD5.test(fingerprint)).sort();
    this.list = new FingerprintList(own.length > 0 ? own.join(",") : sorted);
    for (const fingerprint of fingerprints) {
      if (!MD5.test(fingerprint)) this.others.set(fingerprint, (this.others.get(fingerprint) ?? 0) + 1);
    }
    this.size = this.list.size + fingerprints.length - own.length;
    this.left = this.size;
  }

  /** Consumes one equal row; false when there is none left. */
  take(fingerprint: string): boolean {
    const taken = this.list.take(fingerprint) || (this.others.size > 0 && this.takeOther(fingerprint));
    if (taken) this.left--;
    return taken;
  }

  private takeOther(fingerprint: string): boolean {
    const count = this.others.get(fingerprint) ?? 0;
    if (count > 0) this.others.set(fingerprint, count - 1);
    return count > 0;
  }

  /** How many rows the snapshot has not consumed. */
  get remaining(): number {
    return this.left;
  }

  /** The fingerprints that still have unconsumed rows. */
  remainingFingerprints(): string[] {
    if (this.left === 0) return [];
    const others = Array.from(this.others.keys()).filter((fingerprint) => this.remainingOf(fingerprint) > 0);
    return this.list.remaining().concat(others);
  }

  /** How many known rows with this fingerprint are unconsumed. */
  remainingOf(fingerprint: string): number {
    return MD5.test(fingerprint) ? this.list.remainingOf(fingerprint) : (this.others.get(fingerprint) ?? 0);
  }
}

/**
 * Marks the stored rows of one group whose text the snapshot has. Of several with the same text, those are taken that
 * the target already has as it should.
 * @param positions where the snapshot has each text last, if that matters
 */
export function markMatched(stored: StoredRow[], known: KnownRows, positions: Map<string, number> | null): KnownRow[] {
  const spare = new Map<string, number>();
  const marked: KnownRow[] = [];
  for (const raw of stored.slice().sort((a, b) => byPending(b, a) || byUsefulness(b, a))) {
    if (raw.missing) {
      marked.push({ ...raw, matched: false });
      continue;
    }
    const open = spare.get(raw.fingerprint) ?? known.remainingOf(raw.fingerprint);
    spare.set(raw.fingerprint, Math.max(0, open - 1));
    const position = open > 0 ? undefined : positions?.get(raw.fingerprint);
    marked.push(position === undefined ? { ...raw, matched: open === 0 } : { ...raw, matched: true, position });
  }
  return marked;
}

function byPending(a: StoredRow, b: StoredRow): number {
  return Number(a.mappedHash !== a.pushedHash) - Number(b.mappedHash !== b.pushedHash);
}
