import { spawnSync } from "node:child_process";

/**
 * Runs a command to its end and returns what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 * @returns {{ ok: boolean, missing: boolean, output: string, errors: string }} missing: there is no such command
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", windowsHide: true, ...options });
  return {
    ok: result.status === 0,
    missing: result.error !== undefined && "code" in result.error && result.error.code === "ENOENT",
    output: String(result.stdout ?? "").trim(),
    errors: String(result.stderr ?? "").trim() || result.error?.message || "",
  };
}

/**
 * The last line of a command's error output that says something, cut to 300 characters.
 * @param {string} text
 */
export function lastLine(text) {
  const line = text.split("\n").findLast((each) => each.trim() !== "") ?? "no message";
  return line.trim().slice(0, 300);
}
