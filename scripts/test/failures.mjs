import { relative } from "node:path";

/** What a failure may take of the end of the output: enough for a message with its difference, or a property's seed. */
const MESSAGE_LINES = 25;
const LINE_CHARS = 2000;
/** A place in the stack that is not ours. */
const OTHERS_CODE = /^\s+at (.*node_modules|new Promise )/;

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
  const lines = message.split("\n").filter((line) => line.trim() && !OTHERS_CODE.test(line));
  return lines.slice(0, MESSAGE_LINES).map((line) => `    ${line.slice(0, LINE_CHARS)}`);
}
