import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** The binary's file name here. */
export const BINARY = process.platform === "win32" ? "pocketbase.exe" : "pocketbase";

/**
 * The folder that holds one folder per installed version: `POCKETBASE_DIR`, else `.pocketbase` in the repository.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  return resolve(ROOT, env.POCKETBASE_DIR || ".pocketbase");
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} version
 */
export function cachedBinary(env, version) {
  return join(cacheFolder(env), version, BINARY);
}
