/** Length of an md5 in hex, and with its comma. */
const LENGTH = 32;
const STRIDE = LENGTH + 1;
/** Every so many fingerprints one is looked at for the index. */
const SAMPLE = 16;

/**
 * Fingerprints as one sorted text, `a…,b…,c…`, with a mark for each that was taken: 34 bytes each where a Set takes
 * 200, which is what a million known rows need. A small index by the first hex digits tells where to look.
 */
export class FingerprintList {
  readonly size: number;
  private readonly taken: Uint8Array;
  private readonly prefixLength: number;
  /** By prefix: fingerprints that begin with it stand in the text between these. */
  private readonly from: Int32Array;
  private readonly to: Int32Array;

  /** `text`: md5 sums in hex and in order, joined with commas. */
  constructor(private readonly text: string) {
    this.size = Math.floor((text.length + 1) / STRIDE);
    this.taken = new Uint8Array(this.size);
    let length = 1;
    while (16 ** (length + 1) * 2 <= this.size) length++;
    this.prefixLength = length;
    this.from = new Int32Array(16 ** length);
    this.to = new Int32Array(16 ** length);
    this.buildIndex();
  }

  private buildIndex(): void {
    const samples: number[] = [];
    for (let at = 0; at < this.size; at += SAMPLE) {
      const prefix = this.prefixOf(this.at(at));
      // What is no hex is found by reading all of the text; here it must only not break the order.
      samples.push(Number.isNaN(prefix) ? (samples[samples.length - 1] ?? 0) : prefix);
    }
    let first = 0;
    let after = 0;
    for (let prefix = 0; prefix < this.from.length; prefix++) {
      while (first < samples.length && (samples[first] as number) < prefix) first++;
      while (after < samples.length && (samples[after] as number) <= prefix) after++;
      this.from[prefix] = Math.max(0, first - 1) * SAMPLE * STRIDE;
      this.to[prefix] = after < samples.length ? after * SAMPLE * STRIDE : this.text.length;
    }
  }

  private prefixOf(fingerprint: string): number {
    return Number.parseInt(fingerprint.substring(0, this.prefixLength), 16);
  }

  private at(place: number): string {
    return this.text.substring(place * STRIDE, place * STRIDE + LENGTH);
  }

  /** The place of the first equal fingerprint, or -1. A text of hex digits never matches across a comma. */
  private find(fingerprint: string): number {
    const prefix = this.prefixOf(fingerprint);
    const start = this.from[prefix] as number;
    const found = this.text.substring(start, this.to[prefix]).indexOf(fingerprint);
    return found < 0 ? -1 : (start + found) / STRIDE;
  }

  /** Takes one equal fingerprint; false when there is none left. */
  take(fingerprint: string): boolean {
    if (fingerprint.length !== LENGTH) return false;
    // find() written out: this is asked of every row of every answer, and a call is dear in goja.
    const prefix = Number.parseInt(fingerprint.substring(0, this.prefixLength), 16);
    const start = this.from[prefix] as number;
    const found = this.text.substring(start, this.to[prefix]).indexOf(fingerprint);
    if (found < 0) return false;
    let at = (start + found) / STRIDE;
    while (this.taken[at] === 1) {
      at++;
      if (this.at(at) !== fingerprint) return false;
    }
    this.taken[at] = 1;
    return true;
  }

  /** How many equal ones were not taken. */
  remainingOf(fingerprint: string): number {
    let count = 0;
    for (let at = this.find(fingerprint); at >= 0 && at < this.size && this.at(at) === fingerprint; at++) {
      if (this.taken[at] === 0) count++;
    }
    return count;
  }

  /** Each that was not taken, once. */
  remaining(): string[] {
    const left: string[] = [];
    let last = "";
    for (let at = 0; at < this.size; at++) {
      if (this.taken[at] !== 0) continue;
      const fingerprint = this.at(at);
      if (fingerprint !== last) left.push(fingerprint);
      last = fingerprint;
    }
    return left;
  }
}
