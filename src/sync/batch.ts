import type { Clock } from "./clock";

/** Write transactions stay well under the 250 ms after which people would notice the pause. */
const AIM_MS = 100;

/** However slow the machine: fewer rows would only add transactions. */
const SMALLEST = 10;

/** How many rows the next transaction should take, after `size` rows took `ms`. */
export function nextBatchSize(size: number, ms: number, largest: number): number {
  if (ms <= 0) return Math.min(largest, size * 2);
  const aimed = Math.floor((size * AIM_MS) / ms);
  return Math.min(largest, Math.max(SMALLEST, Math.min(aimed, size * 2)));
}

/**
 * A batch size that follows the machine: down at once, up by degrees. Every so many commits SQLite also writes its log
 * back into the database; what the commits between them take would make the batch before the next one far too large.
 */
export class AdaptiveBatch {
  size: number;
  /** What a row takes, in ms; 0 before the first batch. */
  private perRow = 0;

  constructor(
    private readonly clock: Clock,
    private readonly largest: number,
    first = Math.min(largest, 100),
  ) {
    this.size = first;
  }

  /** Times one transaction of `rows` rows. */
  measure<T>(rows: number, work: () => T): T {
    const began = this.clock();
    const result = work();
    if (rows >= this.size / 2) this.learn(rows, this.clock() - began);
    return result;
  }

  private learn(rows: number, ms: number): void {
    const now = ms / rows;
    this.perRow = this.perRow === 0 ? now : Math.max(now, (now + this.perRow) / 2);
    this.size = nextBatchSize(rows, rows * this.perRow, this.largest);
  }
}
