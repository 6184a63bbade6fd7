import { describe, expect, it } from "vitest";
import {
  type Health,
  type StreamHealth,
  sourceHealth,
  targetHealth,
  together,
} from "../../../src/operate/health-verdict";

const NOW = Date.parse("2025-12-08T09:30:00Z");
const TARGET = "ASWNDUBAI_erpConsolidateData";

const stream = (part: Partial<StreamHealth> = {}): StreamHealth => ({
  name: "aswan_bom",
  paused: false,
  schedule: "0 * * * *",
  problem: "",
  newest: { status: "succeeded", startedAt: "2025-12-08 09:00:00.000Z", error: "" },
  success: { last: { finishedAt: NOW - 1_700_000, durationMs: 4000 }, firstRunAt: 1, running: false },
  target: TARGET,
  openRules: [],
  backlog: null,
  dead: 0,
  held: 0,
  quarantined: 0,
  ...part,
});
const OK: Health = { status: "ok", reasons: [], warnings: [] };
const failedRun = { status: "failed", startedAt: "2025-12-08 09:00:00.000Z", error: "the ERP answered 503" };
const longAgo = {
  last: { finishedAt: Date.parse("2025-12-08T06:00:04Z"), durationMs: 4000 },
  firstRunAt: 1,
  running: false,
};

describe("the health of the source", () => {
  it.each<[string, Partial<StreamHealth>, Health]>([
    ["is ok when the newest run succeeded", {}, OK],
    ["is ok before the first run", { newest: null, success: { last: null, firstRunAt: 0, running: false } }, OK],
    ["is ok when the newest run is partial: the ERP answered", { newest: { ...failedRun, status: "partial" } }, OK],
    [
      "is degraded when the newest run failed",
      { newest: failedRun },
      {
        status: "degraded",
        reasons: ["aswan_bom: the newest run, of 2025-12-08 09:00 UTC, failed: the ERP answered 503"],
        warnings: [],
      },
    ],
    [
      "is degraded when nothing has succeeded for two intervals",
      { success: longAgo },
      {
        status: "degraded",
        reasons: [
          "aswan_bom: no run has succeeded since 2025-12-08 06:00 UTC, although the schedule has come due twice: erp runs aswan_bom",
        ],
        warnings: [],
      },
    ],
    [
      "is failed when no run can begin",
      { problem: "environment variable ERP_TOKEN is not set", newest: failedRun },
      { status: "failed", reasons: ["aswan_bom: environment variable ERP_TOKEN is not set"], warnings: [] },
    ],
    [
      "only warns of a paused stream, whatever its runs were",
      { paused: true, newest: failedRun, success: longAgo, problem: "no" },
      { ...OK, warnings: ["aswan_bom: the stream is paused: no schedule, no worker"] },
    ],
  ])("%s", (_, part, expected) => {
    expect(sourceHealth([stream(part)], NOW)).toEqual(expected);
  });

  it("says that a stream has never succeeded", () => {
    const success = { last: null, firstRunAt: Date.parse("2025-12-08T06:00:00Z"), running: false };
    const { reasons } = sourceHealth([stream({ success })], NOW);
    expect(reasons).toEqual([
      "aswan_bom: no run has succeeded yet, although the schedule has come due twice: erp runs aswan_bom",
    ]);
  });
});

describe("the health of the target", () => {
  it.each<[string, Partial<StreamHealth>, Health]>([
    ["is ok when nothing waits", {}, OK],
    [
      "is failed when the collection is gone",
      { openRules: null, dead: 3 },
      { status: "failed", reasons: [`aswan_bom: collection ${TARGET} does not exist`], warnings: [] },
    ],
    [
      "is degraded by jobs that nobody takes",
      { backlog: { jobs: 12, since: "2025-12-08 05:10:00.000Z", minutes: 180 } },
      {
        status: "degraded",
        reasons: [
          "aswan_bom: 12 jobs waiting to be pushed, the oldest since 2025-12-08 05:10 UTC, longer than 180 min (options.alerts.backlog_minutes): erp failed aswan_bom, then erp work aswan_bom",
        ],
        warnings: [],
      },
    ],
    [
      "is ok while jobs wait for a paused stream, which is what pausing is for",
      { paused: true, backlog: { jobs: 12, since: "2025-12-08 05:10:00.000Z", minutes: 180 } },
      OK,
    ],
    [
      "is degraded by dead jobs",
      { dead: 1 },
      { status: "degraded", reasons: ["aswan_bom: 1 dead job: erp failed aswan_bom --include-dead"], warnings: [] },
    ],
    [
      "is degraded when the quarantine grew",
      { quarantined: 2 },
      {
        status: "degraded",
        reasons: ["aswan_bom: 2 more rows in quarantine since the newest run began; see failed_records"],
        warnings: [],
      },
    ],
    [
      "only warns of open rules and of held deletes",
      { openRules: ["listRule", "viewRule"], held: 40 },
      {
        status: "ok",
        reasons: [],
        warnings: [
          "aswan_bom: 40 deletes held; if right: erp approve-deletes aswan_bom",
          `aswan_bom: anybody who reaches this server may use ${TARGET} (listRule, viewRule): erp doctor`,
        ],
      },
    ],
  ])("%s", (_, part, expected) => {
    expect(targetHealth([stream(part)])).toEqual(expected);
  });
});

describe("several parts together", () => {
  it("are as bad as the worst, with every reason and warning", () => {
    const degraded: Health = { status: "degraded", reasons: ["a"], warnings: ["b"] };
    const failed: Health = { status: "failed", reasons: ["c"], warnings: [] };
    expect(together([OK, degraded, OK])).toEqual(degraded);
    expect(together([degraded, failed, OK])).toEqual({ status: "failed", reasons: ["a", "c"], warnings: ["b"] });
    expect(together([])).toEqual(OK);
  });
});
