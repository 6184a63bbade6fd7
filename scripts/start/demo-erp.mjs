import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../setup/machine.mjs";

const BUNDLE = join(ROOT, "node_modules/.cache/pocketbase-erp-sync/demo-erp.mjs");

/**
 * Starts the moving factory of the tests as a process of its own.
 * @param {import("./children.mjs").Children} children
 * @returns {Promise<{ pid: number, url: string }>}
 */
export async function startDemoErp(children) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(ROOT, "scripts/demo-erp.ts")],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "silent",
  });
  let errors = "";
  const what = { name: "The demo ERP", command: process.execPath, args: [BUNDLE], lastWords: () => errors.trim() };
  const child = children.start(what, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  child.process.stderr?.on("data", (text) => {
    errors += text;
  });
  return { pid: child.pid, url: await firstLine(child.process.stdout) };
}

/**
 * @param {import("node:stream").Readable | null} output
 * @returns {Promise<string>}
 */
function firstLine(output) {
  if (!output) throw new Error("the demo ERP has no output");
  return new Promise((resolve) => createInterface({ input: output }).once("line", resolve));
}
