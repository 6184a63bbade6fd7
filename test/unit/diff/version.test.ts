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
    ["0900", "1000"],
    ["1".repeat(400), "2".repeat(400)],
    [10, 10.5],
    [1e-7, 2],
    ["0x00000000000007D1", "0x00000000000007DA"],
    ["00000000000007d9", "00000000000007DA"],
    ["0xFF", "0x0100"],
    ["AAAAAAAAB9E=", "AAAAAAAAB/E="],
    ["AAAAAAAAB9E=", "AAAAAAAAB+E="],
    ["AAAAAAAAa9E=", "AAAAAAAAb9E="],
    ["2026-01-01T09:00:00.000Z", "2026-01-01 10:00:00.000Z"],
    ["v9", "v10"],
    ["REV-0009", "REV-10"],
  ])("%j is older than %j", (older, newer) => {
    const [a, b] = [versionText(older, dateOf), versionText(newer, dateOf)];
    expect(compareVersions(a, b)).toBeLessThan(0);
    expect(compareVersions(b, a)).toBeGreaterThan(0);
    expect(compareVersions(a, a)).toBe(0);
  });

  it.each<[string, unknown, unknown]>([
    ["days in another order", "08.12.2025", "07.01.2026"],
    ["days with the names of months", "08-DEC-25", "07-JAN-26"],
    ["numbers of several parts", "2.0.0", "1.10.0"],
    ["different prefixes", "R9", "S1"],
    ["different kinds", "2026-01-01T09:00:00.000Z", "17"],
    ["words", "draft", "final"],
    ["numbers in different spelling", "10", 10.0],
  ])("nobody can tell the newer one of %s", (_name, one, other) => {
    const [a, b] = [versionText(one, dateOf), versionText(other, dateOf)];
    expect([compareVersions(a, b), compareVersions(b, a)]).toEqual([0, 0]);
  });

  it("a number that has lost digits is unknown: it could pass for an older one", () => {
    expect(versionText(JSON.parse("9007199254740993"), dateOf)).toBe("");
    expect(versionText(9007199254740991, dateOf)).toBe("9007199254740991");
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
