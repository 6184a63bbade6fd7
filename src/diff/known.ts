import { byUsefulness } from "./group";
import type { KnownRow, StoredRow } from "./model";

/**
 * The fingerprints of a stream's known rows, as a multiset that the snapshot consumes. In a Set, which is asked and
 * shortened by one call: this is done for every row of every answer.
 */
export class KnownRows {
  private readonly left: Set<string>;
  /** Where several rows have a fingerprint: how many there are besides the one in `left`. */
  private readonly more = new Map<string, number>();
  private count: number;
  /** How many rows there were at first. */
  readonly size: number;

  /** @param fingerprints in any order, one for each row */
  constructor(fingerprints: string[]) {
    this.left = new Set(fingerprints);
    this.size = fingerprints.length;
    this.count = this.size;
    if (this.left.size < this.size) this.countMore(fingerprints);
  }

  private countMore(fingerprints: string[]): void {
    const seen = new Set<string>();
    for (const fingerprint of fingerprints) {
      if (seen.has(fingerprint)) this.more.set(fingerprint, (this.more.get(fingerprint) ?? 0) + 1);
      else seen.add(fingerprint);
    }
  }

  /** Consumes one equal row; false when there is none left. */
  take(fingerprint: string): boolean {
    const taken = (this.more.size > 0 && this.takeMore(fingerprint)) || this.left.delete(fingerprint);
    if (taken) this.count--;
    return taken;
  }

  private takeMore(fingerprint: string): boolean {
    const more = this.more.get(fingerprint) ?? 0;
    if (more > 0) this.more.set(fingerprint, more - 1);
    return more > 0;
  }

  /** How many rows the snapshot has not consumed. */
  get remaining(): number {
    return this.count;
  }

  /** The fingerprints that still have unconsumed rows. */
  remainingFingerprints(): string[] {
    return Array.from(this.left);
  }

  /** How many known rows with this fingerprint are unconsumed. */
  remainingOf(fingerprint: string): number {
    return this.left.has(fingerprint) ? 1 + (this.more.get(fingerprint) ?? 0) : 0;
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
