import type { PocketBaseDb } from "./db";

/**
 * The records of one batch, read at once: one after the other takes as long as saving them. That only holds while nobody
 * else writes: hooks of other people run in the same transaction and may change any record, also one that comes later in
 * the batch. SQLite counts the rows that were written, so from the first one that is not ours each record is read anew.
 */
export class FoundRecords {
  private readonly records = new Map<string, core.Record>();
  private expected: number;
  private isAlone = true;

  constructor(
    private readonly tx: PocketBaseDb,
    private readonly collection: string,
    ids: string[],
  ) {
    for (const record of tx.app.findRecordsByIds(collection, ids)) if (record) this.records.set(record.id, record);
    this.expected = rowsWritten(tx);
  }

  /** The record as it is now. */
  find(id: string): core.Record | undefined {
    if (this.isAlone && rowsWritten(this.tx) !== this.expected) this.isAlone = false;
    return this.isAlone ? this.records.get(id) : this.tx.app.findRecordsByIds(this.collection, [id])[0];
  }

  /** One record was written by us. */
  wrote(): void {
    this.expected++;
  }
}

/** How many rows this connection has written since it was opened. */
function rowsWritten(tx: PocketBaseDb): number {
  return tx.one("SELECT total_changes() AS n", {}, { n: 0 })?.n ?? 0;
}
