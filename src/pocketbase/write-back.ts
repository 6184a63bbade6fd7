import { coerceError } from "../sync/errors";
import type { Log } from "../sync/ports";

/** After so many pages of 4 KB in its log SQLite writes them back within a commit; PocketBase leaves it at that. */
const USUAL_PAGES = 1000;
/** The same while we look after the log: reached only when somebody keeps reading what is old. */
const MOST_PAGES = 50_000;
/** We write back about so many. */
const AIM_PAGES = 10_000;
/** So many ms of writing make fewer, on any machine. */
const FIRST_AFTER_MS = 2000;
/** Before so many ms of writing the rest is left to SQLite. */
const WORTHWHILE_MS = 300;
/** PocketBase opens its connection anew when it had nothing to do for some minutes, and SQLite forgets what we told it. */
const TELL_EVERY_MS = 60_000;

/**
 * Writes SQLite's log back into the database between our transactions in place of within them: people's saves need not
 * wait for the disk then, and a page that changes all the time, such as an index's, is written back less often.
 */
export class WriteBack {
  private isOurs = false;
  /** ms of our transactions since the log was written back, and after how many it is. */
  private writing = 0;
  private due = FIRST_AFTER_MS;
  private told = 0;

  constructor(
    private readonly app: CoreApp,
    private readonly log: Log,
  ) {}

  /** Looks after the log while `work` makes transactions, and writes it back at the end. */
  during<T>(work: () => T): T {
    this.isOurs = true;
    this.writing = 0;
    this.due = FIRST_AFTER_MS;
    this.told = 0;
    try {
      return work();
    } finally {
      this.isOurs = false;
      this.setLargest(USUAL_PAGES);
      if (this.writing >= WORTHWHILE_MS) this.write();
    }
  }

  /** A transaction of ours took so many ms. */
  committed(ms: number): void {
    if (!this.isOurs) return;
    if (Date.now() - this.told >= TELL_EVERY_MS) this.setLargest(MOST_PAGES);
    this.writing += ms;
    if (this.writing < this.due) return;
    const pages = this.write();
    if (pages > 0) this.due = (this.writing * AIM_PAGES) / pages;
    this.writing = 0;
  }

  /** Returns how many pages the log had. On a connection for reading, so that others can write meanwhile. */
  private write(): number {
    try {
      const row = new DynamicModel({ log: 0 });
      this.app.concurrentDB().newQuery("PRAGMA wal_checkpoint(PASSIVE)").one(row);
      return (row as unknown as { log: number }).log;
    } catch (error) {
      // Everything is in the log and safe; SQLite tries again by itself.
      this.log.warn("SQLite's log could not be written back", { error: coerceError(error) });
      return 0;
    }
  }

  private setLargest(pages: number): void {
    this.app.nonconcurrentDB().newQuery(`PRAGMA wal_autocheckpoint = ${pages}`).execute();
    this.told = Date.now();
  }
}
