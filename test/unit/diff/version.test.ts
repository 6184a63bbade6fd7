import { describe, expect, it } from "vitest";
import { compareVersions, versionText } from "../../../src/diff/version";

const dateOf = (text: string) => (/^\d{4}-/.test(text) ? text.replace("T", " ") : "");

describe("versions", () => {
  it.each<[unknown, unknown]>([
    [9, 10],
    ["9", "10"],
    [1.5, "2"],
    [-3, 2],
    ["9007199254740993", "9007199254740994"],
    ["0x00000000000007D1", "0x00000000000007DA"],
    ["2026-01-01T09:00:00", "2026-01-01 10:00:00"],
    ["v9", "v10"],
  ])("%j is older than %j", (older, newer) => {
    const [a, b] = [versionText(older, dateOf), versionText(newer, dateOf)];
    expect(compareVersions(a, b)).toBeLessThan(0);
    expect(compareVersions(b, a)).toBeGreaterThan(0);
    expect(compareVersions(a, a)).toBe(0);
  });

  it.each([null, undefined, "", "  ", true, {}, Number.NaN])(
    "%j is unknown, which is neither older nor newer",
    (value) => {
      expect(versionText(value, dateOf)).toBe("");
      expect(compareVersions("", "5")).toBe(0);
      expect(compareVersions("5", "")).toBe(0);
    },
  );
});
