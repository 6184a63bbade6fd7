import { IntColumn } from "./int-column";
import type { Spool } from "./ports";

/** Texts put aside on disk while an answer is read, taken back in the same order. */
export class SpooledTexts {
  private readonly lengths = new IntColumn();
  private writer: ReturnType<Spool["writer"]> | undefined;
  private buffered: string[] = [];
  private bufferedLength = 0;

  constructor(
    private readonly spool: Spool,
    private readonly file: string,
  ) {}

  put(text: string): void {
    this.lengths.push(text.length);
    // With a character more it is a text of its own: a part of a piece keeps the whole piece of the answer in memory.
    this.buffered.push(`${text}\n`);
    this.bufferedLength += text.length + 1;
    if (this.bufferedLength > 1_000_000) this.flush();
  }

  private flush(): void {
    this.writer ??= this.spool.writer(this.file);
    this.writer.write(this.buffered.join(""));
    this.buffered = [];
    this.bufferedLength = 0;
  }

  /** No more texts come; now they can be taken. */
  seal(): void {
    if (this.bufferedLength > 0) this.flush();
    this.writer?.close();
  }

  get count(): number {
    return this.lengths.length;
  }

  /** Returns the texts one after the other, in the order of put(). */
  take(): () => string {
    const read = this.spool.reader(this.file);
    let text = "";
    let at = 0;
    let next = 0;
    return () => {
      const length = this.lengths.at(next++);
      if (length === undefined) throw new Error(`there are only ${this.lengths.length} texts in ${this.file}`);
      while (text.length - at <= length) {
        const piece = read();
        if (piece === "") throw new Error(`${this.file} ends in the middle of text ${next}; is the disk full?`);
        text = text.slice(at) + piece;
        at = 0;
      }
      const begin = at;
      at += length + 1;
      return text.slice(begin, begin + length);
    };
  }
}
