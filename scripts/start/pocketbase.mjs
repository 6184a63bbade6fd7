import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/machine.mjs";
import { DEMO_USER } from "./api.mjs";

/** @param {string} folder the demo's folder */
const logFile = (folder) => join(folder, "pocketbase.log");

/** @param {string} folder the demo's folder */
const dataFolder = (folder) => join(folder, "pb_data");

/** @param {string} data */
function flags(data) {
  return [
    `--dir=${data}`,
    `--hooksDir=${join(ROOT, "pb_hooks")}`,
    `--migrationsDir=${join(ROOT, "pb_migrations")}`,
    "--hooksWatch=false",
    "--automigrate=false",
    "--dev=false",
  ];
}

/**
 * Makes a new data folder with the demo's superuser: without one, PocketBase opens a browser and asks for it. The folder
 * gets its name last, so a Ctrl-C on the way leaves none to which nobody can log in.
 * @param {string} binary
 * @param {string} folder
 * @returns {boolean} whether the folder is new
 */
export function ensureDemoUser(binary, folder) {
  const data = dataFolder(folder);
  if (existsSync(join(data, "data.db"))) return false;
  const unfinished = `${data}.new`;
  for (const path of [unfinished, data]) rmSync(path, { recursive: true, force: true });
  const args = ["superuser", "upsert", DEMO_USER.email, DEMO_USER.password, ...flags(unfinished)];
  const { status, stderr } = spawnSync(binary, args, { encoding: "utf8", env: { ...process.env, TZ: "UTC" } });
  if (status !== 0) throw new Error(`PocketBase could not create the demo's superuser: ${stderr.trim()}`);
  renameSync(unfinished, data);
  return true;
}

/**
 * Starts PocketBase and waits until it answers.
 * @param {{ binary: string, folder: string, port: number, erpUrl: string }} options
 * @param {import("./children.mjs").Children} children
 * @returns {Promise<{ pid: number, url: string }>}
 */
export async function startPocketBase({ binary, folder, port, erpUrl }, children) {
  const log = openSync(logFile(folder), "w");
  const args = ["serve", `--http=127.0.0.1:${port}`, ...flags(dataFolder(folder))];
  const lastWords = () =>
    `The end of its log:\n${readFileSync(logFile(folder), "utf8").trim().split("\n").slice(-5).join("\n")}`;
  // A process group of its own: Ctrl-C is answered here first, so that PocketBase stops before its ERP.
  const detached = process.platform !== "win32";
  const child = children.start(
    { name: "PocketBase", command: binary, args, lastWords },
    { cwd: ROOT, detached, env: environment(erpUrl), stdio: ["ignore", log, log] },
  );
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  while (child.process.exitCode === null && !(await answers(url))) await new Promise((done) => setTimeout(done, 50));
  return { pid: child.pid, url };
}

/**
 * This process's environment without its settings for a real ERP, and with no proxy in front of the demo's.
 * @param {string} erpUrl
 * @returns {NodeJS.ProcessEnv}
 */
function environment(erpUrl) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("ERP_"));
  return { ...Object.fromEntries(own), TZ: "UTC", ERP_BASE_URL: erpUrl, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
}

/** @param {string} url */
async function answers(url) {
  const answer = await fetch(`${url}/api/health`).catch(() => undefined);
  return answer?.ok === true;
}
