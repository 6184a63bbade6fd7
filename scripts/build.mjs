import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildDashboard } from "./build/dashboard.mjs";
import { buildHooks } from "./build/hooks.mjs";
import { generateValidator } from "./build/schema.mjs";
import { ROOT } from "./setup/machine.mjs";

const HELP = `npm run build [-- --check]    makes pb_hooks/ from src/hooks/ and src/dashboard/, and what is generated from the settings' schema

  --check   writes nothing, fails when a generated file is not what its sources make
  --help`;

/** @param {Map<string, string>} files */
function write(files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    if (read(path) !== text) writeFileSync(join(ROOT, path), text);
  }
}

/** @param {string} path */
function read(path) {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), "utf8") : undefined;
}

/**
 * One sentence for each generated file that is missing, old, or made by nothing.
 * @param {Map<string, string>} files
 */
function findStale(files) {
  const complaints = [];
  for (const [path, text] of files) {
    const found = read(path);
    if (found === undefined) complaints.push(`${path} is missing: run "npm run build"`);
    else if (found !== text) complaints.push(`${path} is not what its sources make: run "npm run build"`);
  }
  for (const path of listFiles("pb_hooks")) {
    if (!files.has(path)) complaints.push(`${path} is made by nothing: remove it`);
  }
  return complaints;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.flatMap((each) =>
    each.isDirectory() ? listFiles(`${folder}/${each.name}`) : `${folder}/${each.name}`,
  );
}

/** What is generated from the schema of a stream's options: its validator and the published copy. */
async function generateSettings() {
  return new Map([
    ["src/settings/options-validator.js", await generateValidator()],
    ["docs/settings.schema.json", readFileSync(join(ROOT, "src/settings/options.schema.json"), "utf8")],
  ]);
}

/** @param {boolean} check */
async function main(check) {
  const settings = await generateSettings();
  if (!check) write(settings);
  const [{ files: hooks, problems }, dashboard] = await Promise.all([buildHooks(), buildDashboard()]);
  const files = new Map([...hooks, ...dashboard]);
  const complaints = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  if (complaints.length === 0 && check) complaints.push(...findStale(new Map([...settings, ...files])));
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  if (!check) write(files);
  for (const [path, text] of files)
    console.log(`${path}  ${(text.length / 1024).toFixed(1)} KB${check ? "  fresh" : ""}`);
}

try {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) console.log(HELP);
  else await main(values.check ?? false);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
