import { StoredReader, type StoredValues } from "../targets/stored";
import { fieldsOf } from "./collection-fields";
import type { PocketBaseDb } from "./db";
import { rowCounter } from "./row-counter";

/** A record as it is, and what its columns hold. */
export interface Found {
  record: core.Record;
  stored: StoredValues;
}

/**
 * The records of one batch, read at once: one after the other takes as long as saving them. That only holds while nobody
 * else writes: hooks of other people run in the same transaction and may change any record, also one that comes later in
 * the batch. SQLite counts the rows that were written, so from the first one that is not ours each record is read anew.
 */
export class FoundRecords {
  private readonly records = new Map<string, core.Record>();
  private readonly reader: StoredReader;
  private readonly stored: Map<string, StoredValues>;
  private readonly rowsWritten: () => number;
  private expected: number;
  private isAlone = true;

  constructor(
    private readonly tx: PocketBaseDb,
    private readonly collection: core.Collection,
    ids: string[],
  ) {
    this.rowsWritten = rowCounter(tx.app.db());
    for (const record of tx.app.findRecordsByIds(collection, ids)) if (record) this.records.set(record.id, record);
    this.reader = storedReader(collection);
    this.stored = this.reader.read(tx, ids);
    this.expected = this.rowsWritten();
  }

  /** The record as it is now. */
  find(id: string): Found | undefined {
    if (this.isAlone && this.rowsWritten() !== this.expected) this.isAlone = false;
    const record = this.isAlone ? this.records.get(id) : this.tx.app.findRecordsByIds(this.collection, [id])[0];
    if (!record) return undefined;
    const stored = this.isAlone ? this.stored.get(id) : undefined;
    return { record, stored: stored ?? this.reader.readOne(this.tx, id) };
  }

  /** One record was written by us. */
  wrote(id: string): void {
    this.expected++;
    this.stored.delete(id);
  }
}

export function storedReader(collection: core.Collection): StoredReader {
  return new StoredReader(
    collection.name,
    fieldsOf(collection).map(({ name }) => name),
  );
}
