import { statSync } from "node:fs";
import { join } from "node:path";
import { makeHour } from "./answer.mjs";
import { onFreshServer } from "./measure.mjs";
import { STREAM } from "./server.mjs";
import { prepareStream, runSync } from "./sync.mjs";

/** Two days of hourly runs, and half a day of them kept. */
const RUNS = 48;
const KEPT_RUNS = 12;
const LOOK_EVERY = 6;

/** @typedef {{ runs: number, jobs: number, log: number, kept_runs: number, raw: number, database_mb: number }} GrowthLook */

/**
 * Runs hour after hour, 1 % of the rows changed in each, and prunes after each run: what grows, and what does not.
 * @param {import("./measure.mjs").Bench} bench
 * @param {{ rows: number, transport: string }} options
 * @param {(line: string) => void} say
 */
export async function measureGrowth(bench, { rows, transport }, say) {
  /** @type {GrowthLook[]} */
  const looks = [];
  await onFreshServer(bench, { dataDir: bench.template, hooksDir: bench.hooksDir }, async (server) => {
    await prepareStream(server, { transport, mode: "auto", shape: "flat" });
    await keepFewRuns(server);
    for (let hour = 0; hour <= RUNS; hour++) {
      bench.erp.serve(makeHour(rows, hour));
      const run = await runSync(server);
      if (run.status !== "succeeded") throw new Error(`growth: run ${hour} is ${run.status}: ${run.error}`);
      server.cli("erp", "prune", STREAM);
      if (hour % LOOK_EVERY !== 0) continue;
      looks.push(await look(server, hour));
      say(`${rows} rows: growth, run ${hour} of ${RUNS}`);
    }
    return {};
  });
  return { rows, kept_runs: KEPT_RUNS, looks };
}

/** @param {import("./server.mjs").BenchServer} server */
async function keepFewRuns(server) {
  const records = server.pb.collection("sync_settings");
  const { id, options } = await records.getFirstListItem(`name = "${STREAM}"`);
  await records.update(id, { options: { ...options, retention: { ...options.retention, max_runs: KEPT_RUNS } } });
}

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {number} runs
 * @returns {Promise<GrowthLook>}
 */
async function look(server, runs) {
  const count = async (/** @type {string} */ name) => (await server.pb.collection(name).getList(1, 1)).totalItems;
  const size = statSync(join(server.dataDir, "data.db")).size;
  return {
    runs,
    jobs: await count("job_queue"),
    log: await count("push_log"),
    kept_runs: await count("sync_runs"),
    raw: await count("erp_raw_data"),
    database_mb: Number((size / 1024 / 1024).toFixed(1)),
  };
}
