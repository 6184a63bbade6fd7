import { expect, test } from "vitest";
import { addTotals, countVitest } from "../../../scripts/test/totals.mjs";

const file = (status: string, tests: number) => ({ status, assertionResults: Array(tests).fill({}) });
const report = (total: number, passed: number, ...testResults: ReturnType<typeof file>[]) => ({
  numTotalTests: total,
  numPassedTests: passed,
  testResults,
});

test.each<[what: string, ok: boolean, Parameters<typeof countVitest>[1], passed: number, failed: number]>([
  ["all passed", true, report(3, 3, file("passed", 3)), 3, 0],
  ["one failed, one was skipped and one is todo", false, report(5, 2, file("failed", 5)), 2, 3],
  ["tests were skipped and vitest is content", true, report(3, 2, file("passed", 3)), 2, 1],
  ["a file broke before its first test", false, report(3, 3, file("passed", 3), file("failed", 0)), 3, 1],
  ["an error came from outside of any test", false, report(3, 3, file("passed", 3)), 3, 1],
  ["there is no report", false, undefined, 0, 1],
  ["there is no report although vitest is content", true, undefined, 0, 1],
])("counts when %s", (_, ok, given, passed, failed) => {
  expect(countVitest(ok, given)).toEqual({ passed, failed });
});

test("adds up", () => {
  expect(
    addTotals([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
