import { describe, expect, it } from "vitest";
import { type Load, readStanding, standingText } from "../../../src/sync/load-state";

const load: Load = {
  ...{ scope: "s", since: "", fromDate: "2026-01-01", began: "2026-11-20 10:00:00.000Z", adopts: false },
  place: { size: 1000, pages: 3, rows: 3000, largest: 1000, next: "https://erp.example.com/x?page=4", last: "f" },
  seen: { highest: "120", first: "100", ascending: false },
};

describe("where a stream stands", () => {
  it.each([
    ["a cursor", { cursor: "2026-01-01 00:00:00.000Z", load: null }, "2026-01-01 00:00:00.000Z"],
    ["nothing", { cursor: "", load: null }, ""],
  ])("is %s as it is", (_, standing, text) => {
    expect(standingText(standing)).toBe(text);
    expect(readStanding(text)).toEqual(standing);
  });

  it.each<[string, Load]>([
    ["with a cursor field", load],
    ["without one", { ...load, seen: null }],
  ])("is JSON while a load is not through, %s", (_, open) => {
    const text = standingText({ cursor: "17", load: open });
    expect(text).toMatch(/^\{/);
    expect(readStanding(text)).toEqual({ cursor: "17", load: open });
  });

  it.each([
    "{",
    "{}",
    '{"cursor":"17"}',
    JSON.stringify({ cursor: 17, load }),
    JSON.stringify({ cursor: "17", load: { ...load, scope: 1 } }),
    JSON.stringify({ cursor: "17", load: { ...load, place: null } }),
    JSON.stringify({ cursor: "17", load: { ...load, place: { ...load.place, rows: "3000" } } }),
    JSON.stringify({ cursor: "17", load: { ...load, place: { ...load.place, next: undefined } } }),
    JSON.stringify({ cursor: "17", load: { ...load, seen: {} } }),
  ])("is no load when somebody spoiled it: %s", (text) => {
    expect(readStanding(text)).toEqual({ cursor: text, load: null });
  });
});
