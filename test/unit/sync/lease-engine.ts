import { fromDbTime } from "../../../src/sync/clock";
import type { Engine } from "../../../src/sync/engine";
import type { Params, Store } from "../../../src/sync/ports";

/** What the lease needs of an engine: a clock to turn, and one settings row to lock. */
export interface LeaseEngine {
  engine: Engine;
  /** ms */
  now: number;
  /** The lock of the only stream, "aswan_bom". */
  lock: { owner: string; expires: string };
  paused: boolean;
  stopping: boolean;
  /** Processes of this host, by pid, with their start time. */
  alive: Map<number, string>;
  /** How often the lock was written. */
  writes: number;
}

/** A fake: an UPDATE that names the owner it expects writes only when that one holds the lock. */
export function leaseEngine(): LeaseEngine {
  const fake: LeaseEngine = {
    engine: {} as Engine,
    now: 1_000_000_000,
    lock: { owner: "", expires: "" },
    paused: false,
    stopping: false,
    alive: new Map([[100, "5"]]),
    writes: 0,
  };
  const store = {
    run: (sql: string, params: Params) => update(fake, sql, params),
    one: () => ({ owner: fake.lock.owner, paused: fake.paused ? 1 : 0 }),
    all: () => [],
  } as unknown as Store;
  fake.engine = {
    store,
    clock: () => fake.now,
    leaseSeconds: 60,
    process: {
      host: "here",
      pid: 100,
      startedAt: "5",
      mayBeAlive: (host: string, pid: number, startedAt: string) =>
        host !== "here" || fake.alive.get(pid) === startedAt,
    },
    signals: { stopping: () => fake.stopping, began: () => undefined, ended: () => undefined },
  } as unknown as Engine;
  return fake;
}

function update(fake: LeaseEngine, sql: string, params: Params): number {
  const { lock } = fake;
  const expires = fromDbTime(lock.expires);
  const mine = "owner" in params && !sql.includes("lock_owner = {:owner},") && lock.owner === params.owner;
  const taken = sql.includes("{:absurd}")
    ? lock.owner === "" || expires < fromDbTime(`${params.now}`) || expires > fromDbTime(`${params.absurd}`)
    : "current" in params
      ? lock.owner === params.current
      : mine;
  if (params.stream !== "aswan_bom" || !taken) return 0;
  fake.writes++;
  if (sql.includes("lock_owner = '',")) Object.assign(lock, { owner: "", expires: "" });
  else {
    lock.expires = `${params.expires}`;
    if (sql.includes("lock_owner = {:owner},")) lock.owner = `${params.owner}`;
  }
  return 1;
}
