import { describe, expect, it } from "vitest";
import { type Episode, messageOf, webhookBody } from "../../../src/alerts/message";
import { summaryMoment, summaryText } from "../../../src/alerts/summary";
import { counted, numberText, spanText } from "../../../src/alerts/words";

const at = (time: string) => Date.parse(`2025-12-08T${time}:00Z`);
const place = { app: "Plant 7", url: "https://pb.example.com" };
const episode: Episode = {
  stream: "aswan_bom",
  kind: "dead_jobs",
  due: "opened",
  text: "2 jobs given up",
  advice: "erp failed aswan_bom",
  run: "",
  openedAt: at("03:00"),
  closedAt: 0,
  endText: "",
};
const over = { closedAt: at("06:05"), endText: "no job is dead any more" };

describe("messageOf", () => {
  it("tells a beginning with what to do", () => {
    expect(messageOf(episode, place)).toEqual({
      subject: "[Plant 7] aswan_bom: ALERT, jobs are dead",
      text: "[Plant 7] aswan_bom: ALERT, jobs are dead\n2 jobs given up.\nSince 2025-12-08 03:00 UTC.\nWhat to do: erp failed aswan_bom\nhttps://pb.example.com/erp/#/alerts",
    });
  });

  it("tells an end with how long it lasted", () => {
    expect(messageOf({ ...episode, ...over, due: "closed" }, place).text).toBe(
      "[Plant 7] aswan_bom: ALL CLEAR, it was: jobs are dead\nNo job is dead any more.\nFrom 2025-12-08 03:00 UTC to 2025-12-08 06:05 UTC, 3 h 5 min.\nhttps://pb.example.com/erp/#/alerts",
    );
  });

  it("says of a beginning that arrives late that it is over", () => {
    const { text } = messageOf({ ...episode, ...over, run: "r1" }, place);
    expect(text).toContain("OVER, jobs are dead\n2 jobs given up.\nIt is over: no job is dead any more.\nFrom ");
    expect(text).not.toContain("What to do");
    expect(text).toMatch(/\nrun r1, https:\/\/pb\.example\.com\/erp\/#\/run\/r1$/);
  });
});

describe("webhookBody", () => {
  it("lets no mention or link of a text through", () => {
    const text = "<!channel> a & b <https://evil.example|click>";
    expect(JSON.parse(webhookBody({ subject: "", text }))).toEqual({
      text: "&lt;!channel&gt; a &amp; b &lt;https://evil.example|click&gt;",
    });
  });
});

describe("summaryMoment", () => {
  it.each([
    ["none is wanted", "", "12:00", ""],
    ["not due yet today, and last night's is too old", "12:00", "11:59", ""],
    ["due now", "12:00", "12:00", "2025-12-08T12:00"],
    ["missed by some hours", "01:30", "13:30", "2025-12-08T01:30"],
    ["missed by too many", "01:30", "13:31", ""],
    ["last night's, after midnight", "23:00", "01:00", "2025-12-07T23:00"],
  ])("%s", (_, dailyAt, now, expected) => {
    const moment = summaryMoment(dailyAt, at(now));
    expect(moment === null ? "" : new Date(moment).toISOString().slice(0, 16)).toBe(expected);
  });
});

it("summaryText tells runs, rows, what waits for a person and which alerts are open", () => {
  const day = {
    runs: { failed: 1, succeeded: 23 },
    sums: { fetched: 2400, new: 1200, changed: 5, superseded: 0, left: 2, pushed: 1207 },
    lastGood: "2025-12-08 05:00:10.000Z",
    rows: 100_000,
    dead: 1,
    quarantine: 4,
    held: 0,
    open: [{ kind: "dead_jobs", since: "2025-12-08 03:00:00.000Z", acknowledged: true }],
  };
  expect(summaryText(day)).toBe(
    [
      "Runs: 1 failed, 23 succeeded; the last good one ended 2025-12-08 05:00 UTC",
      "Rows: 1,200 new, 5 changed, 0 superseded, 2 left; 100,000 rows known now",
      "Pushed: 1,207; 1 dead job, 4 in quarantine, 0 deletes held",
      "Open alert: jobs are dead, since 2025-12-08 03:00 UTC (seen)",
    ].join("\n"),
  );
  expect(summaryText({ ...day, runs: {}, lastGood: "", open: [] })).toMatch(
    /^Runs: none; .* never\n[\s\S]*Open alerts: none$/,
  );
});

it("writes figures for people", () => {
  expect([0, 999, 1000, 1234567].map(numberText)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([counted(1, "row"), counted(1000, "row")]).toEqual(["1 row", "1,000 rows"]);
  expect([-5, 59_000, 60_000, 3_600_000, 90_000_000].map(spanText)).toEqual([
    "0 min",
    "0 min",
    "1 min",
    "1 h 0 min",
    "1 day 1 h",
  ]);
});
