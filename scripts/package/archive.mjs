import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { ROOT } from "../setup/machine.mjs";
import { LOWEST } from "../setup/version.mjs";

/** The version in package.json. */
export const VERSION = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;

/**
 * The release archive: hooks, migrations, what deploys them, every page, .env.example, INSTALL.txt and the license. The same files make the same bytes:
 * names are sorted, times and modes fixed.
 * @returns {Uint8Array}
 * @throws when the hooks were not built
 */
export function makeArchive() {
  const hooks = listFiles("pb_hooks");
  const migrations = listFiles("pb_migrations").filter((path) => path.endsWith(".js"));
  if (hooks.length === 0) throw new Error('pb_hooks is empty: run "npm run build" first');
  /** @type {import("fflate").Zippable} */
  const files = { "INSTALL.txt": Buffer.from(installText(migrations.length)) };
  const pages = [...listFiles("docs"), "README.md", "CHANGELOG.md", "CONTRIBUTING.md"];
  for (const path of [...hooks, ...migrations, ...listFiles("deploy"), ...pages, ".env.example", "LICENSE"])
    files[path] = readFileSync(join(ROOT, path));
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  // A zip file holds local time without a zone: a local date makes the same bytes everywhere. 0o644, made on Unix.
  return zipSync(sorted, { level: 9, mtime: new Date(2020, 0, 1), os: 3, attrs: 0o644 << 16 });
}

/** @param {number} count how many migrations the archive has */
function installText(count) {
  const values = { version: VERSION, lowest: LOWEST, count };
  return readFileSync(join(ROOT, "scripts/package/INSTALL.txt"), "utf8").replace(
    /\{(\w+)\}/g,
    (_, name) => `${values[/** @type {keyof typeof values} */ (name)]}`,
  );
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((each) => (each.isDirectory() ? listFiles(`${folder}/${each.name}`) : `${folder}/${each.name}`))
    .sort();
}
