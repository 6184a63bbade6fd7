import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./machine.mjs";

/**
 * Runs `npm ci` when node_modules is missing or is not what package-lock.json says, so that a fresh clone needs no step of
 * its own.
 * @param {(line: string) => void} [say]
 * @throws when npm fails
 */
export function ensureDependencies(say = console.error) {
  if (dependenciesAreCurrent(ROOT)) return;
  say("installing the npm packages of package-lock.json (npm ci)");
  const { command, args, shell } = npm(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
  const result = spawnSync(command, args, { cwd: ROOT, shell, stdio: ["ignore", 2, "pipe"], encoding: "utf8" });
  if (result.error) throw new Error(`npm could not be started (${result.error.message}): it comes with Node`);
  if (result.status !== 0) throw new Error(npmProblem(result.stderr, result.status ?? result.signal));
}

/**
 * What went wrong in `npm ci`. Without a network npm shows a stack, and one sentence is enough.
 * @param {string} said npm's own words
 * @param {number | string | null} how its exit code, or the signal that ended it
 */
export function npmProblem(said, how) {
  const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.exec(said)?.[0];
  if (code === undefined) return `${said.trim()}\n"npm ci" failed (${how}), see above`.trim();
  const reason = /request to \S+ failed, reason: .*/.exec(said)?.[0].trim() ?? code;
  return `the npm packages could not be loaded (${reason}): check the network, or HTTPS_PROXY where a proxy is in between`;
}

/**
 * npm leaves a list of what it installed in node_modules; what a machine of another kind would need may be absent.
 * @param {string} root
 */
export function dependenciesAreCurrent(root) {
  const installed = packagesOf(join(root, "node_modules/.package-lock.json"));
  const wanted = packagesOf(join(root, "package-lock.json"));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

/** @param {string[]} args */
function npm(args) {
  // Set by "npm run": the same npm, and no npm.cmd on Windows, which needs a shell.
  const script = process.env.npm_execpath;
  if (script?.endsWith("npm-cli.js")) return { command: process.execPath, args: [script, ...args], shell: false };
  return { command: "npm", args, shell: process.platform === "win32" };
}
