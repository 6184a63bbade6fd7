import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLine, run } from "./commands.mjs";
import { installBinary } from "./install.mjs";
import { newestOfPinnedMinor, PINNED } from "./version.mjs";

const MODULE = "github.com/pocketbase/pocketbase";

/**
 * Step 5: builds the official module's `examples/base`, which is what the release is built from, with its version set.
 * Where the module proxy does not serve the pinned version, the newest accepted patch of the same minor is built.
 * @type {import("./steps.mjs").Step}
 */
export async function fromGo({ env, say }) {
  const folder = mkdtempSync(join(tmpdir(), "pocketbase-go-"));
  try {
    // GOTOOLCHAIN=auto: PocketBase asks for a newer Go than many machines have, and Go can fetch that by itself.
    const options = { cwd: folder, env: { ...env, GOBIN: folder, CGO_ENABLED: "0", GOTOOLCHAIN: "auto" } };
    if (!run("go", ["version"], options).ok) return { skipped: "there is no go command" };
    const version = servedVersion(options);
    if (version !== PINNED) say(`go: version ${PINNED} is not served, taking ${version}`);
    say(`go: building PocketBase ${version}; this takes a minute or more`);
    const flags = ["-trimpath", "-ldflags", `-s -w -X ${MODULE}.Version=${version}`];
    const result = run("go", ["install", ...flags, `${MODULE}/examples/base@v${version}`], options);
    if (!result.ok) throw new Error(`go could not build ${MODULE} v${version}: ${lastLine(result.errors)}`);
    const built = join(folder, process.platform === "win32" ? "base.exe" : "base");
    return { path: installBinary(built, version, env), version };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {import("node:child_process").SpawnSyncOptions} options */
function servedVersion(options) {
  const result = run("go", ["list", "-m", "-versions", MODULE], { ...options, timeout: 120_000 });
  if (!result.ok) throw new Error(`go could not list the versions of ${MODULE}: ${lastLine(result.errors)}`);
  const versions = result.output.split(/\s+/).map((word) => word.replace(/^v/, ""));
  const version = versions.includes(PINNED) ? PINNED : newestOfPinnedMinor(versions);
  if (!version) throw new Error(`the Go module proxy serves neither ${MODULE} v${PINNED} nor an accepted patch of it`);
  return version;
}
