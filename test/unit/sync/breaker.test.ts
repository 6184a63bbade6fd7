import { describe, expect, it } from "vitest";
import { defaultsApplied } from "../../../src/settings/options";
import { breakerOf, isScheduledNow, type Streak } from "../../../src/sync/breaker";

const MINUTE_MS = 60_000;
const at = (time: string) => Date.parse(`2025-12-08T${time}Z`);
const HOURLY = ["0 * * * *"];
const MINUTELY = ["* * * * *"];
const NIGHTLY = ["0 2 * * *"];

const stream = (schedule: string[], breaker: object = {}) => ({ schedule, options: defaultsApplied({ breaker }) });
const failed = (failures: number, lastAt = at("09:00:07")): Streak => ({ failures, lastAt, running: false });

/** Minutes that the next scheduled run waits after the last failure, counted from its full minute; "" while closed. */
function rest(failures: number, schedule: string[], breaker: object = {}): number | "" {
  const { restsUntil } = breakerOf(failed(failures), stream(schedule, breaker), at("09:01:00"));
  return restsUntil === null ? "" : (restsUntil - at("09:00:00")) / MINUTE_MS;
}

describe("how long a failing ERP is left alone", () => {
  it.each<[string, string[], object, (number | "")[]]>([
    // Behind each list: after 3, 4, 5 … failed runs in a row.
    ["an hourly stream after two hours, then every four", HOURLY, {}, ["", "", 120, 240, 240, 240]],
    ["one that runs every minute, doubling up to four hours", MINUTELY, {}, ["", "", 2, 4, 8, 16, 32, 64, 128, 240]],
    ["a nightly one is asked every night", NIGHTLY, {}, ["", "", "", "", ""]],
    ["with a shorter limit", MINUTELY, { max_minutes: 5 }, ["", "", 2, 4, 5, 5]],
    ["with fewer failures", HOURLY, { failures: 3 }, [120, 240, 240]],
    ["a limit below the interval leaves nothing out", HOURLY, { max_minutes: 30 }, ["", "", "", ""]],
    ["switched off", MINUTELY, { failures: 0 }, ["", "", "", "", ""]],
    ["a stream without a schedule has none to leave out", [], {}, ["", "", "", ""]],
    ["two lines count as one schedule", ["0 * * * *", "30 * * * *"], {}, ["", "", 60, 120, 240]],
  ])("%s", (_, schedule, breaker, expected) => {
    expect(expected.map((__, more) => rest(3 + more, schedule, breaker))).toEqual(expected);
  });

  it("does not grow beyond the limit, however often it has failed", () => {
    expect(rest(1_000_000, MINUTELY)).toBe(240);
  });
});

describe("breakerOf", () => {
  it.each<[string, Streak, string, string]>([
    ["is closed after a success", failed(0, 0), "12:00:00", "closed"],
    ["is closed before enough failures", failed(4), "09:30:00", "closed"],
    ["is open from the last failure on", failed(5), "09:00:08", "open"],
    ["is open at the scheduled time that is left out", failed(5), "10:00:00", "open"],
    ["is half open when the wait is over", failed(5), "11:00:00", "half_open"],
    ["stays half open until a run was made", failed(5), "19:00:00", "half_open"],
    ["is half open while a run is in progress", { ...failed(5), running: true }, "09:30:00", "half_open"],
    ["a first run in progress says nothing", { failures: 0, lastAt: 0, running: true }, "09:30:00", "closed"],
  ])("%s", (_, streak, now, state) => {
    expect(breakerOf(streak, stream(HOURLY), at(now))).toMatchObject({ state, failures: streak.failures });
  });
});

describe("isScheduledNow", () => {
  it.each<[boolean, string[], string]>([
    [true, HOURLY, "09:00:00"],
    [true, HOURLY, "09:00:59.999"],
    [false, HOURLY, "09:01:00"],
    [false, HOURLY, "08:59:59.999"],
    [true, ["0 * * * *", "17 9 * * *"], "09:17:30"],
    [false, [], "09:00:00"],
  ])("is %s for %j at %s", (expected, schedule, now) => {
    expect(isScheduledNow(schedule, at(now))).toBe(expected);
  });
});
