import { describe, expect, it } from "vitest";
import { daysBefore, isRelativeDate, resolveFromDate } from "../../../src/settings/dates";

const NOW = Date.UTC(2026, 2, 1, 0, 0, 0);

describe("a from_date that moves on", () => {
  it.each([
    ["-1d", "2026-02-28"],
    ["-30d", "2026-01-30"],
    ["-365d", "2025-03-01"],
    ["-36500d", "1926-03-26"],
  ])("%s on 2026-03-01 is %s", (text, day) => {
    expect(isRelativeDate(text)).toBe(true);
    expect(resolveFromDate(text, NOW)).toBe(day);
    expect(resolveFromDate(text, NOW + 86_399_999)).toBe(day);
    expect(resolveFromDate(text, NOW - 1)).not.toBe(day);
  });

  it.each(["", "-0d", "-01d", "30d", "-30", "-30D", "- 30d", "-30d ", "-1.5d", "-36501d", "-999999d", "2026-01-01"])(
    "%j is none",
    (text) => {
      expect(isRelativeDate(text)).toBe(false);
      expect(resolveFromDate(text, NOW)).toBe(text);
    },
  );

  it("is today for no days at all, as --days-back counts", () => {
    expect(daysBefore(NOW, 0)).toBe("2026-03-01");
  });
});
