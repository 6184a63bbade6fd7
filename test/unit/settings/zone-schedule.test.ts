import { describe, expect, it } from "vitest";
import { zoneSchedule } from "../../../src/settings/zone-schedule";
import { intlOffsetAt } from "../mapping/intl-zones";

const NOW = Date.parse("2026-11-22T08:00:30.500Z");
const convert = (schedule: string, zone: string) => zoneSchedule(schedule, zone, NOW, intlOffsetAt);

describe("zoneSchedule", () => {
  it("converts the shifts of a zone without clock changes", () => {
    expect(convert("0 6,14,22 * * *", "Asia/Dubai")).toEqual({
      zone: "Asia/Dubai",
      offset: "+04:00",
      lines: ["0 2,10,18 * * *"],
      changes: [],
    });
  });

  it.each([
    ["Asia/Kolkata", "+05:30", ["30 0,8,16 * * *"]],
    ["America/Phoenix", "-07:00", ["0 5,13,21 * * *"]],
    ["UTC", "+00:00", ["0 6,14,22 * * *"]],
  ])("knows that %s is %s all year", (zone, offset, lines) => {
    expect(convert("0 6,14,22 * * *", zone)).toEqual({ zone, offset, lines, changes: [] });
  });

  it("tells both forms and the minute of the change where the clock changes", () => {
    expect(convert("0 6,14,22 * * *", "Europe/Berlin")).toEqual({
      zone: "Europe/Berlin",
      offset: "+01:00",
      lines: ["0 5,13,21 * * *"],
      changes: [
        { at: "2027-03-28T01:00:00.000Z", offset: "+02:00", lines: ["0 4,12,20 * * *"] },
        { at: "2027-10-31T01:00:00.000Z", offset: "+01:00", lines: ["0 5,13,21 * * *"] },
      ],
    });
  });

  it("tells the half hour by which Lord Howe moves its clock", () => {
    const { offset, changes } = convert("0 6 * * *", "Australia/Lord_Howe");
    expect([offset, ...changes.map((change) => change.offset)]).toEqual(["+11:00", "+10:30", "+11:00"]);
    expect(changes.map((change) => change.lines)).toEqual([["30 19 * * *"], ["0 19 * * *"]]);
  });

  it("converts each line of a schedule, without its comments", () => {
    const { lines } = convert("# shifts\n0 6,14,22 * * *  # start\n\n@daily", "Asia/Dubai");
    expect(lines).toEqual(["0 2,10,18 * * *", "0 20 * * *"]);
  });

  it("says a line once, if two become the same", () => {
    expect(convert("0 6 * * *\n0 6 * * 0-6", "Asia/Dubai").lines).toEqual(["0 2 * * *"]);
  });

  it.each([
    ["", "the schedule is blank"],
    ["# none", "the schedule is blank"],
    ["0 6 * * *\n61 * * * *", 'schedule line 2: "61 * * * *" is not a cron expression (minute must be 0-59)'],
    ["0 2 1 * *", '"0 2 1 * *" cannot be written in UTC'],
  ])("refuses %j: %s", (schedule, sentence) => {
    expect(() => convert(schedule, "Asia/Dubai")).toThrow(sentence);
  });
});
