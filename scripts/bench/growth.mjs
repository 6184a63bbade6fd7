import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/machine.mjs";
import { onServer } from "./measure.mjs";
import { STREAM } from "./server.mjs";
import { median } from "./statistics.mjs";
import { prepareStream } from "./sync.mjs";
import { Year } from "./year.mjs";

const HOURS_A_DAY = 24;
const HOUR_MS = 3_600_000;
const LOOK_EVERY_DAYS = 15;

/** Everything is over within three months, so that the other nine show whether it stays flat. */
const RETENTION = { jobs_days: 14, log_days: 30, history_days: 90, runs_days: 90, tombstones_days: 60 };

/**
 * What an hour took.
 * @typedef {{ ms: number, tick_ms: number, cpu_ms: number }} Hour
 */

/**
 * What the database held at the end of a day, and what an hour took (medians) in the days before.
 * @typedef {{ day: number, raw: number, jobs: number, log: number, run_records: number, database_mb: number, run_ms: number, tick_ms: number, cpu_ms: number }} GrowthLook
 */

/**
 * How far the year is; kept beside its database.
 * @typedef {{ rows: number, began: number, passed: number, looks: GrowthLook[], hours: Hour[] }} Progress
 */

/**
 * Runs hour after hour on a clock of its own, the worker after each run: 1 % of the rows changed in each, a few lines
 * leave the ERP and as many come. What grows, and what does not.
 * @param {import("./measure.mjs").Bench} bench
 * @param {{ rows: number, days: number, transport: string, folder: string }} options folder: goes on with what is there
 * @param {{ say: (line: string) => void, stop: AbortSignal }} control
 */
export async function measureGrowth(bench, { rows, days, transport, folder }, { say, stop }) {
  cpSync(join(ROOT, "scripts/bench/growth-hooks"), bench.hooksDir, { recursive: true });
  const dataDir = join(folder, "pb_data");
  const file = join(folder, "progress.json");
  const known = existsSync(file);
  /** @type {Progress} */
  const progress = known
    ? JSON.parse(readFileSync(file, "utf8"))
    : { rows, began: Date.now(), passed: 0, looks: [], hours: [] };
  if (progress.rows !== rows)
    throw new Error(`--data: ${folder} holds a year of ${progress.rows} rows, not of ${rows}`);
  mkdirSync(folder, { recursive: true });
  if (!known) cpSync(bench.template, dataDir, { recursive: true });
  const { database_mb } = await onServer(bench, { dataDir, hooksDir: bench.hooksDir }, async (server) => {
    if (!known) await prepareGrowth(server, transport);
    // After each hour: a bench that is killed then does at most one hour again, and finds it done.
    const keep = () => writeFileSync(file, JSON.stringify(progress));
    await passHours(server, bench.erp, progress, { days, say, keep, stop });
    return {};
  });
  const passedDays = Number((progress.passed / HOURS_A_DAY).toFixed(1));
  return { rows, days: passedDays, retention: RETENTION, looks: progress.looks, stopped_database_mb: database_mb };
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {string} transport
 */
async function prepareGrowth(server, transport) {
  await prepareStream(server, { transport, mode: "auto", shape: "flat", ignores: [] });
  const records = server.pb.collection("sync_settings");
  const { id, options } = await records.getFirstListItem(`name = "${STREAM}"`);
  await records.update(id, { options: { ...options, retention: { ...options.retention, ...RETENTION } } });
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {import("./erp.mjs").BenchErp} erp
 * @param {Progress} progress is changed
 * @param {{ days: number, say: (line: string) => void, keep: () => void, stop: AbortSignal }} options
 */
async function passHours(server, erp, progress, { days, say, keep, stop }) {
  const year = new Year(progress.rows, progress.passed);
  while (progress.passed < days * HOURS_A_DAY && !stop.aborted) {
    erp.serve(year.nextHour());
    progress.hours.push(await passHour(server, progress.began + progress.passed * HOUR_MS));
    progress.passed++;
    const day = progress.passed / HOURS_A_DAY;
    if (Number.isInteger(day)) {
      say(
        `${progress.rows} rows: growth, day ${day} of ${days}, ${Math.round(middle(progress.hours, "ms"))} ms an hour`,
      );
      if (day === 1 || day === days || day % LOOK_EVERY_DAYS === 0) {
        progress.looks.push(await look(server, day, progress.hours));
        progress.hours = [];
      }
    }
    keep();
  }
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {number} now ms
 * @returns {Promise<Hour>}
 */
async function passHour(server, now) {
  const before = server.cpuMs();
  const { run, ms, tick_ms } = await server.pb.send("/bench/hour", { method: "POST", body: { stream: STREAM, now } });
  const cpu_ms = server.cpuMs() - before;
  const { status, error } = await server.pb.collection("sync_runs").getOne(run);
  if (status !== "succeeded")
    throw new Error(`growth: the run of ${new Date(now).toISOString()} is ${status}: ${error}`);
  return { ms, tick_ms, cpu_ms };
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {number} day
 * @param {Hour[]} hours
 * @returns {Promise<GrowthLook>}
 */
async function look(server, day, hours) {
  const count = async (/** @type {string} */ name) => (await server.pb.collection(name).getList(1, 1)).totalItems;
  return {
    day,
    raw: await count("erp_raw_data"),
    jobs: await count("job_queue"),
    log: await count("push_log"),
    run_records: await count("sync_runs"),
    database_mb: Number(server.databaseMb().toFixed(1)),
    run_ms: middle(hours, "ms"),
    tick_ms: middle(hours, "tick_ms"),
    cpu_ms: middle(hours, "cpu_ms"),
  };
}

/**
 * @param {Hour[]} hours
 * @param {keyof Hour} what
 */
function middle(hours, what) {
  return median(hours.map((hour) => hour[what]));
}
