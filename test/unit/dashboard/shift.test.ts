import { expect, it } from "vitest";
import { shiftedSchedule } from "../../../src/dashboard/model/shifted";
import { offsetOf, offsetsAhead, offsetText } from "../../../src/dashboard/model/zone-offset";

const NOW = Date.UTC(2026, 10, 22, 12);

it.each([
  ["Asia/Dubai", 240],
  ["UTC", 0],
  ["America/St_Johns", -210],
  ["Asia/Kathmandu", 345],
])("knows that the clocks of %s are %i minutes ahead of UTC", (zone, minutes) => {
  expect(offsetOf(zone, NOW)).toBe(minutes);
});

it("tells both offsets of a zone whose clocks change, the one of now first, and the day of the change", () => {
  expect(offsetsAhead("Europe/Berlin", NOW).map((each) => each.minutes)).toEqual([60, 120]);
  expect(new Date(offsetsAhead("Europe/Berlin", NOW)[1]?.from ?? 0).toISOString()).toMatch(/^2027-03-28/);
  expect(offsetsAhead("Asia/Dubai", NOW)).toHaveLength(1);
  expect(() => offsetsAhead("Asia/Dubay", NOW)).toThrow(RangeError);
});

it("writes offsets as people know them", () => {
  expect([240, -210, 0].map(offsetText)).toEqual(["UTC+04:00", "UTC−03:30", "UTC+00:00"]);
});

it("writes each line of a local schedule in UTC", () => {
  expect(shiftedSchedule("0 6-18 * * *  # shifts\n\n30 22 * * *", 240)).toEqual({
    lines: ["0 2-14 * * *", "30 18 * * *"],
  });
});

it("names the line that is no cron expression", () => {
  expect(shiftedSchedule("0 6 * * *\n61 * * * *", 240)).toEqual({
    problem: "Line 2: “61 * * * *” is no cron expression (minute, hour, day, month, weekday).",
  });
});
