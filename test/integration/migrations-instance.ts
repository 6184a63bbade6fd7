import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PocketBase from "pocketbase";
import { atEndOfFile, type Child, cleanEnvironment, freePort, REPOSITORY, startChild, waitFor } from "./harness";
import { findBinary } from "./harness/binary";

const migrations = join(REPOSITORY, "pb_migrations");
export const migrationCount = readdirSync(migrations).length;

/** How many migrations there are from this one on. */
export function migrationsSince(name: string): number {
  return readdirSync(migrations).filter((each) => each >= name).length;
}

const account = { email: "test@example.com", password: "test-1234567890" };

/** Answers the query plan of a statement; for tests only. */
const PLAN_HOOK = `routerAdd("POST", "/plan", (e) => {
  const steps = arrayOf(new DynamicModel({ detail: "" }));
  $app.nonconcurrentDB().newQuery("EXPLAIN QUERY PLAN " + e.requestInfo().body.sql).all(steps);
  return e.json(200, steps.map((step) => step.detail));
});`;

/** A data folder of its own without our hooks, and at most one server on it, with our migrations or without any. */
export class Instance {
  private readonly folder = mkdtempSync(join(tmpdir(), "erp-migrations-"));
  private server: Child | undefined;

  constructor(private readonly binary: string) {
    for (const name of ["hooks", "none"]) mkdirSync(join(this.folder, name));
    writeFileSync(join(this.folder, "hooks/plan.pb.js"), PLAN_HOOK);
    atEndOfFile(() => rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 }));
  }

  migrate(...args: string[]): void {
    this.run(migrations, "migrate", ...args);
  }

  serve(): Promise<PocketBase> {
    return this.start(migrations);
  }

  serveWithoutMigrations(): Promise<PocketBase> {
    return this.start(join(this.folder, "none"));
  }

  async stop(): Promise<void> {
    this.server?.signal("SIGTERM");
    await this.server?.ended;
  }

  private async start(migrationsDir: string): Promise<PocketBase> {
    this.run(migrationsDir, "superuser", "upsert", account.email, account.password);
    const address = `127.0.0.1:${await freePort()}`;
    const args = ["serve", "--http", address, ...this.flags(migrationsDir)];
    const server = startChild(this.binary, args, { env: cleanEnvironment() });
    this.server = server;
    const pb = new PocketBase(`http://${address}`).autoCancellation(false);
    const answers = async () => {
      if (!server.running()) throw new Error(`PocketBase ended:\n${server.log()}`);
      return server.log().includes("Server started at");
    };
    await waitFor(answers, `PocketBase to answer at ${address}`);
    await pb.collection("_superusers").authWithPassword(account.email, account.password);
    return pb;
  }

  /** Runs a command and says yes to what it asks. */
  private run(migrationsDir: string, ...args: string[]): void {
    const options = { input: "y\n", env: cleanEnvironment(), stdio: "pipe" } as const;
    execFileSync(this.binary, [...args, ...this.flags(migrationsDir)], options);
  }

  private flags(migrationsDir: string): string[] {
    const dirs = ["--dir", join(this.folder, "data"), "--hooksDir", join(this.folder, "hooks")];
    return [...dirs, "--migrationsDir", migrationsDir, "--dev=false", "--hooksWatch=false", "--automigrate=false"];
  }
}

const started: Instance[] = [];

export async function newInstance(): Promise<Instance> {
  const instance = new Instance(await findBinary());
  started.push(instance);
  return instance;
}

export async function stopAll(): Promise<void> {
  for (const instance of started.splice(0)) await instance.stop();
}
