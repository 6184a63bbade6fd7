import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AdaptiveBatch, nextBatchSize } from "../../../src/sync/batch";

describe("the next batch", () => {
  it.each([
    ["as many when it took what is aimed at", 200, 100, 1000, 200],
    ["half as many when it took twice as long", 200, 200, 1000, 100],
    ["at most twice as many, however fast", 200, 1, 1000, 400],
    ["twice as many when the clock did not even move", 200, 0, 1000, 400],
    ["never more than the largest", 800, 1, 1000, 1000],
    ["never fewer than ten, however slow", 200, 60_000, 1000, 10],
    ["no more than the largest when that is less than ten", 5, 1, 5, 5],
  ])("takes %s", (_, size, ms, largest, next) => {
    expect(nextBatchSize(size, ms, largest)).toBe(next);
  });

  it("is a whole number from 1 to the largest, whatever it took", () => {
    const ms = fc.oneof(fc.integer({ min: -5, max: 100_000 }), fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), ms, fc.integer({ min: 1, max: 2000 }), (size, took, largest) => {
        const next = nextBatchSize(Math.min(size, largest), took, largest);
        expect(Number.isInteger(next)).toBe(true);
        expect(next).toBeGreaterThanOrEqual(1);
        expect(next).toBeLessThanOrEqual(largest);
      }),
    );
  });
});

describe("an adaptive batch", () => {
  /** Sizes of the transactions when each row takes `msPerRow`. */
  function sizes(msPerRow: number, largest: number, batches: number): number[] {
    let now = 0;
    const batch = new AdaptiveBatch(() => now, largest);
    return Array.from({ length: batches }, () => {
      const { size } = batch;
      batch.measure(size, () => {
        now += size * msPerRow;
      });
      return size;
    });
  }

  it("starts with at most 100 rows", () => {
    expect(sizes(1, 2000, 1)).toEqual([100]);
    expect(sizes(1, 30, 1)).toEqual([30]);
  });

  it("grows on a fast machine to the largest size and shrinks on a slow one", () => {
    expect(sizes(0.01, 2000, 6)).toEqual([100, 200, 400, 800, 1600, 2000]);
    expect(sizes(4, 2000, 3)).toEqual([100, 25, 25]);
  });

  it("shrinks at once and grows by degrees", () => {
    let now = 0;
    const batch = new AdaptiveBatch(() => now, 2000);
    const sizeAfter = (msPerRow: number) => {
      const { size } = batch;
      batch.measure(size, () => {
        now += size * msPerRow;
      });
      return batch.size;
    };
    expect([1, 4, 1, 1, 1, 1].map(sizeAfter)).toEqual([100, 25, 40, 57, 72, 84]);
  });

  it("learns nothing from a batch that was not even half full, and hands out what the work answers", () => {
    let now = 0;
    const batch = new AdaptiveBatch(() => now, 2000);
    const answer = batch.measure(49, () => {
      now += 1;
      return "done";
    });
    expect(answer).toBe("done");
    expect(batch.size).toBe(100);
  });
});
