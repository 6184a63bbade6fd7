import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ROOT } from "./machine.mjs";

/**
 * The environment with what `.env` adds. A variable that is set already wins.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [file]
 * @returns {NodeJS.ProcessEnv}
 */
export function withEnvironmentFile(env = process.env, file = join(ROOT, ".env")) {
  return existsSync(file) ? { ...parseEnv(readFileSync(file, "utf8")), ...env } : env;
}
