import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import PocketBase from "pocketbase";

const root = resolve(import.meta.dirname, "../..");
const migrations = join(root, "pb_migrations");
export const migrationCount = readdirSync(migrations).length;
const account = { email: "test@example.com", password: "test-1234567890" };

/** Answers the query plan of a statement; for tests only. */
const PLAN_HOOK = `routerAdd("POST", "/plan", (e) => {
  const steps = arrayOf(new DynamicModel({ detail: "" }));
  $app.nonconcurrentDB().newQuery("EXPLAIN QUERY PLAN " + e.requestInfo().body.sql).all(steps);
  return e.json(200, steps.map((step) => step.detail));
});`;

function binary(): string {
  const fromSetup = join(root, ".pocketbase");
  const found = process.env.POCKETBASE_BIN ?? newest(fromSetup);
  if (!found) throw new Error(`no PocketBase in ${fromSetup} and POCKETBASE_BIN is not set: run "npm run setup" first`);
  return found;
}

function newest(folder: string): string | undefined {
  try {
    const version = readdirSync(folder).sort().at(-1);
    return version ? join(folder, version, "pocketbase") : undefined;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** A data folder of its own, and at most one server on it. */
export class Instance {
  readonly folder = mkdtempSync(join(tmpdir(), "erp-migrations-"));
  private server: ChildProcess | undefined;

  constructor() {
    mkdirSync(join(this.folder, "hooks"));
    writeFileSync(join(this.folder, "hooks/plan.pb.js"), PLAN_HOOK);
    mkdirSync(join(this.folder, "none"));
  }

  private flags(migrationsDir: string): string[] {
    const dirs = ["--dir", join(this.folder, "data"), "--hooksDir", join(this.folder, "hooks")];
    return [...dirs, "--migrationsDir", migrationsDir, "--dev=false", "--hooksWatch=false", "--automigrate=false"];
  }

  run(...args: string[]): string {
    return execFileSync(binary(), [...args, ...this.flags(migrations)], {
      input: "y\n",
      encoding: "utf8",
      stdio: "pipe",
    });
  }

  /** Starts the server, with our migrations or without any, and signs in. */
  async serve(migrationsDir = migrations): Promise<PocketBase> {
    execFileSync(binary(), ["superuser", "upsert", account.email, account.password, ...this.flags(migrationsDir)], {
      stdio: "pipe",
    });
    const url = `http://127.0.0.1:${await freePort()}`;
    this.server = spawn(binary(), ["serve", "--http", url.slice(7), ...this.flags(migrationsDir)], { stdio: "ignore" });
    const client = new PocketBase(url);
    client.autoCancellation(false);
    for (let tries = 0; !(await client.health.check().catch(() => null)); tries++) {
      if (tries > 200 || this.server.exitCode !== null) throw new Error("PocketBase did not start");
      await new Promise((done) => setTimeout(done, 50));
    }
    await client.collection("_superusers").authWithPassword(account.email, account.password);
    return client;
  }

  serveWithoutMigrations(): Promise<PocketBase> {
    return this.serve(join(this.folder, "none"));
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once("exit", done));
    server.kill();
    await ended;
  }
}
