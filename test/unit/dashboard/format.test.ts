import { expect, it } from "vitest";
import {
  counted,
  formatBytes,
  formatDuration,
  formatNumber,
  formatRelative,
  formatTime,
  formatUtc,
  timeOf,
} from "../../../src/dashboard/model/format";

const NOW = Date.UTC(2026, 10, 22, 10, 5, 30);
const ago = (seconds: number) => formatRelative(NOW - seconds * 1000, NOW);

it("groups the digits of numbers and puts an s to more than one", () => {
  expect(formatNumber(1234567)).toBe("1,234,567");
  expect([counted(0, "row"), counted(1, "row"), counted(1210, "row")]).toEqual(["0 rows", "1 row", "1,210 rows"]);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 KB"],
  [143_200, "143 KB"],
  [999_600, "1.0 MB"],
  [1_440_000_000, "1.4 GB"],
])("tells %i bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, "0 ms"],
  [340, "340 ms"],
  [4150, "4.2 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 00 s"],
  [125_000, "2 min 05 s"],
  [4_320_000, "1 h 12 min"],
])("tells %i ms as %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

it("tells how long ago something was, and how soon it will be", () => {
  expect([ago(3), ago(42), ago(300), ago(7200), ago(86_400), ago(3 * 86_400)]).toEqual([
    "just now",
    "42 s ago",
    "5 min ago",
    "2 h ago",
    "1 day ago",
    "3 days ago",
  ]);
  expect(formatRelative(NOW + 55_000, NOW)).toBe("in 55 s");
});

it("leaves out of a time what is the same today, in the reader's zone", () => {
  const shown = (time: string) => formatTime(timeOf(time), NOW, { zone: "Asia/Dubai" });
  expect(shown("2026-11-22 09:00:00.000Z")).toBe("13:00");
  expect(shown("2026-11-21 21:30:00.000Z")).toBe("01:30");
  expect(shown("2026-11-21 09:00:00.000Z")).toBe("21 Nov, 13:00");
  expect(shown("2025-12-31 23:00:00.000Z")).toBe("1 Jan, 03:00");
  expect(shown("2025-12-08 09:39:14.893Z")).toBe("8 Dec 2025, 13:39");
  expect(formatTime(NOW, NOW, { zone: "UTC", seconds: true })).toBe("10:05:30");
});

it("reads PocketBase's times, and blank ones as none", () => {
  expect(formatUtc(timeOf("2026-11-22 14:05:09.120Z"))).toBe("2026-11-22 14:05:09 UTC");
  expect([timeOf(""), timeOf(null)]).toEqual([Number.NaN, Number.NaN]);
});
