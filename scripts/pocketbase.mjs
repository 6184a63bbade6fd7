import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { withEnvironmentFile } from "./setup/environment-file.mjs";
import { ROOT } from "./setup/machine.mjs";
import { whenNpmEnds } from "./setup/npm-parent.mjs";
import { ensurePocketBase } from "./setup/steps.mjs";

// npm run --silent pocketbase -- <args>: PocketBase with the hooks and migrations of this repository. stdout is
// PocketBase's alone, so that --json output can be piped.

/** @param {string[]} args */
async function runPocketBase(args) {
  const env = withEnvironmentFile();
  /** @type {string[]} */
  const said = [];
  const { path, step } = await ensurePocketBase({ env, say: (line) => said.push(line) }).catch((error) => {
    throw new Error([...said, error.message].join("\n"));
  });
  if (step !== "cache" && step !== "POCKETBASE_BIN") console.error(said.at(-1));
  const ours = [
    `--dir=${resolve(ROOT, env.PB_DATA || "pb_data")}`,
    `--hooksDir=${join(ROOT, "pb_hooks")}`,
    `--migrationsDir=${join(ROOT, "pb_migrations")}`,
    // The watcher would replace the process in the middle of a run.
    "--hooksWatch=false",
    "--automigrate=false",
    "--dev=false",
  ];
  // A flag of the caller comes later and wins.
  const child = spawn(path, [...ours, ...args], { stdio: "inherit", env: { ...env, TZ: "UTC" } });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  whenNpmEnds(() => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`PocketBase could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

runPocketBase(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
