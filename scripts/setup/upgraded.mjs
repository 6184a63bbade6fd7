import { existsSync } from "node:fs";
import { installRelease } from "./from-release.mjs";
import { installWheel } from "./from-wheel.mjs";
import { cachedBinary } from "./machine.mjs";
import { readVersion } from "./verify.mjs";
import { UPGRADED } from "./version.mjs";
import { UPGRADED_WHEEL_HASHES } from "./wheel-hashes.mjs";

/**
 * The old PocketBase that the upgrade test begins with, beside the pinned one: an earlier call's, else the Python wheel,
 * else the official release. Only tests need it.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} the path of the binary
 * @throws one sentence with what was tried when it cannot be had
 */
export async function ensureUpgradedPocketBase(env = process.env) {
  const cached = cachedBinary(env, UPGRADED);
  if (existsSync(cached) && readVersion(cached) === UPGRADED) return cached;
  const tried = [];
  const steps = {
    wheel: () => installWheel(UPGRADED, UPGRADED_WHEEL_HASHES, env),
    release: () => installRelease(UPGRADED, env),
  };
  for (const [name, install] of Object.entries(steps)) {
    const result = await install().catch((error) => ({ skipped: String(error.message) }));
    if ("path" in result) return result.path;
    tried.push(`${name}: ${result.skipped}`);
  }
  throw new Error(
    `the upgrade test needs PocketBase ${UPGRADED}, which could not be installed (${tried.join("; ")}): install python3 ` +
      `with pip, open the way to github.com, or put the binary at ${cached}`,
  );
}
