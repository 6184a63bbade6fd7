import { relative } from "node:path";

/** What a failure may take of the end of the output: enough for a message with its difference, or a property's seed. */
const MESSAGE_LINES = 25;
const MESSAGE_CHARS = 2000;

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] | null }} TestOutcome
 * @typedef {{ name: string, status: string, message?: string, assertionResults: TestOutcome[] }} FileOutcome
 */

/**
 * What did not pass, for the end of the output, where it is found in a log of thousands of lines: a line with the file
 * and the test's name, below it the message, cut. Files that broke before their first test are told too.
 * @param {{ testResults: FileOutcome[] } | undefined} report vitest's JSON report
 * @param {string} root the file names are told from here
 * @returns {string[]}
 */
export function tellFailures(report, root) {
  return (report?.testResults ?? []).flatMap((file) => {
    const name = relative(root, file.name);
    const tests = file.assertionResults.filter(({ status }) => status !== "passed");
    if (tests.length === 0) return file.status === "failed" ? [name, ...cut(file.message ?? "")] : [];
    return tests.flatMap((test) => [
      `${name}: ${test.fullName} (${test.status})`,
      ...cut((test.failureMessages ?? []).join("\n")),
    ]);
  });
}

/** @param {string} message */
function cut(message) {
  const lines = message.slice(0, MESSAGE_CHARS).split("\n").slice(0, MESSAGE_LINES);
  return lines.filter((line) => line.trim()).map((line) => `    ${line}`);
}
