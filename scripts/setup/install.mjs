import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cachedBinary } from "./machine.mjs";
import { readVersion } from "./verify.mjs";

/**
 * Puts a binary into the cache: written beside its place, asked for its version, then renamed, so nobody ever sees half of it.
 * @param {Uint8Array | string} source the binary's bytes, or the path of a file to copy
 * @param {string} version what it has to report
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the path of the installed binary
 * @throws when it reports another version or does not run
 */
export function installBinary(source, version, env) {
  const target = cachedBinary(env, version);
  // The name keeps its ending: Windows runs nothing without .exe.
  const temporary = target.replace(/pocketbase(\.exe)?$/, `.incoming-${process.pid}$1`);
  mkdirSync(dirname(target), { recursive: true });
  try {
    if (typeof source === "string") copyFileSync(source, temporary);
    else writeFileSync(temporary, source);
    chmodSync(temporary, 0o755);
    const reported = readVersion(temporary);
    if (reported !== version) throw new Error(`the binary reports version "${reported}", expected "${version}"`);
    renameSync(temporary, target);
    return target;
  } finally {
    rmSync(temporary, { force: true });
  }
}
