import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeArchive, VERSION } from "./package/archive.mjs";
import { ROOT } from "./setup/machine.mjs";

const HELP = `npm run package [-- --out=dist]    packs the hooks and migrations into <out>/pocketbase-erp-sync-${VERSION}.zip`;

try {
  const { values } = parseArgs({
    options: { out: { type: "string", default: "dist" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) console.log(HELP);
  else {
    const folder = resolve(ROOT, values.out);
    const file = join(folder, `pocketbase-erp-sync-${VERSION}.zip`);
    mkdirSync(folder, { recursive: true });
    const bytes = makeArchive();
    writeFileSync(file, bytes);
    console.log(`${file}  ${(bytes.length / 1024).toFixed(1)} KB`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
