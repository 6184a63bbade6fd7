import { coerceError } from "../sync/errors";
import type { Log } from "../sync/ports";
import { rowCounter } from "./row-counter";

/** After so many pages of 4 KB in its log SQLite writes them back within a commit; PocketBase leaves it at that. */
const USUAL_PAGES = 1000;
/** The same while we look after the log: reached only when somebody keeps reading what is old. */
const MOST_PAGES = 50_000;
/** We write back after so many rows of any tables: 5,000 pages of a first load, or all of a run with 1,000 changes. */
const ROWS = 8000;
/** Before so many rows the rest is left to SQLite when a run ends. */
const WORTHWHILE_ROWS = 500;
/** PocketBase opens its connection anew when it had nothing to do for some minutes, and SQLite forgets what we told it. */
const TELL_EVERY_MS = 60_000;

/**
 * Writes SQLite's log back into the database between our transactions in place of within them: no lock is held while
 * the disk is waited for, and a page that changes all the time, such as an index's, is written back less often.
 */
export class WriteBack {
  private isOurs = false;
  private told = 0;
  private countRows = (): number => 0;
  /** What countRows said when the log was last written back. */
  private before = 0;

  constructor(
    private readonly app: CoreApp,
    private readonly log: Log,
  ) {}

  /** Looks after the log while `work` makes transactions, and writes it back at the end. */
  during<T>(work: () => T): T {
    if (this.isOurs) return work();
    this.countRows = rowCounter(this.app.nonconcurrentDB());
    this.before = this.countRows();
    this.told = 0;
    this.isOurs = true;
    try {
      return work();
    } finally {
      this.isOurs = false;
      if (this.rows() >= WORTHWHILE_ROWS) this.write();
      if (this.told > 0) this.setLargest(USUAL_PAGES);
    }
  }

  /** A transaction of ours is over. */
  committed(): void {
    if (!this.isOurs) return;
    if (Date.now() - this.told >= TELL_EVERY_MS) this.setLargest(MOST_PAGES);
    if (this.rows() >= ROWS) this.write();
  }

  /** Rows written since the log was last written back. */
  private rows(): number {
    const now = this.countRows();
    // A new connection counts from 0.
    if (now < this.before) this.before = 0;
    return now - this.before;
  }

  /**
   * First on a connection for reading, so that others can write meanwhile; then what they have written, on the one that
   * writes. Only a log that is written back to its end begins anew, and is no longer than it has to be.
   */
  private write(): void {
    try {
      for (const db of [this.app.concurrentDB(), this.app.nonconcurrentDB()]) {
        db.newQuery("PRAGMA wal_checkpoint(PASSIVE)").execute();
      }
    } catch (error) {
      // Everything is in the log and safe; SQLite tries again by itself.
      this.log.warn("SQLite's log could not be written back", { error: coerceError(error) });
    }
    this.before = this.countRows();
  }

  private setLargest(pages: number): void {
    this.app.nonconcurrentDB().newQuery(`PRAGMA wal_autocheckpoint = ${pages}`).execute();
    this.told = Date.now();
  }
}
