import PocketBase from "pocketbase";
import { findBinary } from "./binary";
import { EngineClient } from "./engine-client";
import { hooksWith } from "./hooks";
import { type Child, cleanEnvironment, freePort, type Outcome, startChild } from "./process";
import { REPOSITORY } from "./repository";
import { makeDataFolder, SUPERUSER } from "./template";
import { waitFor } from "./wait";

export interface StartOptions {
  /** Becomes `ERP_BASE_URL`. */
  erpUrl?: string;
  env?: NodeJS.ProcessEnv;
  /** Default: a copy of a prepared folder with our migrations and a superuser; a given one is not removed. */
  dataDir?: string;
  /** Default: a free one. */
  port?: number;
  /** Default: ours. Of hooksWith(), so that nothing happens that the test does not ask for. */
  hooksDir?: string;
  /** Keep the example stream `inventory`; most tests are about one stream. */
  example?: boolean;
}

const STOP_MS = 20_000;

/** A real PocketBase with our hooks and migrations on a data folder of its own. */
export class PocketBaseServer extends EngineClient {
  private child: Child | undefined;
  private earlierLogs = "";

  constructor(
    private readonly binary: string,
    readonly port: number,
    readonly dataDir: string,
    private env: NodeJS.ProcessEnv,
    readonly hooksDir: string,
  ) {
    super(new PocketBase(`http://127.0.0.1:${port}`).autoCancellation(false));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.live().pid;
  }

  /** Standard output and error since the first start. */
  log(): string {
    return this.earlierLogs + (this.child?.log() ?? "");
  }

  /** Starts the process and waits until it answers. */
  async start(): Promise<void> {
    this.earlierLogs = this.log();
    this.child = undefined;
    const child = startChild(this.binary, ["serve", `--http=127.0.0.1:${this.port}`, ...this.flags()], this.place());
    this.child = child;
    await Promise.race([this.untilHealthy(child), this.untilEnded(child)]);
    if (!this.pb.authStore.isValid) {
      await this.pb.collection("_superusers").authWithPassword(SUPERUSER.email, SUPERUSER.password);
    }
  }

  /** SIGTERM; answers the exit code once the process has ended. */
  async stop(): Promise<number | null> {
    const child = this.live();
    child.signal("SIGTERM");
    const timer = setTimeout(() => child.signal("SIGKILL"), STOP_MS);
    const { code } = await child.ended;
    clearTimeout(timer);
    if (code === null) throw new Error(`PocketBase did not stop within ${STOP_MS} ms of SIGTERM:\n${this.log()}`);
    return code;
  }

  /** SIGKILL, at whatever it is doing. */
  async kill(): Promise<void> {
    const child = this.live();
    child.signal("SIGKILL");
    await child.ended;
  }

  /** Starts again on the same data and port, stopping first if it still runs; `env` replaces single variables. */
  async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
    if (this.child?.running()) await this.stop();
    this.env = { ...this.env, ...env };
    await this.start();
  }

  /** Runs `pocketbase erp …` beside the server, on the same data. */
  cli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const { cwd } = this.place();
    return startChild(this.binary, ["erp", ...args, ...this.flags()], { cwd, env: { ...this.env, ...env } }).ended;
  }

  private live(): Child {
    if (this.child?.running()) return this.child;
    throw new Error(`PocketBase is not running:\n${this.log()}`);
  }

  private flags(): string[] {
    return [
      `--dir=${this.dataDir}`,
      `--hooksDir=${this.hooksDir}`,
      `--migrationsDir=${REPOSITORY}pb_migrations`,
      "--hooksWatch=false",
      "--automigrate=false",
      "--dev=false",
    ];
  }

  private place(): { env: NodeJS.ProcessEnv; cwd: string } {
    return { env: this.env, cwd: REPOSITORY };
  }

  private async untilHealthy(child: Child): Promise<void> {
    // Its own word first: on a taken port, somebody else would answer for it.
    const started = () => child.log().includes("Server started at");
    const answers = async () => !child.running() || (started() && (await fetch(`${this.url}/api/health`)).ok);
    await waitFor(answers, `PocketBase to answer at ${this.url}`);
  }

  private async untilEnded(child: Child): Promise<never> {
    const { code } = await child.ended;
    throw new Error(`PocketBase ended with exit code ${code} before it was ready:\n${this.log()}`);
  }
}

/** Starts PocketBase for a test file; it is killed when the file ends. */
export async function startPocketBase(options: StartOptions = {}): Promise<PocketBaseServer> {
  const binary = await findBinary();
  const dataDir = options.dataDir ?? (await makeDataFolder(binary));
  const env = cleanEnvironment({ ...(options.erpUrl && { ERP_BASE_URL: options.erpUrl }), ...options.env });
  const port = options.port ?? (await freePort());
  const server = new PocketBaseServer(binary, port, dataDir, env, options.hooksDir ?? hooksWith());
  await server.start();
  if (!options.example && !options.dataDir) await forgetExample(server);
  return server;
}

async function forgetExample(server: PocketBaseServer): Promise<void> {
  for (const { id } of await server.rows("sync_settings", "name = 'inventory'")) {
    await server.pb.collection("sync_settings").delete(id);
  }
}
