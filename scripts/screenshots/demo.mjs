import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../setup/machine.mjs";
import { logIn } from "../start/api.mjs";
import { choosePort } from "../start/ports.mjs";

/**
 * A running demo.
 * @typedef {{ url: string, erp: string, token: string }} Demo
 */

/**
 * Starts the demo in a folder, does something with it once its first sync is through, and stops it.
 * @param {string} folder
 * @param {(demo: Demo) => Promise<void>} work
 */
export async function withDemo(folder, work) {
  const port = await choosePort({});
  const env = { ...process.env, DEMO_DIR: folder, PORT: String(port) };
  const demo = spawn(process.execPath, [join(ROOT, "scripts/start.mjs")], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(demo, "close");
  try {
    await Promise.race([firstSync(demo.stdout), ended.then(() => Promise.reject(new Error("the demo has ended")))]);
    const { url, erp } = JSON.parse(readFileSync(join(folder, "running.json"), "utf8"));
    await work({ url, erp, token: await logIn(url) });
  } finally {
    demo.kill("SIGTERM");
    await ended;
  }
}

/** @param {import("node:stream").Readable} output */
async function firstSync(output) {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith("First sync:")) return;
  }
}

/**
 * @param {Demo} demo
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function send({ url, token }, method, path, body) {
  const headers = { "Content-Type": "application/json", Authorization: token };
  const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/**
 * Tells the demo's ERP what to do; see test/erp/control-handlers.ts.
 * @param {Demo} demo
 * @param {object} command
 */
export async function tellErp({ erp }, command) {
  const response = await fetch(`${erp}/__control`, { method: "POST", body: JSON.stringify(command) });
  if (!response.ok) throw new Error(`the demo ERP answered ${response.status}`);
}
