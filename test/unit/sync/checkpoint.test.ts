import { beforeEach, describe, expect, it } from "vitest";
import { makeCheckpoint } from "../../../src/sync/checkpoint";
import { LeaseLost, Stopped } from "../../../src/sync/errors";
import { type Lease, takeLease } from "../../../src/sync/lease";
import { type LeaseEngine, leaseEngine } from "./lease-engine";

let fake: LeaseEngine;
let lease: Lease;
beforeEach(() => {
  fake = leaseEngine();
  const result = takeLease(fake.engine, fake.engine.store, "aswan_bom", "run", "new");
  if (!("lease" in result)) throw new Error("the lease was not free");
  lease = result.lease;
});

const checkpoint = ({ force = false, deadline = 0 } = {}) =>
  makeCheckpoint(fake.engine, lease, { force, deadline: () => deadline, targetCollection: "target" });

/** Why the checkpoint stopped the work, or "" when it let it go on. */
function outcome(look: () => void): string {
  try {
    look();
    return "";
  } catch (error) {
    if (error instanceof Stopped) return error.reason;
    if (error instanceof LeaseLost) return "lease";
    throw error;
  }
}

describe("a checkpoint", () => {
  it("lets work go on, and keeps the lease alive", () => {
    const look = checkpoint();
    for (let seconds = 0; seconds < 300; seconds += 10) {
      expect(outcome(look)).toBe("");
      fake.now += 10_000;
    }
    expect(fake.writes).toBeGreaterThan(5);
  });

  it("keeps the lease alive and hears a pause when the clock is set back by an hour", () => {
    const look = checkpoint();
    expect(outcome(look)).toBe("");
    fake.now -= 3_600_000;
    const { writes } = fake;
    expect(outcome(look)).toBe("");
    expect(fake.writes).toBe(writes + 1);
    fake.now -= 3_600_000;
    fake.paused = true;
    expect(outcome(look)).toBe("pause");
  });

  it("stops at shutdown, also what was forced", () => {
    fake.stopping = true;
    expect(outcome(checkpoint())).toBe("shutdown");
    expect(outcome(checkpoint({ force: true }))).toBe("shutdown");
  });

  it("stops at a pause within a second, but not what was forced", () => {
    const looks = [checkpoint(), checkpoint({ force: true })] as const;
    for (const look of looks) expect(outcome(look)).toBe("");
    fake.paused = true;
    fake.now += 1000;
    expect(looks.map(outcome)).toEqual(["pause", ""]);
  });

  it("does not ask the database at every look", () => {
    let asked = 0;
    const { one } = fake.engine.store;
    fake.engine.store.one = (...args) => {
      asked++;
      return one(...args);
    };
    const look = checkpoint();
    for (let n = 0; n < 1000; n++) look();
    expect(asked).toBe(2);
  });

  it("stops when the time is over, at the moment a deadline is set and not before", () => {
    let deadline = 0;
    const look = makeCheckpoint(fake.engine, lease, {
      force: false,
      deadline: () => deadline,
      targetCollection: "target",
    });
    expect(outcome(look)).toBe("");
    deadline = fake.now;
    expect(outcome(look)).toBe("");
    fake.now += 1;
    expect(outcome(look)).toBe("time");
    deadline = 0;
    expect(outcome(look)).toBe("");
  });

  it("stops when somebody else has the lease, as soon as it would be renewed", () => {
    const look = checkpoint();
    fake.lock.owner = "there|7|1|run:other";
    fake.now += 20_001;
    expect(outcome(look)).toBe("lease");
  });
});
