import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLine, run } from "../setup/commands.mjs";

const VARIABLES = ["CHROME_PATH", "CHROMIUM_BIN"];
const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_PROGRAMS = ["Chromium", "Google Chrome"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/**
 * The browser of the browser tests: the one that CHROME_PATH or CHROMIUM_BIN names, else one of this machine, else the one
 * that "npx playwright-core install chromium" has put into its own folder. Nothing is installed.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string | undefined>} its path
 * @throws when the one that is named does not run
 */
export async function findChromium(env = process.env) {
  const variable = VARIABLES.find((name) => env[name]);
  if (variable) return named(variable, String(env[variable]));
  const installed = [...onPath(env.PATH ?? ""), ...MAC_PROGRAMS];
  return installed.find((path) => existsSync(path) && run(path, ["--version"]).ok) ?? (await fromPlaywright());
}

/**
 * What a missing browser means: the tests are left out, which is a failure only where REQUIRE_BROWSER says so (.ci/run).
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ line: string, totals: import("./totals.mjs").Totals }}
 */
export function withoutChromium(env = process.env) {
  const required = Boolean(env.REQUIRE_BROWSER);
  const word = required ? "FAILED: REQUIRE_BROWSER is set, and" : "SKIPPED:";
  return {
    line: `${word} there is no Chromium here. ${howToInstallChromium()}`,
    totals: { passed: 0, failed: required ? 1 : 0 },
  };
}

/**
 * Starts it without a window.
 * @returns {Promise<import("playwright-core").Browser>}
 * @throws when there is none
 */
export async function startChromium() {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error(`there is no Chromium here. ${howToInstallChromium()}`);
  const { chromium } = await import("playwright-core");
  // Chromium's own sandbox does not work for root, which is who runs in most containers.
  const chromiumSandbox = process.getuid?.() !== 0;
  return chromium.launch({ executablePath, chromiumSandbox, args: ["--disable-dev-shm-usage"] });
}

/** How to get one, in one sentence. */
function howToInstallChromium() {
  const install = { darwin: "brew install --cask chromium", win32: "npx playwright-core install chromium" };
  const how = install[/** @type {keyof typeof install} */ (process.platform)] ?? "apt-get install -y chromium";
  return `Install one with "${how}", or name yours in CHROME_PATH.`;
}

/**
 * @param {string} variable
 * @param {string} path
 */
function named(variable, path) {
  const { ok, errors } = run(path, ["--version"]);
  if (ok) return path;
  throw new Error(`${variable} is "${path}", expected a Chromium that runs: ${lastLine(errors)}`);
}

/** @param {string} path */
function onPath(path) {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

async function fromPlaywright() {
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}
