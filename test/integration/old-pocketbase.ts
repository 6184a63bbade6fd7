import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureUpgradedPocketBase } from "../../scripts/setup/upgraded.mjs";
import { atEndOfFile, cleanEnvironment, freePort, startChild, TARGET, waitFor } from "./harness";
import { SUPERUSER } from "./harness/template";

type Json = Record<string, unknown>;

/** A PocketBase 0.22 without any of our hooks, as somebody ran it before there was a sync. */
export class OldPocketBase {
  private token = "";

  private constructor(
    readonly dataDir: string,
    private readonly url: string,
    private readonly end: () => Promise<unknown>,
  ) {}

  static async start(): Promise<OldPocketBase> {
    const binary = await ensureUpgradedPocketBase();
    const dataDir = mkdtempSync(join(tmpdir(), "pb-old-"));
    atEndOfFile(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
    const none = join(dataDir, "none");
    const flags = [`--dir=${dataDir}`, `--hooksDir=${none}`, `--migrationsDir=${none}`, `--publicDir=${none}`];
    const all = [...flags, "--automigrate=false", "--dev=false"];
    const env = cleanEnvironment();
    for (const command of [
      ["migrate", "up"],
      ["admin", "create", SUPERUSER.email, SUPERUSER.password],
    ]) {
      execFileSync(binary, [...command, ...all], { env, stdio: "pipe" });
    }
    const address = `127.0.0.1:${await freePort()}`;
    const child = startChild(binary, ["serve", `--http=${address}`, ...all], { env });
    const old = new OldPocketBase(dataDir, `http://${address}`, () => {
      child.signal("SIGTERM");
      return child.ended;
    });
    const answers = async () => {
      if (!child.running()) throw new Error(`PocketBase ended:\n${child.log()}`);
      return child.log().includes("Server started at") && (await fetch(`${old.url}/api/health`)).ok;
    };
    await waitFor(answers, `PocketBase to answer at ${address}`);
    const login = { identity: SUPERUSER.email, password: SUPERUSER.password };
    old.token = String((await old.send("POST", "/api/admins/auth-with-password", login)).token);
    return old;
  }

  /** Imports the target collection as it was exported from this version. */
  async importTarget(): Promise<Json[]> {
    const file = join(import.meta.dirname, "fixtures", `${TARGET}.v022-export.json`);
    const collections = JSON.parse(readFileSync(file, "utf8")) as Json[];
    await this.send("PUT", "/api/collections/import", { collections });
    return collections;
  }

  createCollection(collection: Json): Promise<Json> {
    return this.send("POST", "/api/collections", collection);
  }

  create(collection: string, record: Json): Promise<Json> {
    return this.send("POST", `/api/collections/${collection}/records`, record);
  }

  stop(): Promise<unknown> {
    return this.end();
  }

  private async send(method: string, path: string, body: Json): Promise<Json> {
    const headers = { "Content-Type": "application/json", Authorization: this.token };
    const response = await fetch(this.url + path, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  }
}
