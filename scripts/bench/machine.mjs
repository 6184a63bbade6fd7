import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { ROOT } from "../setup/machine.mjs";

/** What the figures depend on. */
export function machineFacts() {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1024 ** 3),
    os: `${type()} ${release()}`,
    // What other programs keep busy, in cores, before the bench does anything.
    load_before: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

/** @param {string} pocketbase version */
export function versionFacts(pocketbase) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const sdk = JSON.parse(readFileSync(join(ROOT, "node_modules/pocketbase/package.json"), "utf8"));
  const curl = spawnSync("curl", ["-q", "--version"], { encoding: "utf8" });
  return {
    "pocketbase-erp-sync": version,
    pocketbase,
    "pocketbase sdk": sdk.version,
    node: process.versions.node,
    curl: /^curl (\S+)/.exec(curl.stdout ?? "")?.[1] ?? "none",
  };
}
