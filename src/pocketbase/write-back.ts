import { coerceError } from "../sync/errors";
import type { Log } from "../sync/ports";
import { rowCounter } from "./row-counter";

/**
 * After so many pages of 4 KB in its log SQLite writes them back within a commit, while we look after the log: reached
 * only when somebody keeps reading what is old.
 */
const MOST_PAGES = 50_000;
/** The same otherwise: SQLite's own value, which PocketBase leaves as it is. */
const USUAL_PAGES = 1000;
/** We write back about so many: more, and a save that comes just then waits for the disk for too long. */
const AIM_PAGES = 5000;
/** The first time after so many rows of any tables, so that a run with 1,000 changed rows need not do it before its end. */
const FIRST_ROWS = 8000;
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
  /** What the connection is told when we are done. */
  private usual = USUAL_PAGES;
  private told = 0;
  private countRows = (): number => 0;
  /** What countRows said when the log was last written back, and after how many rows it is the next time. */
  private before = 0;
  private step = FIRST_ROWS;

  constructor(
    private readonly app: CoreApp,
    private readonly log: Log,
  ) {}

  /** Looks after the log while `work` makes transactions, and writes it back at the end. */
  during<T>(work: () => T): T {
    if (this.isOurs || !this.mayBegin()) return work();
    this.countRows = rowCounter(this.app.nonconcurrentDB());
    this.before = this.countRows();
    this.step = FIRST_ROWS;
    this.told = 0;
    this.isOurs = true;
    try {
      return work();
    } finally {
      this.isOurs = false;
      this.quietly(() => {
        if (this.rows() >= WORTHWHILE_ROWS) this.write();
        if (this.told > 0) this.setLargest(this.usual);
      });
    }
  }

  /** False where somebody has turned it off, as for a program that copies the log elsewhere: then it is not our affair. */
  private mayBegin(): boolean {
    const row = new DynamicModel({ wal_autocheckpoint: 0 });
    this.app.nonconcurrentDB().newQuery("PRAGMA wal_autocheckpoint").one(row);
    const pages = (row as unknown as { wal_autocheckpoint: number }).wal_autocheckpoint;
    // Another stream's run has told it so, and is still at work.
    this.usual = pages === MOST_PAGES ? USUAL_PAGES : pages;
    return pages > 0;
  }

  /** A transaction of ours is over. */
  committed(): void {
    if (!this.isOurs) return;
    this.quietly(() => {
      if (Date.now() - this.told >= TELL_EVERY_MS) this.setLargest(MOST_PAGES);
      if (this.rows() >= this.step) this.write();
    });
  }

  /** What was committed is in the log and safe: that the disk is full, or the process ends, is for others to say. */
  private quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.log.warn("SQLite's log could not be written back", { error: coerceError(error) });
    }
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
    const rows = this.rows();
    this.before += rows;
    const { log } = this.checkpoint(this.app.concurrentDB());
    this.checkpoint(this.app.nonconcurrentDB());
    if (log > 0) this.step = Math.ceil((rows * AIM_PAGES) / log);
  }

  /** Returns how many pages the log had. */
  private checkpoint(db: dbx.Builder): { log: number } {
    const row = new DynamicModel({ log: 0 });
    db.newQuery("PRAGMA wal_checkpoint(PASSIVE)").one(row);
    return row as unknown as { log: number };
  }

  private setLargest(pages: number): void {
    this.app.nonconcurrentDB().newQuery(`PRAGMA wal_autocheckpoint = ${pages}`).execute();
    this.told = Date.now();
  }
}
