import { createHash } from "node:crypto";
import { installBinary } from "./install.mjs";
import { BINARY } from "./machine.mjs";
import { PINNED } from "./version.mjs";
import { readZipEntry } from "./zip.mjs";

const RELEASES = "https://github.com/pocketbase/pocketbase/releases/download";
const SYSTEMS = { linux: "linux", darwin: "darwin", win32: "windows" };
const PROCESSORS = { x64: "amd64", arm64: "arm64" };

/** The server has to begin its answer within this time, or the step gives up: a closed network must not hang setup. */
const ANSWER_MS = 10_000;
/** The whole file has to be here within this time. */
const DOWNLOAD_MS = 300_000;

/**
 * The release's file name for a machine, or undefined when PocketBase publishes none.
 * @param {string} platform as process.platform
 * @param {string} arch as process.arch
 * @param {string} [version]
 */
export function releaseFile(platform, arch, version = PINNED) {
  const system = SYSTEMS[/** @type {keyof typeof SYSTEMS} */ (platform)];
  const processor = PROCESSORS[/** @type {keyof typeof PROCESSORS} */ (arch)];
  return system && processor ? `pocketbase_${version}_${system}_${processor}.zip` : undefined;
}

/**
 * Step 3: the official release archive, checked against the release's checksums.txt. `POCKETBASE_RELEASE_BASE` names
 * another server with the same folders (a mirror).
 * @type {import("./steps.mjs").Step}
 */
export async function fromRelease({ env }) {
  return installRelease(PINNED, env);
}

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./steps.mjs").Found | { skipped: string }>}
 */
export async function installRelease(version, env) {
  const file = releaseFile(process.platform, process.arch, version);
  if (!file) return { skipped: `there is no release for ${process.platform} ${process.arch}` };
  const folder = `${(env.POCKETBASE_RELEASE_BASE || RELEASES).replace(/\/$/, "")}/v${version}`;
  const checksums = (await download(`${folder}/checksums.txt`)).toString("utf8");
  const expected = findChecksum(checksums, file);
  if (!expected) throw new Error(`checksums.txt has no sha256 for ${file}: the file is refused`);
  const archive = await download(`${folder}/${file}`);
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== expected) {
    throw new Error(`${file} has sha256 ${actual}, but checksums.txt says ${expected}: the file is refused`);
  }
  return {
    path: installBinary(
      readZipEntry(archive, (name) => name === BINARY),
      version,
      env,
    ),
    version,
  };
}

/**
 * The sha256 of a file in the text of checksums.txt ("<64 hex digits>  <name>" per line), or undefined.
 * @param {string} checksums
 * @param {string} file
 */
export function findChecksum(checksums, file) {
  for (const line of checksums.split("\n")) {
    const [hash = "", name] = line.trim().split(/\s+\*?/);
    if (name === file && /^[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase();
  }
  return undefined;
}

/** @param {string} url */
async function download(url) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error(`not complete within ${DOWNLOAD_MS / 1000} s`)), DOWNLOAD_MS);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`could not load ${url}: ${reason(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * fetch hides the reason ("fetch failed") in the error's cause.
 * @param {unknown} error
 */
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
