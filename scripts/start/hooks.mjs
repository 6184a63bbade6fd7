import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/machine.mjs";

/** Builds pb_hooks where it is missing: the repository brings it along. */
export function ensureHooks() {
  if (existsSync(join(ROOT, "pb_hooks/erp_sync.pb.js"))) return;
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/build.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`pb_hooks is missing and could not be built:\n${stderr.trim()}`);
}
