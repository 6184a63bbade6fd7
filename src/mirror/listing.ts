/** Which part of a long list is shown: entries number `from` up to, and without, `to`, counted from 0. */
export interface Window {
  from: number;
  to: number;
}

/** Counts everything and keeps one page of it, so that a list of 100,000 entries needs no memory. */
export class Listing<T> {
  count = 0;
  readonly items: T[] = [];

  constructor(private readonly window: Window) {}

  /** Counts one more; true when it is in the window: then it is to be added to `items`. */
  counts(): boolean {
    const at = this.count++;
    return at >= this.window.from && at < this.window.to;
  }

  toJSON(): { count: number; items: T[] } {
    return { count: this.count, items: this.items };
  }
}
