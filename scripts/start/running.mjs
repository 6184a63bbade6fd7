import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a running demo leaves in its folder for a second start (and for tests) to find.
 * @typedef {{ url: string, erp: string, pids: { start: number, pocketbase: number, erp: number } }} Running
 */

/** @param {string} folder */
const fileIn = (folder) => join(folder, "running.json");

/**
 * @param {string} folder
 * @param {Running} running
 */
export function noteRunning(folder, running) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileIn(folder), `${JSON.stringify(running, null, 2)}\n`);
}

/** @param {string} folder */
export function noteStopped(folder) {
  rmSync(fileIn(folder), { force: true });
}

/**
 * Two PocketBases on one data folder would both run its schedules.
 * @param {string} folder
 * @throws when a demo already runs on this folder
 */
export async function refuseSecondDemo(folder) {
  const other = readNote(folder);
  if (other === undefined || !isAlive(other.pids.pocketbase)) return;
  const answer = await fetch(`${other.url}/api/health`).catch(() => undefined);
  if (!answer?.ok) return;
  throw new Error(
    `the demo already runs at ${other.url} (process ${other.pids.start}): stop it first, or use that one`,
  );
}

/**
 * @param {string} folder
 * @returns {Running | undefined}
 */
function readNote(folder) {
  try {
    return JSON.parse(readFileSync(fileIn(folder), "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
