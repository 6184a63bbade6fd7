import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { atEndOfFile } from "./cleanup";
import { cleanEnvironment } from "./process";
import { REPOSITORY } from "./repository";

export const SUPERUSER = { email: "test@example.com", password: "test-password" };

const CACHE = join(REPOSITORY, "node_modules/.cache/pocketbase-erp-sync");

/** A new data folder with our migrations applied and the superuser in it; removed at the end of the test file. */
export async function makeDataFolder(binary: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pb-erp-"));
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(await templateFolder(binary), folder, { recursive: true });
  return folder;
}

/** Made once and kept for as long as the binary and the migrations stay the same. */
async function templateFolder(binary: string): Promise<string> {
  const template = join(CACHE, `template-${fingerprint(binary)}`);
  if (existsSync(template)) return template;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, "draft-"));
  const flags = [`--dir=${draft}`, `--migrationsDir=${join(REPOSITORY, "pb_migrations")}`, `--hooksDir=${draft}/none`];
  const run = (...args: string[]) =>
    promisify(execFile)(binary, [...args, ...flags, "--dev=false"], { env: cleanEnvironment() });
  await run("migrate", "up");
  await run("superuser", "upsert", SUPERUSER.email, SUPERUSER.password);
  rmSync(join(draft, "types.d.ts"), { force: true });
  try {
    renameSync(draft, template);
  } catch {
    // Another test file was faster.
    rmSync(draft, { recursive: true, force: true });
  }
  return template;
}

function fingerprint(binary: string): string {
  const migrations = join(REPOSITORY, "pb_migrations");
  const hash = createHash("sha256").update(`${binary} ${statSync(binary).mtimeMs} ${SUPERUSER.email}`);
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(join(migrations, name)));
  return hash.digest("hex").slice(0, 16);
}
