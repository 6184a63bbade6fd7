import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./machine.mjs";

/**
 * Checks the running Node against package.json's engines ("^20.19.0 || >=22.12.0").
 * @param {string} [running] such as "20.19.0"
 * @returns {string | undefined} what is wrong, in one sentence
 */
export function nodeVersionProblem(running = process.versions.node) {
  const range = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).engines.node;
  if (satisfies(running, range)) return undefined;
  return `This is Node ${running}, expected ${range}: install Node 22 or later ("nvm install 22").`;
}

/**
 * Understands what engines needs: alternatives of ^a.b.c and >=a.b.c.
 * @param {string} version
 * @param {string} range
 */
function satisfies(version, range) {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return range.split("||").some((/** @type {string} */ alternative) => {
    const found = /^\s*(\^|>=)(\d+)\.(\d+)\.(\d+)\s*$/.exec(alternative);
    if (!found) throw new Error(`package.json engines has "${alternative}", expected ^a.b.c or >=a.b.c`);
    const [a = 0, b = 0, c = 0] = found.slice(2).map(Number);
    if (found[1] === "^" && major !== a) return false;
    return major > a || (major === a && (minor > b || (minor === b && patch >= c)));
  });
}
