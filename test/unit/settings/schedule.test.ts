import { describe, expect, it } from "vitest";
import { explainCron, scheduleLines, scheduleProblem } from "../../../src/settings/schedule";

const accepted = () => "";
const refused = () => "PocketBase says no";

describe("scheduleLines", () => {
  it("ignores blank lines and comments, counts lines as a person does, and joins runs of blanks", () => {
    const text = "# hourly on weekdays\n0 * * * 1-5\n\n  30\t2  * * * # at night\r\n@daily";
    expect(scheduleLines(text)).toEqual([
      { line: 2, expression: "0 * * * 1-5" },
      { line: 4, expression: "30 2 * * *" },
      { line: 5, expression: "@daily" },
    ]);
  });

  it.each(["", "\n \n", "# by hand only"])("has none in %j", (text) => {
    expect(scheduleLines(text)).toEqual([]);
  });
});

describe("explainCron", () => {
  // What PocketBase 0.40.6 accepts.
  it.each([
    "0 * * * *",
    "59 23 31 12 6",
    "0 0 1 1 0",
    "*/5 * * * *",
    "*/59 */23 */31 */12 */6",
    "0-30/10,45 * * * *",
    "5/1 * * * *",
    "1,2,3 4-6 * * *",
    "5-5 * * * *",
    "@hourly",
    "@midnight",
  ])("finds nothing wrong with %s", (expression) => {
    expect(explainCron(expression)).toBe("");
  });

  it.each([
    ["61 * * * *", "minute must be 0-59"],
    ["x * * * *", "minute must be 0-59"],
    ["1,,2 * * * *", "minute must be 0-59"],
    ["-5 * * * *", "minute must be 0-59"],
    ["1-2-3 * * * *", "minute must be 0-59"],
    ["0 24 * * *", "hour must be 0-23"],
    ["0 0 0 * *", "day must be 1-31"],
    ["0 0 32 * *", "day must be 1-31"],
    ["0 0 1 JAN *", "month must be 1-12, as a number"],
    ["0 0 1 13 *", "month must be 1-12, as a number"],
    ["0 0 * * 7", "weekday must be 0-6, as a number, Sunday is 0"],
    ["0 0 * * MON-FRI", "weekday must be 0-6, as a number, Sunday is 0"],
    ["30-10 * * * *", "the range of minute runs backwards"],
    ["*/60 * * * *", "the step of minute must be 1-59"],
    ["*/0 * * * *", "the step of minute must be 1-59"],
    ["5/5 * * * *", "the step of minute needs * or a range before it, such as */5"],
    ["*/5/5 * * * *", 'minute "*/5/5" has more than one step'],
    ["0 * * *", "it has 4 parts, expected 5: minute hour day month weekday"],
    ["0 0 * * * *", "it has 6 parts, expected 5: minute hour day month weekday"],
    ["hourly", "it has 1 part, expected 5: minute hour day month weekday"],
    ["@reboot", "the words are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"],
  ])("says of %s: %s", (expression, reason) => {
    expect(explainCron(expression)).toBe(reason);
  });
});

describe("scheduleProblem", () => {
  it("names the line, the expression and the part that is wrong", () => {
    const text = "0 * * * *\n61 * * * *";
    expect(scheduleProblem(text, (expression) => (expression.startsWith("61") ? "invalid segment value" : ""))).toBe(
      'schedule line 2: "61 * * * *" is not a cron expression (minute must be 0-59)',
    );
  });

  it("leaves the last word to PocketBase, in both directions", () => {
    expect(scheduleProblem("@every 5m", accepted)).toBe("");
    expect(scheduleProblem("0 * * * *", refused)).toBe(
      'schedule line 1: "0 * * * *" is not a cron expression (PocketBase says no)',
    );
  });

  it("accepts a blank schedule without asking", () => {
    expect(scheduleProblem("# by hand", refused)).toBe("");
  });

  it("refuses a line that stands there twice, also when it is spaced differently", () => {
    expect(scheduleProblem("0 * * * *\n0 2 * * *\n0  *  * * *", accepted)).toBe(
      'schedule line 3: "0 * * * *" repeats line 1, remove one',
    );
  });

  it("refuses a word for a line that stands there in five fields", () => {
    expect(scheduleProblem("0 0 * * *\n@daily", accepted)).toBe('schedule line 2: "@daily" repeats line 1, remove one');
    expect(scheduleProblem("@midnight\n@daily", accepted)).toBe('schedule line 2: "@daily" repeats line 1, remove one');
  });
});
