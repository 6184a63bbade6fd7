import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { ROOT } from "../setup/machine.mjs";
import { whenNpmEnds } from "../setup/npm-parent.mjs";
import { ensurePocketBase } from "../setup/steps.mjs";
import { firstSync, logIn, syncEveryMinute } from "./api.mjs";
import { Children } from "./children.mjs";
import { startDemoErp } from "./demo-erp.mjs";
import { ensureHooks } from "./hooks.mjs";
import { ensureDemoUser, startPocketBase } from "./pocketbase.mjs";
import { choosePort } from "./ports.mjs";
import { addresses, oneLine } from "./report.mjs";
import { noteRunning, noteStopped, refuseSecondDemo } from "./running.mjs";

/**
 * Starts the demo and keeps it running until Ctrl-C or until one of its processes ends.
 * @param {NodeJS.ProcessEnv} [env] PORT: where to serve (default 8090 or the next free one); DEMO_DIR: the demo's folder
 * @returns {Promise<void>} once everything has stopped because somebody asked for it
 * @throws what went wrong, in words for a person
 */
export async function runDemo(env = process.env) {
  const asked = stopAsked();
  const folder = resolve(ROOT, env.DEMO_DIR || ".demo");
  await refuseSecondDemo(folder);
  const port = await choosePort(env);
  const children = new Children();
  try {
    const untilStopped = startAll(folder, port, children).then(() => new Promise(() => {}));
    await Promise.race([asked, children.fallen, untilStopped]).catch((error) => unlessAsked(asked, error));
    console.log("\nStopping …");
  } finally {
    await children.stopAll();
    noteStopped(folder);
  }
}

/**
 * @param {string} folder
 * @param {number} port
 * @param {Children} children
 */
async function startAll(folder, port, children) {
  ensureDependencies(console.log);
  const { path: binary } = await ensurePocketBase({ say: sayWhatTakesTime });
  ensureHooks();
  mkdirSync(folder, { recursive: true });
  const erp = await startDemoErp(children);
  const isNew = ensureDemoUser(binary, folder);
  const pocketbase = await startPocketBase({ binary, folder, port, erpUrl: erp.url }, children);
  const pids = { start: process.pid, pocketbase: pocketbase.pid, erp: erp.pid };
  noteRunning(folder, { url: pocketbase.url, erp: erp.url, pids });
  const token = await logIn(pocketbase.url);
  if (isNew) await syncEveryMinute(pocketbase.url, token);
  console.log(addresses(pocketbase.url, erp.url));
  console.log(oneLine(await firstSync(pocketbase.url, token)));
}

/**
 * Ctrl-C reaches the children too: what it broke off is no error. While one of them is waited for, Node hears the signal
 * only afterwards.
 * @param {Promise<void>} asked
 * @param {unknown} error
 */
async function unlessAsked(asked, error) {
  const isAsked = await Promise.race([asked.then(() => true), new Promise((done) => setTimeout(done, 100, false))]);
  if (!isAsked) throw error;
}

/**
 * A PocketBase that is there already is no news.
 * @param {string} line
 */
function sayWhatTakesTime(line) {
  if (!/^(POCKETBASE_BIN|cache):/.test(line)) console.log(line);
}

/**
 * Resolves at the first Ctrl-C or SIGTERM, or when npm has ended. npm passes on the signal the terminal has sent already:
 * the rest is ignored.
 * @returns {Promise<void>}
 */
function stopAsked() {
  return new Promise((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => done());
    whenNpmEnds(() => done());
  });
}
