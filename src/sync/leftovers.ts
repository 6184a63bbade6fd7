import type { Spool } from "./ports";

const FILE = "leftovers.txt";

/** The texts of the rows that are not equal to a known one: put aside on disk while the snapshot is read, taken back in the same order. */
export class Leftovers {
  private readonly lengths: number[] = [];
  private readonly writer: { write(text: string): void; close(): void };
  private buffered: string[] = [];
  private bufferedLength = 0;

  constructor(private readonly spool: Spool) {
    this.writer = spool.writer(FILE);
  }

  put(text: string): void {
    this.lengths.push(text.length);
    this.buffered.push(text);
    this.bufferedLength += text.length;
    if (this.bufferedLength > 1_000_000) this.flush();
  }

  private flush(): void {
    this.writer.write(this.buffered.join(""));
    this.buffered = [];
    this.bufferedLength = 0;
  }

  /** No more rows come; now they can be taken. */
  seal(): void {
    this.flush();
    this.writer.close();
  }

  get count(): number {
    return this.lengths.length;
  }

  /** Returns the texts one after the other, in the order of put(). */
  take(): () => string {
    const read = this.spool.reader(FILE);
    let text = "";
    let at = 0;
    let next = 0;
    return () => {
      const length = this.lengths[next++];
      if (length === undefined) throw new Error(`there are only ${this.lengths.length} rows in ${FILE}`);
      while (text.length - at < length) {
        const piece = read();
        if (piece === "") throw new Error(`${FILE} ends in the middle of row ${next}; is the disk full?`);
        text = text.slice(at) + piece;
        at = 0;
      }
      at += length;
      return text.slice(at - length, at);
    };
  }
}
