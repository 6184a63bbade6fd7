import { expect, test } from "vitest";
import { tellFailures } from "../../../scripts/test/failures.mjs";

const passed = { fullName: "holds", status: "passed", failureMessages: [] };
const told = (...testResults: { name: string; status: string; message?: string; assertionResults: object[] }[]) =>
  tellFailures({ testResults } as Parameters<typeof tellFailures>[0], "/repo");

test("tells a failed test with its file, its name and its message", () => {
  const failed = {
    fullName: "keys > come once",
    status: "failed",
    failureMessages: ["expected 1 to be 2\n\n at a.ts:3\n at run (/repo/node_modules/b.js)"],
  };
  expect(told({ name: "/repo/test/a.test.ts", status: "failed", assertionResults: [passed, failed] })).toEqual([
    "test/a.test.ts: keys > come once (failed)",
    "    expected 1 to be 2",
    "     at a.ts:3",
  ]);
});

test("tells what was skipped, and a file that broke before its first test", () => {
  const skipped = { fullName: "later", status: "skipped", failureMessages: null };
  expect(
    told(
      { name: "/repo/a.test.ts", status: "passed", assertionResults: [skipped] },
      { name: "/repo/b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ),
  ).toEqual(["a.test.ts: later (skipped)", "b.test.ts", "    no such module"]);
});

test("cuts a long message", () => {
  const failed = { fullName: "x", status: "failed", failureMessages: [Array(100).fill("line").join("\n")] };
  expect(told({ name: "/repo/a.test.ts", status: "failed", assertionResults: [failed] })).toHaveLength(26);
});

test("tells nothing when all passed or there is no report", () => {
  expect(told({ name: "/repo/a.test.ts", status: "passed", assertionResults: [passed] })).toEqual([]);
  expect(tellFailures(undefined, "/repo")).toEqual([]);
});
