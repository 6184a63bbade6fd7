import { describe, expect, it } from "vitest";
import { attentionOf, streamState, triggerText } from "../../../src/dashboard/model/stream-state";
import type { StreamStatus } from "../../../src/operate/status";
import { streamFacts } from "../operate/stream-facts";

const healthy: StreamStatus = streamFacts().status;
const stream = (changes: Partial<StreamStatus>): StreamStatus => ({ ...healthy, ...changes });
const jobs = (changes: Partial<StreamStatus["jobs"]>) => ({ jobs: { ...healthy.jobs, ...changes } });
const last = (status: string, error = "") => ({
  last_run: healthy.last_run && { ...healthy.last_run, status, error },
});

describe("the state of a stream", () => {
  it.each<[string, Partial<StreamStatus>, string]>([
    ["Waiting", {}, "ok"],
    ["Running", { state: "running", ...last("failed") }, "info"],
    ["Pushing", { state: "working" }, "info"],
    ["Interrupted", { state: "abandoned" }, "warn"],
    ["Paused", { state: "paused", paused: true, ...last("failed") }, "neutral"],
    ["Failing", last("failed"), "bad"],
    ["Degraded", last("partial"), "warn"],
    ["Degraded", jobs({ dead: 1 }), "warn"],
    ["Degraded", { quarantine: 1 }, "warn"],
    ["Degraded", { held: 1 }, "warn"],
    ["Never ran", { last_run: null }, "neutral"],
  ])("is %s for %o", (label, changes, tone) => {
    expect(streamState(stream({ quarantine: 0, held: 0, ...jobs({ dead: 0 }), ...changes }))).toMatchObject({
      label,
      tone,
    });
  });
});

describe("what needs a person", () => {
  it("is nothing in a stream that is well", () => {
    expect(attentionOf(stream({ ...jobs({ dead: 0, failed: 0 }), quarantine: 0, held: 0, replay_due: 0 }))).toEqual([]);
  });

  it("says what the last run failed of and leads to it", () => {
    const [first] = attentionOf(stream(last("failed", "the ERP answered 503")));
    expect(first).toMatchObject({ tone: "bad", href: `#/run/${healthy.last_run?.id}` });
    expect(first?.text).toBe("The last run failed: the ERP answered 503");
  });

  it("leads from each number to its list, for one and for many", () => {
    const found = attentionOf(stream({ ...jobs({ dead: 1, failed: 2 }), quarantine: 1, held: 1200, replay_due: 3 }));
    expect(found.map(({ href }) => href)).toEqual([
      "#/jobs?stream=aswan_bom&status=dead",
      "#/quarantine?stream=aswan_bom",
      "#/held/aswan_bom",
      "#/jobs?stream=aswan_bom&status=failed",
      "#/stream/aswan_bom",
    ]);
    expect(found[0]?.text).toBe("1 row could not be pushed and was given up: the target shows an older version.");
    expect(found[2]?.text).toContain("1,200 deletes held");
    expect(found[3]?.text).toContain("2 pushes failed");
  });

  it("tells settings that cannot be used", () => {
    const [first] = attentionOf(stream({ replay_due: null }), "ERP_TOKEN is not set");
    expect(first).toMatchObject({ tone: "bad", text: "No run can begin: ERP_TOKEN is not set" });
    expect(attentionOf(stream({ paused: true }), "ERP_TOKEN is not set")).toEqual([]);
  });

  it("says that the schedule rests, and what waits for another stream", () => {
    const breaker = { state: "open" as const, failures: 5, rests_until: "2025-12-08 10:00:00.000Z" };
    const texts = attentionOf(stream({ breaker, waiting_for_parent: 3, ...jobs({ failed: 3 }) })).map(
      ({ text }) => text,
    );
    expect(texts).toEqual([
      "The ERP failed 5 times in a row, so the schedule rests for a while. “Sync now” asks it at once.",
      "3 rows waiting for a row of another stream; pushed as soon as it is there.",
    ]);
  });
});

it("says who started a run", () => {
  expect(triggerText("manual", "a@b.c")).toBe("by hand (a@b.c)");
  expect(triggerText("schedule", "")).toBe("by schedule");
});
