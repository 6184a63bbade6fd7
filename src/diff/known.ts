import { byUsefulness } from "./group";
import type { KnownRow, StoredRow } from "./model";

/**
 * The fingerprints of a stream's known rows, as a multiset that the snapshot consumes. Most fingerprints occur once, so
 * one Set carries them and a small Map the surplus of those that occur more often.
 */
export class KnownRows {
  private readonly single: Set<string>;
  private readonly surplus = new Map<string, number>();
  private taken = new Map<string, number>();
  private left: number;
  readonly size: number;

  constructor(fingerprints: string[]) {
    this.single = new Set(fingerprints);
    this.size = fingerprints.length;
    this.left = this.size;
    if (this.single.size < fingerprints.length) this.countSurplus(fingerprints);
  }

  private countSurplus(fingerprints: string[]): void {
    const seen = new Set<string>();
    for (const fingerprint of fingerprints) {
      if (seen.has(fingerprint)) this.surplus.set(fingerprint, (this.surplus.get(fingerprint) ?? 0) + 1);
      else seen.add(fingerprint);
    }
  }

  /** Consumes one equal row; false when there is none left. */
  take(fingerprint: string): boolean {
    const more = this.surplus.get(fingerprint) ?? 0;
    if (more > 0) {
      this.surplus.set(fingerprint, more - 1);
      this.taken.set(fingerprint, (this.taken.get(fingerprint) ?? 0) + 1);
    } else if (!this.single.delete(fingerprint)) {
      return false;
    }
    this.left--;
    return true;
  }

  /** How many rows the snapshot has not consumed. */
  get remaining(): number {
    return this.left;
  }

  /** The fingerprints that still have unconsumed rows. */
  remainingFingerprints(): string[] {
    return Array.from(this.single);
  }

  /** How many known rows with this fingerprint are unconsumed. */
  remainingOf(fingerprint: string): number {
    return this.single.has(fingerprint) ? 1 + (this.surplus.get(fingerprint) ?? 0) : 0;
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
