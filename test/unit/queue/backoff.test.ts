import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRetryAt } from "../../../src/queue/backoff";
import { defaultsApplied, type RetryPolicy } from "../../../src/settings/options";

const now = 1_700_000_000_000;
const policy = (changes: Partial<RetryPolicy> = {}): RetryPolicy => defaultsApplied({ retry: changes }).retry;
const waits = (changes: Partial<RetryPolicy>, attempts: number[], jitter = 0) =>
  attempts.map((attempt) => {
    const at = nextRetryAt(now, attempt, policy(changes), jitter);
    return at === null ? "dead" : (at - now) / 1000;
  });

describe("nextRetryAt", () => {
  it.each<[string, Partial<RetryPolicy>, Array<number | "dead">]>([
    ["by default after 30 s, 2 min, 10 min, 30 min, 1 h, then is dead", {}, [30, 120, 600, 1800, 3600, "dead"]],
    ["with fixed waits", { strategy: "fixed", base_seconds: 60, max_retries: 3 }, [60, 60, 60, "dead"]],
    ["with linear waits", { strategy: "linear", base_seconds: 60, max_retries: 3 }, [60, 120, 180, "dead"]],
    [
      "with exponential waits",
      { strategy: "exponential", base_seconds: 60, max_retries: 4 },
      [60, 120, 240, 480, "dead"],
    ],
    ["by a list that is longer than max_retries", { delays_seconds: [1, 2, 3], max_retries: 2 }, [1, 2, "dead"]],
    [
      "by a list that is shorter: its last wait repeats",
      { delays_seconds: [1, 2], max_retries: 4 },
      [1, 2, 2, 2, "dead"],
    ],
    ["at once", { delays_seconds: [0], max_retries: 1 }, [0, "dead"]],
    ["never", { max_retries: 0 }, ["dead"]],
    [
      "after no more than a day",
      { strategy: "exponential", base_seconds: 86400, max_retries: 2 },
      [86400, 86400, "dead"],
    ],
  ])("tries again %s", (_, changes, expected) => {
    expect(
      waits(
        changes,
        expected.map((__, index) => index + 1),
      ),
    ).toEqual(expected);
  });

  it("adds up to a tenth of jitter and never less than the wait", () => {
    expect(waits({}, [1, 2], 1)).toEqual([33, 132]);
    expect(waits({}, [1, 2], 0.5)).toEqual([31.5, 126]);
    expect(waits({}, [1], 7)).toEqual([33]);
  });

  it("gives whole milliseconds, a day and a tenth at most, and waits no less on a later attempt", () => {
    const anyPolicy = fc.record({
      strategy: fc.constantFrom("exponential", "linear", "fixed"),
      base_seconds: fc.integer({ min: 1, max: 86400 }),
      max_retries: fc.constant(20),
      delays_seconds: fc.constant([1]),
    }) as fc.Arbitrary<RetryPolicy>;
    fc.assert(
      fc.property(
        anyPolicy,
        fc.integer({ min: 1, max: 19 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (any, attempt, jitter) => {
          const at = nextRetryAt(now, attempt, any, jitter) ?? 0;
          expect(Number.isInteger(at)).toBe(true);
          expect(at - now).toBeLessThanOrEqual(95_040_000);
          expect(nextRetryAt(now, attempt + 1, any, jitter)).toBeGreaterThanOrEqual(at);
        },
      ),
    );
  });
});
