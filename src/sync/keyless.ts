import type { Spool } from "./ports";
import type { KeylessRow } from "./snapshot";
import { SpooledTexts } from "./spooled-texts";

/** Rows without a readable key. A mistake in the settings may make all rows of an answer such rows: they wait on disk. */
export class KeylessRows {
  private readonly texts: SpooledTexts;
  /** One for each row. */
  readonly marks: { group: string; fingerprint: string }[] = [];

  constructor(spool: Spool) {
    this.texts = new SpooledTexts(spool, "keyless.txt");
  }

  put(row: KeylessRow): void {
    this.marks.push({ group: row.group, fingerprint: row.fingerprint });
    this.texts.put(JSON.stringify(row));
  }

  /** No more rows come. */
  seal(): void {
    this.texts.seal();
  }

  get count(): number {
    return this.marks.length;
  }

  /** Returns the rows one after the other. */
  take(): () => KeylessRow {
    const take = this.texts.take();
    return () => JSON.parse(take()) as KeylessRow;
  }
}
