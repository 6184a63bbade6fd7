import { existsSync, readdirSync } from "node:fs";
import { cachedBinary, cacheFolder } from "./machine.mjs";
import { readVersion } from "./verify.mjs";
import { newestOfPinnedMinor, PINNED } from "./version.mjs";

/**
 * Step 2: a binary an earlier setup left: the pinned version, else the newest accepted one of the same minor.
 * @type {import("./steps.mjs").Step}
 */
export async function fromCache({ env }) {
  const folder = cacheFolder(env);
  const versions = existsSync(folder) ? readdirSync(folder).filter((each) => existsSync(cachedBinary(env, each))) : [];
  const version = versions.includes(PINNED) ? PINNED : newestOfPinnedMinor(versions);
  if (!version) return { skipped: `nothing in ${folder}` };
  const path = cachedBinary(env, version);
  const reported = readVersion(path);
  if (reported !== version) throw new Error(`"${path}" reports version "${reported}", expected "${version}"`);
  return { path, version };
}
