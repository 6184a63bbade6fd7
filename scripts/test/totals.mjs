/** @typedef {{ passed: number, failed: number }} Totals */

/**
 * A check that passes or fails as a whole is one test.
 * @param {boolean} ok
 * @returns {Totals}
 */
export function countChecks(ok) {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Counts the tests of vitest's JSON report. Whatever did not pass failed: skipped, todo, and a file that broke before its
 * first test. When vitest itself failed without a failed test (an error outside of any), that is one more.
 * @param {boolean} ok vitest's exit code was 0
 * @param {{ numTotalTests: number, numPassedTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | undefined} report
 * @returns {Totals}
 */
export function countVitest(ok, report) {
  if (!report) return { passed: 0, failed: 1 };
  const passed = report.numPassedTests;
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = report.numTotalTests - passed + broken.length;
  return { passed, failed: !ok && failed === 0 ? 1 : failed };
}

/**
 * @param {Totals[]} totals
 * @returns {Totals}
 */
export function addTotals(totals) {
  const sum = { passed: 0, failed: 0 };
  for (const { passed, failed } of totals) {
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}
