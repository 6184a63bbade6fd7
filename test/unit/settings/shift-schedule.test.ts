import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCron } from "../../../src/settings/cron";
import { shiftCron } from "../../../src/settings/shift-schedule";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const DUBAI = 240;
const KOLKATA = 330;
const NEPAL = 345;
const NEW_YORK = -300;

describe("shiftCron", () => {
  it.each<[string, number, string[]]>([
    ["0 6,14,22 * * *", DUBAI, ["0 2,10,18 * * *"]],
    ["0 6,14,22 * * *", 0, ["0 6,14,22 * * *"]],
    ["0 6,14,22 * * *", KOLKATA, ["30 0,8,16 * * *"]],
    ["15 6,14,22 * * *", KOLKATA, ["45 0,8,16 * * *"]],
    ["0,30 6 * * *", KOLKATA, ["30 0 * * *", "0 1 * * *"]],
    ["0 0 * * *", NEPAL, ["15 18 * * *"]],
    ["* * * * *", NEPAL, ["* * * * *"]],
    ["*/15 * * * *", KOLKATA, ["*/15 * * * *"]],
    ["0 */2 * * *", DUBAI, ["0 */2 * * *"]],
    ["0 */6 * * *", DUBAI, ["0 2,8,14,20 * * *"]],
    ["0 8-17 * * 1-5", DUBAI, ["0 4-13 * * 1-5"]],
    ["0 2 * * 1-5", DUBAI, ["0 22 * * 0-4"]],
    ["0 2 * * 0", DUBAI, ["0 22 * * 6"]],
    ["0 2,14 * * 1", DUBAI, ["0 22 * * 0", "0 10 * * 1"]],
    ["0 22 * * 6", NEW_YORK, ["0 3 * * 0"]],
    ["0 6 * * *", DUBAI, ["0 2 * * *"]],
    ["0 12 1 * *", DUBAI, ["0 8 1 * *"]],
    ["0 12 31 * *", DUBAI, ["0 8 31 * *"]],
    ["0 2 15 * *", DUBAI, ["0 22 14 * *"]],
    ["0 2 31 * *", DUBAI, ["0 22 30 1,3,5,7,8,10,12 *"]],
    ["0 2 1 1 *", DUBAI, ["0 22 31 12 *"]],
    ["0 22 31 12 *", NEW_YORK, ["0 3 1 1 *"]],
    ["0 2 * 6 *", DUBAI, ["0 22 31 5 *", "0 22 1-29 6 *"]],
    ["0 2 2-8 * 1", DUBAI, ["0 22 1-7 * 0"]],
    ["@daily", DUBAI, ["0 20 * * *"]],
    ["@hourly", KOLKATA, ["30 * * * *"]],
    ["@weekly", DUBAI, ["0 20 * * 6"]],
  ])("of %s, %i minutes ahead of UTC, is %j", (local, offset, expected) => {
    expect(shiftCron(local, offset)).toEqual(expected);
  });

  it.each([
    ["0 2 1 * *", DUBAI],
    ["@monthly", DUBAI],
    ["0 2 1 3 *", DUBAI],
    ["0 2 29 2 *", DUBAI],
    ["0 22 28 2 *", NEW_YORK],
  ])("refuses %s, %i minutes ahead of UTC: which date that is depends on the year", (local, offset) => {
    expect(() => shiftCron(local, offset)).toThrow(
      `"${local}" cannot be written in UTC: there it comes due on 28 or 29 February, depending on the year`,
    );
  });

  it("takes days at the end of February where it does not matter which year it is", () => {
    expect(shiftCron("0 22 28,29 2 *", NEW_YORK)).toEqual(expect.arrayContaining([expect.stringMatching(/^0 3 /)]));
  });

  it("refuses a day that none of its months has", () => {
    expect(() => shiftCron("0 6 30 2 *", DUBAI)).toThrow('"0 6 30 2 *" never comes due');
  });

  it("refuses what is no cron expression", () => {
    expect(() => shiftCron("61 * * * *", DUBAI)).toThrow('"61 * * * *" is not a cron expression');
  });

  it("comes due in UTC at the same instants, each of them once", () => {
    fc.assert(
      fc.property(localCron, fc.integer({ min: -12 * 4, max: 14 * 4 }), start, (local, quarters, from) => {
        const offset = quarters * 15;
        let shifted: string[];
        try {
          shifted = shiftCron(local, offset);
        } catch (error) {
          expect(String(error)).toMatch(/28 or 29 February|never comes due/);
          return;
        }
        const utc = shifted.flatMap((line) => instants(line, from, 14));
        const expected = instants(local, from, 14, offset);
        expect(utc.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
      }),
      { numRuns: 150 },
    );
  });
});

/** The minutes at which a schedule comes due within some days, on a clock that is ahead of UTC. */
function instants(expression: string, from: number, days: number, offset = 0): number[] {
  const cron = readCron(expression);
  if (!cron) throw new Error(`not a cron expression: ${expression}`);
  const end = from + days * DAY_MS;
  const found: number[] = [];
  for (let day = from - DAY_MS; day <= end; day += DAY_MS) {
    const at = new Date(day);
    const isDay = cron.days.includes(at.getUTCDate()) && cron.weekdays.includes(at.getUTCDay());
    if (!isDay || !cron.months.includes(at.getUTCMonth() + 1)) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) found.push(day + (hour * 60 + minute - offset) * MINUTE_MS);
    }
  }
  return found.filter((at) => at >= from && at < end);
}

const field = (min: number, max: number) =>
  fc.oneof(
    fc.constant("*"),
    fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 }).map((values) => values.join(",")),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc.integer({ min: 1, max }).map((step) => `*/${step}`),
  );
const localCron = fc
  .tuple(
    field(0, 59),
    field(0, 23),
    fc.oneof(fc.constant("*"), field(1, 31)),
    fc.oneof(fc.constant("*"), field(1, 12)),
    field(0, 6),
  )
  .map((fields) => fields.join(" "));
/** Any day, also around the end of a February, of a leap year or not. */
const start = fc.oneof(
  fc.constantFrom("2027-02-20", "2028-02-20", "2027-12-25").map((day) => Date.parse(day)),
  fc.integer({ min: 0, max: 4000 }).map((day) => Date.parse("2026-01-01") + day * DAY_MS),
);
