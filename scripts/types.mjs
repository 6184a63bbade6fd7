import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLine, run } from "./setup/commands.mjs";
import { ROOT } from "./setup/machine.mjs";
import { ensurePocketBase } from "./setup/steps.mjs";
import { PINNED } from "./setup/version.mjs";

// npm run types: refreshes src/types/pocketbase/types.d.ts, which PocketBase writes into its data folder.

const target = join(ROOT, "src/types/pocketbase/types.d.ts");
const folder = mkdtempSync(join(tmpdir(), "pocketbase-types-"));
try {
  const { path, version } = await ensurePocketBase({ say: console.log });
  if (version !== PINNED) throw new Error(`the types are those of PocketBase ${PINNED}, but ${version} is installed`);
  const folders = ["dir", "hooksDir", "migrationsDir"].map((flag) => `--${flag}=${join(folder, flag)}`);
  // The shortest command that opens the data folder and ends.
  const result = run(path, ["migrate", "history-sync", ...folders, "--dev=false"]);
  if (!result.ok) throw new Error(`PocketBase wrote no types: ${lastLine(result.errors || result.output)}`);
  writeFileSync(target, readFileSync(join(folder, "dir/types.d.ts")));
  console.log(`${target} is that of PocketBase ${version}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
