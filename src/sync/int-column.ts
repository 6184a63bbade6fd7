const FIRST = 1024;

/** A column of very many whole numbers below 2^31: 4 bytes each, where a list takes 24. */
export class IntColumn {
  private values = new Int32Array(FIRST);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const more = new Int32Array(this.length * 2);
      more.set(this.values);
      this.values = more;
    }
    this.values[this.length++] = value;
  }

  /** Undefined beyond the last one. */
  at(place: number): number | undefined {
    return place < this.length ? this.values[place] : undefined;
  }
}
