import { describe, expect, it } from "vitest";
import { progressView } from "../../../src/dashboard/model/progress";
import { OUTCOMES, outcomesOf, stacked } from "../../../src/dashboard/model/run-chart";
import { aRun } from "../operate/stream-facts";

const live = (stage: string, done: number, total: number) => progressView({ run: "r", stage, done, total }, null);

describe("a run in progress", () => {
  it.each([
    ["begin", 0, 0, "fetch", "Asking the ERP …", null],
    ["fetch", 0, 0, "fetch", "Waiting for the ERP's answer …", null],
    ["fetch", 1_500_000, 0, "fetch", "1.5 MB received", null],
    [
      "fetch: the ERP answered 503; trying again in 5 s",
      0,
      0,
      "fetch",
      "The ERP answered 503; trying again in 5 s",
      null,
    ],
    ["diff", 500, 1000, "diff", "500 of 1,000 groups compared", 0.5],
    ["ingest", 30, 60, "ingest", "30 of 60 changed rows stored", 0.5],
    ["push", 450, 1210, "push", "450 of 1,210 rows pushed", 450 / 1210],
    ["push", 5, 4, "push", "5 of 4 rows pushed", 1],
  ])("at %s, %i of %i, is at %s: %s", (stage, done, total, step, text, share) => {
    expect(live(stage, done, total)).toEqual({ step, text, share });
  });

  it("is told from its record where another process runs it", () => {
    const run = aRun({ bytes: 2_000_000, ingested_at: "" });
    expect(progressView(null, run)).toMatchObject({ step: "fetch", text: "2.0 MB received" });
    expect(progressView(null, { ...run, ingested_at: "2026-11-22 10:00:00.000Z", pushed_updated: 7 })).toMatchObject({
      step: "push",
      text: "10 rows pushed",
    });
    expect(progressView(null, null).text).toBe("Starting …");
  });
});

describe("the chart of runs", () => {
  const run = aRun({
    rows_new: 3,
    rows_changed: 2,
    rows_rekeyed: 1,
    rows_left: 8,
    rows_superseded: 2,
    rows_held: 6,
    rows_invalid: 4,
  });

  it("counts each row once: a held one is not gone", () => {
    expect(outcomesOf(run)).toEqual({ new: 3, changed: 3, gone: 4, held: 6, invalid: 4 });
  });

  it("lays the bars one over the other, the highest first", () => {
    expect(stacked([run])).toEqual([[20], [16], [10], [6], [3]]);
    expect(stacked([run])).toHaveLength(OUTCOMES.length);
  });
});
