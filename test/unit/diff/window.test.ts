import { describe, expect, it } from "vitest";
import { agedOut } from "../../../src/diff/window";
import { dateReader } from "../../../src/mapping/dates";
import { zonedToUtc } from "../mapping/intl-zones";

const FROM = "2026-01-02";
const read = (value: unknown, timezone: string) => agedOut(value, FROM, dateReader({ timezone, zonedToUtc }));

describe("a row that an answer since 2026-01-02 lacks", () => {
  it.each([
    ["the day before", "2026-01-01", "old"],
    ["the last moment before", "2026-01-01T23:59:59.999", "old"],
    ["the first moment", "2026-01-02T00:00:00", undefined],
    ["the day itself", "2026-01-02", undefined],
    ["with blanks around", " 2026-01-02 ", undefined],
    ["long before", "1999-12-31 00:00:00.000Z", "old"],
    ["long after", "2999-12-31T00:00:00", undefined],
    ["a JSON date before", "/Date(1767311999999)/", "old"],
    ["a JSON date on the day", "/Date(1767312000000)/", undefined],
    ["null", null, "undated"],
    ["missing", undefined, "undated"],
    ["blank", "", "undated"],
    ["only blanks", "  ", "undated"],
    ["an ERP's empty date", "0001-01-01T00:00:00", "undated"],
    ["no date", "soon", "undated"],
    ["an impossible date", "2026-02-30", "undated"],
    ["a number", 1767312000000, "undated"],
    ["a list", ["2026-01-05"], "undated"],
  ])("%s: %j", (_, value, expected) => {
    expect(read(value, "UTC")).toBe(expected);
  });

  it.each([
    ["Asia/Dubai", "2026-01-02T00:00:00", undefined],
    ["Asia/Dubai", "2026-01-01T23:59:59", "old"],
    ["Asia/Dubai", "2026-01-01T20:00:00Z", undefined],
    ["Asia/Dubai", "2026-01-01T19:59:59Z", "old"],
    ["America/New_York", "2026-01-02T00:00:00", undefined],
    ["America/New_York", "2026-01-01T23:59:59", "old"],
    ["America/New_York", "2026-01-02T04:59:59Z", "old"],
  ])("counts the day in the stream's time zone, %s: %s", (timezone, value, expected) => {
    expect(read(value, timezone)).toBe(expected);
  });
});
