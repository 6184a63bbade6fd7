import { fromCache } from "../../../scripts/setup/from-cache.mjs";
import { fromEnv } from "../../../scripts/setup/from-env.mjs";

/** The PocketBase that `npm run setup` installed, or the one POCKETBASE_BIN names. Tests never install one. */
export async function findBinary(): Promise<string> {
  const options = { env: process.env, say: () => {} };
  for (const step of [fromEnv, fromCache]) {
    const found = await step(options);
    if ("path" in found) return found.path;
  }
  throw new Error("the tests need PocketBase: run npm run setup, or set POCKETBASE_BIN to a binary");
}
