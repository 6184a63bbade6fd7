import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInstant, utcOf } from "../../../src/mapping/calendar";
import { zonedToUtcFrom } from "../../../src/mapping/zones";
import { intlOffsetAt, zonedToUtc } from "./intl-zones";

function utc(text: string, zone: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  return formatInstant(zonedToUtc(year, month, day, hour, minute, 0, 0, zone)).slice(0, 16);
}

describe("zonedToUtcFrom", () => {
  it.each([
    ["Asia/Dubai", "2025-12-08 09:39", "2025-12-08 05:39"],
    ["Asia/Kolkata", "2025-12-08 00:00", "2025-12-07 18:30"],
    ["America/New_York", "2025-07-01 20:00", "2025-07-02 00:00"],
    ["Pacific/Kiritimati", "2025-01-01 00:00", "2024-12-31 10:00"],
  ])("%s %s is %s UTC", (zone, wall, expected) => {
    expect(utc(wall, zone)).toBe(expected);
  });

  it.each([
    ["Europe/Berlin", "2025-03-30 01:59", "2025-03-30 00:59"],
    ["Europe/Berlin", "2025-03-30 02:00", "2025-03-30 01:00"],
    ["Europe/Berlin", "2025-03-30 02:30", "2025-03-30 01:30"],
    ["Europe/Berlin", "2025-03-30 03:00", "2025-03-30 01:00"],
    ["America/New_York", "2025-03-09 02:30", "2025-03-09 07:30"],
    ["America/New_York", "2025-03-09 03:00", "2025-03-09 07:00"],
    ["Australia/Lord_Howe", "2025-10-05 02:10", "2025-10-04 15:40"],
  ])("moves a time that the clocks skip on by as much as was skipped: %s %s is %s UTC", (zone, wall, expected) => {
    expect(utc(wall, zone)).toBe(expected);
  });

  it.each([
    ["Europe/Berlin", "2025-10-26 01:59", "2025-10-25 23:59"],
    ["Europe/Berlin", "2025-10-26 02:00", "2025-10-26 00:00"],
    ["Europe/Berlin", "2025-10-26 02:59", "2025-10-26 00:59"],
    ["Europe/Berlin", "2025-10-26 03:00", "2025-10-26 02:00"],
    ["America/New_York", "2025-11-02 01:30", "2025-11-02 05:30"],
    ["America/New_York", "2025-11-02 02:00", "2025-11-02 07:00"],
  ])("takes a time that comes twice as the first one: %s %s is %s UTC", (zone, wall, expected) => {
    expect(utc(wall, zone)).toBe(expected);
  });

  it("knows a change that comes in the evening, when UTC is a day further on", () => {
    expect(utc("2010-03-27 21:30", "America/Godthab")).toBe("2010-03-28 00:30");
    expect(utc("2010-03-27 23:30", "America/Godthab")).toBe("2010-03-28 01:30");
  });

  it("moves a day that a zone left out on to the next", () => {
    expect(utc("2011-12-30 12:00", "Pacific/Apia")).toBe("2011-12-30 22:00");
  });

  it("turns every instant's own wall clock back into it, or into its earlier twin", () => {
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Dubai", "UTC");
    const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const wall = new Date(instant + intlOffsetAt(instant, zone));
        const back = zonedToUtc(
          wall.getUTCFullYear(),
          wall.getUTCMonth() + 1,
          wall.getUTCDate(),
          wall.getUTCHours(),
          wall.getUTCMinutes(),
          wall.getUTCSeconds(),
          wall.getUTCMilliseconds(),
          zone,
        );
        expect(back <= instant).toBe(true);
        expect(back + intlOffsetAt(back, zone)).toBe(wall.getTime());
      }),
    );
  });

  it("asks for a day's offset once, and forgets days rather than grow without end", () => {
    let asked = 0;
    const toUtc = zonedToUtcFrom(() => {
      asked++;
      return 3_600_000;
    });
    const noon = { year: 2025, month: 7, day: 1, hour: 12, minute: 0, second: 0, millisecond: 0 };
    for (let i = 0; i < 10; i++) expect(toUtc(2025, 7, 1, 12, 0, 0, 0, "Etc/GMT-1")).toBe(utcOf(noon) - 3_600_000);
    expect(asked).toBe(2);
    for (let year = 1; year <= 6000; year++) toUtc(year, 1, 1, 0, 0, 0, 0, "Etc/GMT-1");
    asked = 0;
    toUtc(2025, 7, 1, 12, 0, 0, 0, "Etc/GMT-1");
    expect(asked).toBe(2);
  });
});
