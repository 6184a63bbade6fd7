import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysInMonth, formatInstant, formatWall, isReal, utcOf } from "../../../src/mapping/calendar";

const NOON = { hour: 12, minute: 0, second: 0, millisecond: 0 };

describe("calendar", () => {
  it("agrees with JavaScript's UTC arithmetic for every instant of the years 1 to 9999", () => {
    const instants = fc.integer({ min: -62135596800000, max: 253402300799999 });
    fc.assert(
      fc.property(instants, (epochMs) => {
        const iso = new Date(epochMs).toISOString();
        const date = new Date(epochMs);
        const wall = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          millisecond: date.getUTCMilliseconds(),
        };
        expect(formatInstant(epochMs)).toBe(iso.replace("T", " "));
        expect(formatWall(wall)).toBe(iso.replace("T", " "));
        expect(utcOf(wall)).toBe(epochMs);
        expect(isReal(wall)).toBe(true);
      }),
    );
  });

  it("agrees at the end of every February and every year", () => {
    for (let year = 1; year <= 9999; year++) {
      for (const [month, day] of [
        [1, 28],
        [2, 1],
        [11, 31],
      ] as const) {
        for (const later of [0, 1]) {
          const date = new Date(0);
          date.setUTCFullYear(year, month, day + later);
          const epochMs = date.getTime();
          if (epochMs > 253402300799999) continue;
          const written = date.toISOString().replace("T", " ");
          if (formatInstant(epochMs) !== written) expect(formatInstant(epochMs)).toBe(written);
        }
      }
    }
  });

  it.each<[number, number, number]>([
    [2024, 2, 29],
    [2025, 2, 28],
    [2000, 2, 29],
    [1900, 2, 28],
    ...[31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days, at): [number, number, number] => [
      2023,
      at + 1,
      days,
    ]),
  ])("month %d-%d has %d days", (year, month, days) => {
    expect(daysInMonth(year, month)).toBe(days);
    expect(isReal({ ...NOON, year, month, day: days })).toBe(true);
    expect(isReal({ ...NOON, year, month, day: days + 1 })).toBe(false);
  });

  it.each([
    ["year 0", { year: 0 }],
    ["month 0", { month: 0 }],
    ["month 13", { month: 13 }],
    ["day 0", { day: 0 }],
    ["hour 24", { hour: 24 }],
    ["minute 60", { minute: 60 }],
    ["second 60", { second: 60 }],
  ])("has no %s", (_name, part) => {
    expect(isReal({ year: 2025, month: 1, day: 1, ...NOON, ...part })).toBe(false);
  });
});
