import { describe, expect, it } from "vitest";
import { type JobTotals, metricsOf } from "../../../src/operate/metrics";

const END = Date.parse("2024-10-13T14:00:00Z");
const START = END - 24 * 3_600_000;
const NONE: JobTotals = { succeeded: 0, failed: 0, retries: 0, retried: 0, latencyMs: 0, mostId: "", most: 0, dead: 0 };
const totals = (part: Partial<JobTotals>) => metricsOf({ ...NONE, ...part }, START, END);

describe("metricsOf", () => {
  it("gives the numbers of requirement 001's example", () => {
    const example = {
      succeeded: 1203,
      failed: 31,
      retries: 45,
      retried: 28,
      latencyMs: 2312,
      mostId: "abc",
      most: 4,
      dead: 3,
    };
    expect(totals(example)).toEqual({
      success_rate: 97.5,
      avg_latency_seconds: 2.3,
      total_processed: 1234,
      total_succeeded: 1203,
      total_failed: 31,
      retry_metrics: {
        total_retries: 45,
        avg_retries_per_saga: 0.036,
        max_retries_saga_id: "abc",
        max_retries_count: 4,
        sagas_with_retries: 28,
      },
      dead_letter_queue_size: 3,
      period_start: "2024-10-12T14:00:00.000Z",
      period_end: "2024-10-13T14:00:00.000Z",
    });
  });

  it("divides by nothing when nothing was processed", () => {
    expect(totals({})).toMatchObject({
      success_rate: 100,
      avg_latency_seconds: 0,
      total_processed: 0,
      retry_metrics: { avg_retries_per_saga: 0, max_retries_saga_id: null, max_retries_count: 0 },
    });
  });

  it.each([
    [1, 1, 50],
    [0, 7, 0],
    [7, 0, 100],
    [2, 1, 66.7],
    [1_000_000, 1, 99.9],
  ])("says of %d succeeded and %d failed jobs that %d %% succeeded", (succeeded, failed, rate) => {
    expect(totals({ succeeded, failed }).success_rate).toBe(rate);
  });
});
