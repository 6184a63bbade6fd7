import { describe, expect, it } from "vitest";
import type { Options } from "../../../src/settings/options";
import { cursorForm, HighestCursor, type SeenValues } from "../../../src/sources/cursor";

type Incremental = Options["source"]["incremental"];

/** Dubai is four hours ahead; Berlin's clock went back from 03:00 to 02:00 on 2025-10-26 at 01:00 UTC. */
const zonedToUtc = (...[y, mo, d, h, mi, s, ms, zone]: [...number[], string] & Parameters<ZonedToUtc>): number => {
  const wall = Date.UTC(y, mo - 1, d, h, mi, s, ms);
  if (zone === "Asia/Dubai") return wall - 4 * 3_600_000;
  if (zone !== "Europe/Berlin") return wall;
  return wall - (wall < Date.UTC(2025, 9, 26, 3) ? 2 : 1) * 3_600_000;
};
type ZonedToUtc = import("../../../src/mapping/model").ZonedToUtc;

const form = (changes: Partial<Incremental> = {}, timezone = "UTC") =>
  cursorForm(
    { param: "since", cursor_field: "AT", format: "iso", lookback_minutes: 0, full_every_hours: 24, ...changes },
    timezone,
    zonedToUtc,
  );
const MOMENT = Date.UTC(2026, 0, 2, 1, 30, 15, 250);

describe("what is sent", () => {
  it.each<[Incremental["format"], string, string]>([
    ["iso", "Asia/Dubai", "2026-01-02T01:30:15.250Z"],
    ["datetime", "UTC", "2026-01-02T01:30:15"],
    ["datetime", "Asia/Dubai", "2026-01-02T05:30:15"],
    ["date", "UTC", "2026-01-02"],
    ["epoch_ms", "UTC", String(MOMENT)],
    ["epoch_s", "UTC", String(Math.floor(MOMENT / 1000))],
  ])("is %s in %s as %s", (format, timezone, text) => {
    expect(form({ format }, timezone).send(MOMENT)).toBe(text);
  });

  it("is so many minutes earlier, also across midnight", () => {
    expect(form({ format: "date", lookback_minutes: 91 }).send(MOMENT)).toBe("2026-01-01");
    expect(form({ format: "number", lookback_minutes: 91 }).send(17)).toBe("17");
  });

  it("is never later than the moment where a clock is set back", () => {
    const berlin = form({ format: "datetime" }, "Europe/Berlin");
    for (let minute = -180; minute <= 180; minute += 15) {
      const ms = Date.UTC(2025, 9, 26, 1) + minute * 60_000;
      const wall = Date.parse(`${berlin.send(ms)}Z`);
      const date = new Date(wall);
      const utc = zonedToUtc(
        2025,
        10,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        0,
        0,
        "Europe/Berlin",
      );
      expect(utc).toBeLessThanOrEqual(ms);
      expect(ms - utc).toBeLessThanOrEqual(3_600_000);
    }
  });
});

describe("what is read", () => {
  it.each<[Partial<Incremental>, unknown, number | null]>([
    [{}, "2026-01-02T01:30:15.25", MOMENT],
    [{}, "2026-01-02T05:30:15.25+04:00", MOMENT],
    [{}, `/Date(${MOMENT})/`, MOMENT],
    [{}, "", null],
    [{}, null, null],
    [{}, "soon", null],
    [{}, "0001-01-01", null],
    [{}, MOMENT, null],
    [{}, {}, null],
    [{ format: "epoch_ms" }, MOMENT, MOMENT],
    [{ format: "epoch_ms" }, ` ${MOMENT} `, MOMENT],
    [{ format: "epoch_ms" }, "2026-01-02T01:30:15.25", MOMENT],
    [{ format: "epoch_ms" }, -62_135_596_800_000, -62_135_596_800_000],
    [{ format: "epoch_ms" }, -62_135_596_800_001, null],
    [{ format: "epoch_ms" }, 253_402_300_800_000, null],
    [{ format: "epoch_ms" }, Number.NaN, null],
    [{ format: "epoch_s" }, 5, 5000],
    [{ format: "epoch_s" }, "5", 5000],
    [{ format: "epoch_s" }, -1e15, null],
    [{}, "20260102", null],
    [{ format: "number" }, 17, 17],
    [{ format: "number" }, " 17 ", 17],
    [{ format: "number" }, 2 ** 53, null],
    [{ format: "number" }, "0x11", null],
  ])("with %j, %j is %j", (changes, value, expected) => {
    expect(form(changes).read({ AT: value })).toBe(expected);
  });

  it("is understood again when it was stored", () => {
    expect(form().restore(form().store(MOMENT))).toBe(MOMENT);
    expect(form({ format: "number" }).restore("17")).toBe(17);
    for (const text of ["", "soon", "2026", "17"]) expect(form().restore(text)).toBeNull();
    expect(form({ format: "number" }).restore("2026-01-02 01:30:15.250Z")).toBeNull();
  });
});

describe("the highest of some rows", () => {
  const highest = (values: unknown[], before = "") => {
    const found = new HighestCursor(form(), MOMENT);
    for (const AT of values) found.see({ AT });
    return found.after(before);
  };

  it("passes over what is missing, unreadable or in the future", () => {
    const values = ["2026-01-01T00:00:00", null, undefined, "soon", "2026-01-02T01:30:16", "2999-01-01", "2025-01-01"];
    expect(highest(values)).toBe("2026-01-01 00:00:00.000Z");
  });

  it("is none where all values are beyond all calendars", () => {
    const found = new HighestCursor(form({ format: "epoch_ms" }), MOMENT);
    found.see({ AT: -1e18 });
    expect(found.seen().highest).toBe("");
    expect(found.after("")).toBe("");
  });

  it("never goes back, and does not keep a cursor that nobody can read", () => {
    expect(highest(["2025-01-01"], "2026-01-01 00:00:00.000Z")).toBe("2026-01-01 00:00:00.000Z");
    expect(highest([], "2026-01-01 00:00:00.000Z")).toBe("2026-01-01 00:00:00.000Z");
    expect(highest([], "soon")).toBe("");
    expect(highest([], "2999-01-01 00:00:00.000Z")).toBe("");
    expect(highest(["2025-01-01"], "2999-01-01 00:00:00.000Z")).toBe("2025-01-01 00:00:00.000Z");
    expect(highest(["2025-01-01"], "soon")).toBe("2025-01-01 00:00:00.000Z");
  });
});

describe("the cursor after a load over several runs", () => {
  const BEFORE = "2025-01-01 00:00:00.000Z";
  const BEGAN = Date.UTC(2026, 0, 1);
  /** Runs with these values each, the first one after one page; answers what is stored in the end. */
  const load = (runs: unknown[][], format: "iso" | "number" = "iso"): string => {
    let seen: SeenValues | undefined;
    let stored = "";
    for (const values of runs) {
      const notAfter = format === "number" ? Number.MAX_SAFE_INTEGER : MOMENT;
      const highest = new HighestCursor(form({ format }), notAfter, seen);
      for (const AT of values) highest.see({ AT });
      if (seen === undefined) highest.endFirstPage();
      seen = JSON.parse(JSON.stringify(highest.seen())) as SeenValues;
      stored = highest.afterLoad(format === "number" ? "" : BEFORE, format === "number" ? null : BEGAN);
    }
    return stored;
  };

  it.each<[string, unknown[][], "iso" | "number", string]>([
    ["is no later than its beginning", [["2026-01-01T12:00:00"], ["2025-12-01"]], "iso", "2026-01-01 00:00:00.000Z"],
    ["is the highest one where all are earlier", [["2025-12-05"], ["2025-12-01"]], "iso", "2025-12-05 00:00:00.000Z"],
    [
      "is the highest one where each is later",
      [["2025-12-01"], ["2026-01-01T12:00:00"]],
      "iso",
      "2026-01-01 12:00:00.000Z",
    ],
    ["never goes back", [["2024-12-05"], ["2024-12-01"]], "iso", BEFORE],
    ["does not move without values", [[null], []], "iso", BEFORE],
    [
      "is the highest of the first page",
      [
        [5, 90, 3],
        [100, 7],
      ],
      "number",
      "90",
    ],
    [
      "is the highest of all in their order",
      [
        [5, 6, 6],
        [90, 100],
      ],
      "number",
      "100",
    ],
    ["is found where the first page has none", [[null], [3, 2]], "number", "3"],
  ])("%s", (_, runs, format, expected) => {
    expect(load(runs, format)).toBe(expected);
  });
});
