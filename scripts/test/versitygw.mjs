import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastLine, run } from "../setup/commands.mjs";
import { cacheFolder } from "../setup/machine.mjs";

const MODULE = "github.com/versity/versitygw";
const VERSION = "v1.8.0";
const HOW =
  "the tests of the archive need an S3 server that somebody else wrote; it is built with Go 1.21 or later " +
  "(https://go.dev/dl, or your system's package, such as golang-go), which fetches the newer Go that it asks for by itself";

/**
 * The path of versitygw, an S3 server of its own; built with Go the first time, which takes a minute or two.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 * @throws when it is not there and cannot be built; the message says what to install
 */
export function ensureVersitygw(env = process.env) {
  const folder = join(cacheFolder(env), `versitygw-${VERSION}`);
  const name = process.platform === "win32" ? "versitygw.exe" : "versitygw";
  const path = join(folder, name);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  // Built aside and renamed, so that nobody ever runs half of it.
  const draft = mkdtempSync(join(folder, "draft-"));
  try {
    const options = { cwd: draft, env: { ...env, GOBIN: draft, CGO_ENABLED: "0", GOTOOLCHAIN: "auto" } };
    const flags = ["-trimpath", "-ldflags", "-s -w"];
    const built = run("go", ["install", ...flags, `${MODULE}/cmd/versitygw@${VERSION}`], options);
    if (built.missing) throw new Error(HOW);
    if (!built.ok) throw new Error(`go could not build ${MODULE} ${VERSION}: ${lastLine(built.errors)}\n${HOW}`);
    renameSync(join(draft, name), path);
    return path;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
