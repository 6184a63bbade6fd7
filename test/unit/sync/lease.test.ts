import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { toDbTime } from "../../../src/sync/clock";
import { LeaseLost } from "../../../src/sync/errors";
import {
  fence,
  formatOwner,
  isAbandoned,
  type Lease,
  parseOwner,
  releaseLease,
  renew,
  renewIfDue,
  takeLease,
} from "../../../src/sync/lease";
import { type LeaseEngine, leaseEngine } from "./lease-engine";

const HOUR = 3_600_000;
const OTHER_HOST = "there|7|1|run:other";
const DEAD = "here|99|1|run:dead";
const REUSED_PID = "here|100|4|run:dead";
const ALIVE = "here|100|5|run:alive";

let fake: LeaseEngine;
beforeEach(() => {
  fake = leaseEngine();
});

const take = (kind: "run" | "tick" = "run", id = "new") =>
  takeLease(fake.engine, fake.engine.store, "aswan_bom", kind, id);

function taken(): Lease {
  const result = take();
  if (!("lease" in result)) throw new Error("the lease was not free");
  return result.lease;
}

function heldBy(owner: string, endsInMs: number): void {
  fake.lock = { owner, expires: toDbTime(fake.now + endsInMs) };
}

describe("an owner", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9._-]+$/);
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(word, fc.nat(), word, fc.constantFrom("run", "tick"), word, (host, pid, startedAt, kind, id) => {
        const owner = { host, pid, startedAt, kind: kind as "run" | "tick", id };
        expect(parseOwner(formatOwner(owner))).toEqual(owner);
      }),
    );
  });

  it.each(["", "me", "here|1|2", "here|1|2|run", "here|1|2|run:", "here|1|2|nap:x", "|1|2|run:x"])(
    "is not read from %j",
    (text) => {
      expect(parseOwner(text)).toBeNull();
    },
  );
});

describe("taking a lease", () => {
  it("writes who has it and until when", () => {
    expect(taken()).toEqual({ stream: "aswan_bom", owner: "here|100|5|run:new", renewedAt: fake.now });
    expect(fake.lock).toEqual({ owner: "here|100|5|run:new", expires: toDbTime(fake.now + 60_000) });
  });

  it.each([
    ["a live process of this host", ALIVE, HOUR, false],
    ["another host", OTHER_HOST, HOUR, false],
    ["another host, as far ahead as a transfer may take", OTHER_HOST, 3 * HOUR, false],
    ["another host, expired", OTHER_HOST, -1, true],
    ["another host, absurdly far ahead", OTHER_HOST, 3 * HOUR + 1, true],
    ["a live process of this host, expired", ALIVE, -1, true],
    ["a process of this host that is gone", DEAD, HOUR, true],
    ["a process of this host whose number is used again", REUSED_PID, HOUR, true],
    ["nobody we know", "somebody", HOUR, true],
  ])("from %s", (_, owner, endsInMs, free) => {
    heldBy(owner, endsInMs);
    expect(isAbandoned(fake.engine, fake.lock.owner, fake.lock.expires)).toBe(free);
    if (free) taken();
    else expect(take()).toEqual({ heldBy: parseOwner(owner) });
    expect(fake.lock.owner).toBe(free ? "here|100|5|run:new" : owner);
  });

  it("says that a free lease is not abandoned", () => {
    expect(isAbandoned(fake.engine, "", "")).toBe(false);
  });

  it("refuses a stream that does not exist", () => {
    const missing = () => takeLease(fake.engine, fake.engine.store, "nowhere", "run", "new");
    expect(missing).toThrow('there is no stream "nowhere" in sync_settings');
  });
});

describe("a holder", () => {
  it("renews with every fence", () => {
    const lease = taken();
    fake.now += 5000;
    fence(fake.engine, fake.engine.store, lease);
    expect(fake.lock.expires).toBe(toDbTime(fake.now + 60_000));
    expect(lease.renewedAt).toBe(fake.now);
  });

  it("renews on the way only when a third of the lease is over", () => {
    const lease = taken();
    fake.now += 20_000;
    renewIfDue(fake.engine, lease);
    expect(fake.writes).toBe(1);
    fake.now += 1;
    renewIfDue(fake.engine, lease);
    expect(fake.writes).toBe(2);
    expect(lease.renewedAt).toBe(fake.now);
  });

  it.each([
    [10, 60],
    [330, 330],
  ])("of a call that blocks for %d s has the lease for %d s", (blocking, seconds) => {
    renew(fake.engine, taken(), blocking);
    expect(fake.lock.expires).toBe(toDbTime(fake.now + seconds * 1000));
  });

  it("loses everything when somebody else has the lock, and gives back only its own", () => {
    const lease = taken();
    heldBy(OTHER_HOST, HOUR);
    const before = { ...fake.lock };
    expect(() => fence(fake.engine, fake.engine.store, lease)).toThrow(LeaseLost);
    expect(() => renew(fake.engine, lease)).toThrow('the lease of stream "aswan_bom" is no longer held by here|100|5');
    releaseLease(fake.engine.store, lease);
    expect(fake.lock).toEqual(before);
  });

  it("gives its lock back", () => {
    releaseLease(fake.engine.store, taken());
    expect(fake.lock).toEqual({ owner: "", expires: "" });
  });
});
