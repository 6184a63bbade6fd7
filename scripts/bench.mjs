import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startErp } from "./bench/erp.mjs";
import { measureGrowth } from "./bench/growth.mjs";
import { machineFacts, versionFacts } from "./bench/machine.mjs";
import { HELP, readOptions } from "./bench/options.mjs";
import { makeBenchHooks } from "./bench/queue.mjs";
import { summarize } from "./bench/results.mjs";
import { measureAll } from "./bench/rounds.mjs";
import { killServers, makeTemplate } from "./bench/server.mjs";
import { formatGrowth, formatTables } from "./bench/tables.mjs";
import { ROOT } from "./setup/machine.mjs";
import { ensurePocketBase } from "./setup/steps.mjs";

/** @param {import("./bench/options.mjs").BenchOptions} options */
async function bench(options) {
  if (process.platform !== "linux") throw new Error("the bench needs Linux: it reads CPU time and memory from /proc");
  const { path: binary, version } = await ensurePocketBase({ say: console.error });
  const machine = machineFacts();
  const folder = mkdtempSync(join(tmpdir(), "erp-bench-"));
  const erp = await startErp();
  process.once("exit", () => {
    killServers();
    rmSync(folder, { recursive: true, force: true });
  });
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      if (options.data === "" || stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  }
  try {
    const hooksDir = join(folder, "pb_hooks");
    cpSync(join(ROOT, "pb_hooks"), hooksDir, { recursive: true });
    const benchHooksDir = await makeBenchHooks(folder);
    const template = await makeTemplate({ binary, hooksDir, folder });
    const context = { binary, folder, hooksDir, benchHooksDir, template, erp };
    const facts = { date: new Date().toISOString(), machine, versions: versionFacts(version) };
    if (options.growth) await growth(context, options, facts, stop.signal);
    else await compare(context, options, facts);
  } finally {
    erp.close();
  }
}

/** @typedef {{ date: string, machine: object, versions: object }} Facts */

/**
 * All cases; the results of a whole bench are kept.
 * @param {import("./bench/measure.mjs").Bench} context
 * @param {import("./bench/options.mjs").BenchOptions} options
 * @param {Facts} facts
 */
async function compare(context, options, facts) {
  const measured = await measureAll(context, options, console.error);
  const results = { ...facts, repeat: options.repeat, ...summarize(measured, options) };
  console.log(options.json ? JSON.stringify(results, null, 2) : formatTables(results));
  if (options.only.length === 0) keep(results, "");
}

/**
 * @param {import("./bench/measure.mjs").Bench} context
 * @param {import("./bench/options.mjs").BenchOptions} options
 * @param {Facts} facts
 * @param {AbortSignal} stop ends it after an hour, to go on another time
 */
async function growth(context, options, facts, stop) {
  const {
    rows: [rows = 20_000],
    days,
    transports: [transport = "auto"],
    json,
  } = options;
  const folder = options.data || join(context.folder, "growth");
  const measured = await measureGrowth(context, { rows, days, transport, folder }, { say: console.error, stop });
  const results = { ...facts, ...measured };
  console.log(json ? JSON.stringify(results, null, 2) : formatGrowth(results));
  if (measured.days < days) console.error(`stopped after ${measured.days} of ${days} days; the same command goes on`);
  else keep(results, "-growth");
}

/**
 * @param {Facts} results
 * @param {string} suffix
 */
function keep(results, suffix) {
  const folder = join(ROOT, "bench/results");
  const file = join(folder, `${results.date.slice(0, 10)}${suffix}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.error(`kept in ${file}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(HELP);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
