import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ROOT } from "./setup/machine.mjs";
import { nodeVersionProblem } from "./setup/node-version.mjs";
import { ensurePocketBase } from "./setup/steps.mjs";
import { missingSystemPackages } from "./setup/system-packages.mjs";
import { findChromium, withoutChromium } from "./test/chromium.mjs";
import { tellFailures } from "./test/failures.mjs";
import { addTotals, countChecks, countVitest } from "./test/totals.mjs";

// npm test: everything there is to check, on a fresh clone too. The last line is the totals, alone:
// "N passed, N failed". A skipped or todo test counts as failed. Without a Chromium the browser tests are left out, and
// it says so; with REQUIRE_BROWSER=1 that is a failure.

const BIN = join(ROOT, "node_modules");
const TYPESCRIPT = join(BIN, "typescript/bin/tsc");
const CHECKS = {
  "types of src": [TYPESCRIPT, "-p", "tsconfig.json"],
  "types of the dashboard": [TYPESCRIPT, "-p", "tsconfig.dashboard.json"],
  "types of test and scripts": [TYPESCRIPT, "-p", "tsconfig.node.json"],
  "format and lint": [join(BIN, "@biomejs/biome/bin/biome"), "check", "--error-on-warnings"],
  "generated files are fresh": ["scripts/build.mjs", "--check"],
};

/** @param {string[]} args what Node runs */
function runNode(args) {
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status === 0;
}

async function prepare() {
  const problem = nodeVersionProblem() ?? missingSystemPackages();
  if (problem) throw new Error(problem);
  ensureDependencies(console.log);
  await ensurePocketBase({ say: console.log });
}

/**
 * @param {string} project of vitest.config.ts
 * @returns {{ passed: number, failed: number, told?: string[] }}
 */
function runVitest(project) {
  const folder = mkdtempSync(join(tmpdir(), "vitest-"));
  const file = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const ok = runNode([join(BIN, "vitest/vitest.mjs"), "run", "--project", project, ...reporters]);
    const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    return { ...countVitest(ok, report), told: tellFailures(report, ROOT) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A machine without a browser can still test everything else. */
async function runBrowserTests() {
  try {
    if (await findChromium()) return runVitest("browser");
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
  const { line, totals } = withoutChromium();
  console.log(line);
  return totals;
}

async function main() {
  try {
    await prepare();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
  /** @type {{ name: string, passed: number, failed: number, told?: string[] }[]} */
  const results = [];
  for (const [name, args] of Object.entries(CHECKS)) {
    console.log(`\n${name}`);
    const ok = runNode(args);
    console.log(ok ? "  passed" : "  FAILED");
    results.push({ name, ...countChecks(ok) });
  }
  for (const name of ["unit", "integration"]) {
    console.log(`\n${name} tests`);
    results.push({ name: `${name} tests`, ...runVitest(name) });
  }
  console.log("\nbrowser tests");
  results.push({ name: "browser tests", ...(await runBrowserTests()) });
  for (const { name, failed, told } of results.filter((each) => each.failed > 0)) {
    console.log(`\nFailed: ${name} (${failed})`);
    for (const line of told ?? []) console.log(`  ${line}`);
  }
  return addTotals(results);
}

const { passed, failed } = await main();
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
