import { readVersion } from "./verify.mjs";
import { isAccepted, LOWEST } from "./version.mjs";

/**
 * Step 1: the binary that `POCKETBASE_BIN` names. It is used where it is, not copied.
 * @type {import("./steps.mjs").Step}
 */
export async function fromEnv({ env }) {
  const path = env.POCKETBASE_BIN;
  if (!path) return { skipped: "POCKETBASE_BIN is not set" };
  const version = readVersion(path);
  if (!isAccepted(version)) {
    throw new Error(`POCKETBASE_BIN is "${path}" with version ${version}, expected ${LOWEST} or later`);
  }
  return { path, version };
}
