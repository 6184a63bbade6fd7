import { cpSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/machine.mjs";
import { onFreshServer } from "./measure.mjs";
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
 * What the database held at the end of a day, and what an hour took in the days before.
 * @typedef {{ day: number, raw: number, jobs: number, log: number, run_records: number, database_mb: number, run_ms: number, tick_ms: number }} GrowthLook
 */

/**
 * Runs hour after hour on a clock of its own, the worker after each run: 1 % of the rows changed in each, a few lines
 * leave the ERP and as many come. What grows, and what does not.
 * @param {import("./measure.mjs").Bench} bench
 * @param {{ rows: number, days: number, transport: string }} options
 * @param {(line: string) => void} say
 */
export async function measureGrowth(bench, { rows, days, transport }, say) {
  cpSync(join(ROOT, "scripts/bench/growth-hooks"), bench.hooksDir, { recursive: true });
  /** @type {GrowthLook[]} */
  const looks = [];
  const { database_mb } = await onFreshServer(
    bench,
    { dataDir: bench.template, hooksDir: bench.hooksDir },
    async (server) => {
      await prepareStream(server, { transport, mode: "auto", shape: "flat", ignores: [] });
      await keepThreeMonths(server);
      const year = new Year(rows);
      const began = Date.now();
      /** @type {{ ms: number, tick_ms: number }[]} */
      let hours = [];
      for (let day = 0; day <= days; day++) {
        for (let hour = 0; hour < HOURS_A_DAY; hour++) {
          bench.erp.serve(year.nextHour());
          hours.push(await passHour(server, began + (day * HOURS_A_DAY + hour) * HOUR_MS));
        }
        if (day % LOOK_EVERY_DAYS !== 0) continue;
        looks.push(await look(server, day, hours));
        hours = [];
        say(`${rows} rows: growth, day ${day} of ${days}`);
      }
      return {};
    },
  );
  return { rows, days, retention: RETENTION, looks, stopped_database_mb: database_mb };
}

/** @param {import("./server.mjs").BenchServer} server */
async function keepThreeMonths(server) {
  const records = server.pb.collection("sync_settings");
  const { id, options } = await records.getFirstListItem(`name = "${STREAM}"`);
  await records.update(id, { options: { ...options, retention: { ...options.retention, ...RETENTION } } });
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {number} now ms
 * @returns {Promise<{ ms: number, tick_ms: number }>}
 */
async function passHour(server, now) {
  const { run, ms, tick_ms } = await server.pb.send("/bench/hour", { method: "POST", body: { stream: STREAM, now } });
  const { status, error } = await server.pb.collection("sync_runs").getOne(run);
  if (status !== "succeeded")
    throw new Error(`growth: the run of ${new Date(now).toISOString()} is ${status}: ${error}`);
  return { ms, tick_ms };
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {number} day
 * @param {{ ms: number, tick_ms: number }[]} hours
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
    run_ms: median(hours.map(({ ms }) => ms)),
    tick_ms: median(hours.map(({ tick_ms }) => tick_ms)),
  };
}
