import { describe, expect, it } from "vitest";
import { isOverdue, type Success } from "../../../src/operate/overdue";

const at = (time: string) => Date.parse(`2025-12-08T${time}Z`);
const HOURLY = "0 * * * *";
const MINUTE_MS = 60_000;

const succeeded = (finished: string, minutes = 0): Success => ({
  last: { finishedAt: at(finished), durationMs: minutes * MINUTE_MS },
  firstRunAt: at("00:00:00"),
  running: false,
});
const never = (first: string, running = false): Success => ({
  last: null,
  firstRunAt: first === "" ? 0 : at(first),
  running,
});

describe("isOverdue", () => {
  it.each<[string, boolean, string, Success, string]>([
    ["one missed hour is none", false, HOURLY, succeeded("09:00:05"), "10:59:59"],
    ["two missed hours are", true, HOURLY, succeeded("09:00:05"), "11:00:01"],
    ["a run that takes 20 minutes may take them again", false, HOURLY, succeeded("09:20:00", 20), "11:19:59"],
    ["but not more", true, HOURLY, succeeded("09:20:00", 20), "11:20:01"],
    ["runs longer than the interval are no fault", false, HOURLY, succeeded("09:30:00", 150), "13:29:59"],
    ["without a schedule nothing is due", false, "", succeeded("01:00:00"), "23:00:00"],
    ["a schedule that never comes due neither", false, "0 0 30 2 *", succeeded("01:00:00"), "23:00:00"],
    ["a stream that has never run", false, HOURLY, never(""), "23:00:00"],
    ["its first run in progress", false, HOURLY, never("09:00:00", true), "15:00:00"],
    ["a stream that has never succeeded", true, HOURLY, never("09:00:00"), "11:00:01"],
    ["but has not had two chances more", false, HOURLY, never("09:00:00"), "10:59:59"],
    [
      "a run in progress does not hide that all before it failed",
      true,
      HOURLY,
      { ...succeeded("04:00:00"), running: true },
      "11:00:01",
    ],
    ["nights off are no fault", false, "0 8-10 * * *", succeeded("10:00:01"), "23:59:59"],
    ["the shorter of two schedules counts", true, `0 0 * * *\n${HOURLY}`, succeeded("09:00:05"), "11:00:01"],
  ])("%s (%s)", (_, expected, schedule, success, now) => {
    expect(isOverdue(schedule, success, at(now))).toBe(expected);
  });
});
