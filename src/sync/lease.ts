import { fromDbTime, toDbTime } from "./clock";
import type { Engine } from "./engine";
import { coerceError, LeaseLost } from "./errors";
import type { Db } from "./ports";

/** Further away than any transfer may take: a lease that ends later was written by a clock that was wrong. */
const ABSURDLY_FAR_MS = 3 * 3600 * 1000;

export interface Owner {
  host: string;
  pid: number;
  startedAt: string;
  kind: "run" | "tick";
  id: string;
}

/** The holder of a stream's lock. Only it writes the stream's raw rows, queue and target (design, promise 2). */
export interface Lease {
  stream: string;
  owner: string;
  /** When it was last written, in ms, to know when to renew. */
  renewedAt: number;
}

export function formatOwner(owner: Owner): string {
  return [owner.host, owner.pid, owner.startedAt, `${owner.kind}:${owner.id}`].join("|");
}

export function parseOwner(text: string): Owner | null {
  const [host, pid, startedAt, holder] = text.split("|");
  const [kind, id] = (holder ?? "").split(":");
  if (!host || !pid || !startedAt || !id || (kind !== "run" && kind !== "tick")) return null;
  return { host, pid: Number(pid), startedAt, kind, id };
}

export type Taken = { lease: Lease } | { heldBy: Owner | null };

/**
 * Takes the stream's lock when it is free, expired, or held by a process of this host that is gone. Must be the first
 * statement of its transaction: it takes the database's write lock.
 */
export function takeLease(engine: Engine, tx: Db, stream: string, kind: Owner["kind"], id: string): Taken {
  const now = engine.clock();
  const { host, pid, startedAt } = engine.process;
  const owner = formatOwner({ host, pid, startedAt, kind, id });
  const taken = tx.run(
    `UPDATE sync_settings SET lock_owner = {:owner}, lock_expires_at = {:expires}
      WHERE name = {:stream} AND (lock_owner = '' OR lock_expires_at < {:now} OR lock_expires_at > {:absurd})`,
    { owner, stream, now: toDbTime(now), expires: expiry(engine, now), absurd: toDbTime(now + ABSURDLY_FAR_MS) },
  );
  if (taken > 0) return { lease: { stream, owner, renewedAt: now } };
  return takeFromTheDead(engine, tx, stream, owner, now);
}

function takeFromTheDead(engine: Engine, tx: Db, stream: string, owner: string, now: number): Taken {
  const current = lockOwner(tx, stream);
  const holder = parseOwner(current);
  if (holder && engine.process.mayBeAlive(holder.host, holder.pid, holder.startedAt)) return { heldBy: holder };
  if (!holder && current === "") throw new Error(`there is no stream "${stream}" in sync_settings`);
  const taken = tx.run(
    "UPDATE sync_settings SET lock_owner = {:owner}, lock_expires_at = {:expires} WHERE name = {:stream} AND lock_owner = {:current}",
    { owner, stream, current, expires: expiry(engine, now) },
  );
  return taken > 0 ? { lease: { stream, owner, renewedAt: now } } : { heldBy: holder };
}

function lockOwner(db: Db, stream: string): string {
  const row = db.one("SELECT lock_owner AS owner FROM sync_settings WHERE name = {:stream}", { stream }, { owner: "" });
  return row?.owner ?? "";
}

/** True when the lock is held by a process that is gone or whose time is over: somebody should take over. */
export function isAbandoned(engine: Engine, lockOwnerText: string, expiresAt: string): boolean {
  if (lockOwnerText === "") return false;
  const now = engine.clock();
  const expires = fromDbTime(expiresAt);
  if (expires < now || expires > now + ABSURDLY_FAR_MS) return true;
  const holder = parseOwner(lockOwnerText);
  return !holder || !engine.process.mayBeAlive(holder.host, holder.pid, holder.startedAt);
}

/** The first statement of every write transaction: proves that the lease is still ours and renews it, or throws LeaseLost. */
export function fence(engine: Engine, tx: Db, lease: Lease): void {
  extend(engine, tx, lease, 0);
}

/** Renews outside a transaction, before a call that blocks for up to `blockingSeconds`. */
export function renew(engine: Engine, lease: Lease, blockingSeconds = 0): void {
  extend(engine, engine.store, lease, blockingSeconds);
}

/** Renews when a third of the lease is over, or when the clock was set back by as much. */
export function renewIfDue(engine: Engine, lease: Lease): void {
  if (Math.abs(engine.clock() - lease.renewedAt) > (engine.leaseSeconds * 1000) / 3) renew(engine, lease);
}

function extend(engine: Engine, db: Db, lease: Lease, blockingSeconds: number): void {
  const now = engine.clock();
  const seconds = Math.max(engine.leaseSeconds, blockingSeconds);
  const held = db.run(
    "UPDATE sync_settings SET lock_expires_at = {:expires} WHERE name = {:stream} AND lock_owner = {:owner}",
    { expires: toDbTime(now + seconds * 1000), stream: lease.stream, owner: lease.owner },
  );
  if (held === 0) throw new LeaseLost(lease.stream, lease.owner);
  lease.renewedAt = now;
}

/** Gives the lock back; the caller has fenced in the same transaction. */
export function releaseLease(tx: Db, lease: Lease): void {
  tx.run(
    "UPDATE sync_settings SET lock_owner = '', lock_expires_at = '' WHERE name = {:stream} AND lock_owner = {:owner}",
    { stream: lease.stream, owner: lease.owner },
  );
}

/** Gives the lock back when the work under it is over; should that fail, the lease expires by itself. */
export function release(engine: Engine, lease: Lease): void {
  try {
    engine.store.transaction((tx) => {
      fence(engine, tx, lease);
      releaseLease(tx, lease);
    });
  } catch (error) {
    engine.log.warn("a lease could not be released", { stream: lease.stream, error: coerceError(error) });
  }
}

function expiry(engine: Engine, now: number): string {
  return toDbTime(now + engine.leaseSeconds * 1000);
}
