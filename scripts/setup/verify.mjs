import { dirname, join } from "node:path";
import { lastLine, run } from "./commands.mjs";

/**
 * Asks a binary for its version, such as "0.40.6".
 *
 * The hooks folder is one that does not exist: hooks load for every command, even this one.
 * @param {string} binary
 * @throws when it does not run or is not PocketBase
 */
export function readVersion(binary) {
  const hooks = join(dirname(binary), "no-hooks");
  const result = run(binary, ["--version", "--dev=false", `--hooksDir=${hooks}`], { timeout: 30_000 });
  if (!result.ok) throw new Error(`"${binary} --version" failed: ${lastLine(result.errors)}`);
  // It calls itself by its file name: "pocketbase version 0.40.6".
  const found = /^\S+ version v?(\d\S*)$/m.exec(result.output);
  if (!found?.[1]) throw new Error(`"${binary} --version" printed "${result.output}", expected "pocketbase version …"`);
  return found[1];
}
