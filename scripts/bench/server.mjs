import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import PocketBase from "pocketbase";
import { ROOT } from "../setup/machine.mjs";
import { cpuMs, peakMb } from "./process.mjs";

export const STREAM = "aswan_bom";
export const TARGET = "ASWNDUBAI_erpConsolidateData";
/** A collection for writes that have nothing to do with the sync. */
export const PROBE = "bench_probe";
export const SUPERUSER = { email: "bench@example.com", password: "bench-password" };

const START_MS = 30_000;
const STOP_MS = 20_000;

/** @typedef {{ binary: string, hooksDir: string, dataDir: string, erpUrl: string }} ServerOptions */

/** A PocketBase process of its own for one measurement. */
export class BenchServer {
  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {string} url
   * @param {ServerOptions} options
   */
  constructor(child, url, options) {
    this.child = child;
    this.url = url;
    this.options = options;
    this.pb = new PocketBase(url).autoCancellation(false);
  }

  /** @param {ServerOptions} options */
  static async start(options) {
    const { binary, hooksDir, dataDir, erpUrl } = options;
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(binary, ["serve", `--http=127.0.0.1:${port}`, ...flags(dataDir, hooksDir)], {
      env: environment(erpUrl),
      stdio: "ignore",
      detached: true, // Ctrl-C is ours alone
    });
    children.add(child);
    child.once("exit", () => children.delete(child));
    const server = new BenchServer(child, url, options);
    await server.untilHealthy();
    await server.pb.collection("_superusers").authWithPassword(SUPERUSER.email, SUPERUSER.password);
    return server;
  }

  get dataDir() {
    return this.options.dataDir;
  }

  /**
   * Runs the binary beside the server, on the same data.
   * @param {string[]} args
   */
  cli(...args) {
    const { binary, hooksDir, dataDir, erpUrl } = this.options;
    const all = [...args, ...flags(dataDir, hooksDir)];
    const { status, stdout, stderr } = spawnSync(binary, all, { encoding: "utf8", env: environment(erpUrl) });
    if (status !== 0) throw new Error(`pocketbase ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  }

  /** CPU time so far in ms. */
  cpuMs() {
    return cpuMs(this.pid());
  }

  peakMb() {
    return peakMb(this.pid());
  }

  /** Ends it in peace, so that the database is one file. */
  async stop() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), STOP_MS);
    if (this.child.exitCode === null) await ended;
    clearTimeout(timer);
  }

  /** Size of the stopped database in MB. */
  databaseMb() {
    return statSync(join(this.dataDir, "data.db")).size / 1024 / 1024;
  }

  pid() {
    if (this.child.pid === undefined || this.child.exitCode !== null) throw new Error("PocketBase has ended by itself");
    return this.child.pid;
  }

  async untilHealthy() {
    const until = Date.now() + START_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/api/health`).catch(() => undefined);
      if (answer?.ok) return;
      this.pid();
      if (Date.now() > until) throw new Error(`PocketBase did not answer within ${START_MS} ms`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/** Nothing started here outlives the bench. */
export function killServers() {
  for (const child of children) child.kill("SIGKILL");
}

/**
 * A folder with our migrations applied, a superuser and the probe's collection; the stream has no schedule of its own.
 * @param {{ binary: string, hooksDir: string, folder: string }} options
 */
export async function makeTemplate({ binary, hooksDir, folder }) {
  const dataDir = mkdtempSync(join(folder, "template-"));
  const args = ["superuser", "upsert", SUPERUSER.email, SUPERUSER.password, ...flags(dataDir, hooksDir)];
  const { status, stderr } = spawnSync(binary, args, { encoding: "utf8", env: environment("") });
  if (status !== 0) throw new Error(`PocketBase could not make a data folder: ${stderr.trim()}`);
  const server = await BenchServer.start({ binary, hooksDir, dataDir, erpUrl: "http://127.0.0.1:9" });
  await server.pb.collections.create({ name: PROBE, type: "base", fields: [{ name: "n", type: "number" }] });
  await server.pb.collection(PROBE).create({ id: PROBE_ID, n: 0 });
  const settings = await server.pb.collection("sync_settings").getFirstListItem(`name = "${STREAM}"`);
  await server.pb.collection("sync_settings").update(settings.id, { schedule: "", on_missing: "delete" });
  await server.pb.settings.update({ batch: { enabled: true, maxRequests: 1000, timeout: 300 } });
  await server.stop();
  return dataDir;
}

/** The one record of the probe's collection. */
export const PROBE_ID = "benchprobe00001";

/**
 * @param {string} dataDir
 * @param {string} folder
 */
export function copyData(dataDir, folder) {
  const copy = mkdtempSync(join(folder, "data-"));
  cpSync(dataDir, copy, { recursive: true });
  return copy;
}

/** @param {string} dataDir */
export function removeData(dataDir) {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * @param {string} dataDir
 * @param {string} hooksDir
 */
function flags(dataDir, hooksDir) {
  return [
    `--dir=${dataDir}`,
    `--hooksDir=${hooksDir}`,
    `--migrationsDir=${join(ROOT, "pb_migrations")}`,
    "--hooksWatch=false",
    "--automigrate=false",
    "--dev=false",
  ];
}

/**
 * Nothing of this machine's own ERP or proxy settings.
 * @param {string} erpUrl
 * @returns {NodeJS.ProcessEnv}
 */
function environment(erpUrl) {
  const { PATH, HOME, TMPDIR, GOMEMLIMIT, GOGC } = process.env;
  const own = Object.entries({ PATH, HOME, TMPDIR, GOMEMLIMIT, GOGC }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(own), TZ: "UTC", ...(erpUrl && { ERP_BASE_URL: erpUrl }) };
}

/** @returns {Promise<number>} a port nobody listens on at this moment */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
