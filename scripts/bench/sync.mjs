import { ROWS_PATH } from "./answer.mjs";
import { STREAM } from "./server.mjs";

/**
 * A record of sync_runs, as far as the bench reads it.
 * @typedef {Record<string, any> & { id: string, status: string, started_at: string, ingested_at: string, finished_at: string, duration_ms: number }} Run
 */

/**
 * @param {import("./server.mjs").BenchServer} server
 * @param {{ transport: string, mode: string, shape: import("./answer.mjs").Shape, ignores: string[] }} how
 */
export async function prepareStream(server, { transport, mode, shape, ignores }) {
  const records = server.pb.collection("sync_settings");
  const { id, options } = await records.getFirstListItem(`name = "${STREAM}"`);
  const source = { ...options.source, transport, rows_path: ROWS_PATH[shape] };
  const [push, diff] = [
    { ...options.push, mode },
    { ...options.diff, ignore_fields: ignores },
  ];
  await records.update(id, { options: { ...options, source, push, diff } });
}

/**
 * Runs the stream to its end; a long run is asked for until it has ended.
 * @param {import("./server.mjs").BenchServer} server
 * @returns {Promise<Run>}
 */
export async function runSync(server) {
  const { run, ...ended } = await server.pb.send(`/api/erp/streams/${STREAM}/sync`, {
    method: "POST",
    query: { wait: true },
  });
  if (ended.status !== "running") return ended;
  for (;;) {
    const record = await server.pb.collection("sync_runs").getOne(run);
    if (record.status !== "running") return /** @type {any} */ (record);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/**
 * Fails unless the run did all of what its figures are told for.
 * @param {Run} run
 * @param {import("./cases.mjs").SyncCase} one
 * @param {{ rows: number, loaded: number }} counts rows in the answer, and in the database before
 */
export function proveRun(run, one, { rows, loaded }) {
  const expected = { status: "succeeded", rows_fetched: rows, ...expectedCounts(one, rows, loaded) };
  for (const [name, value] of Object.entries(expected)) {
    if (run[name] === value) continue;
    throw new Error(
      `case ${one.id}: the run has ${name} ${run[name]}, expected ${value}; ${run.error || "it told no error"}`,
    );
  }
}

/**
 * @param {import("./cases.mjs").SyncCase} one
 * @param {number} rows
 * @param {number} loaded
 * @returns {Record<string, number>}
 */
function expectedCounts({ change, loaded: isLoaded, ignores }, rows, loaded) {
  if (!isLoaded) return { rows_new: rows, pushed_inserted: rows };
  if (ignores.length > 0) return { rows_unchanged: rows, pushed_updated: 0 };
  if (change === "unmapped") return { rows_touched: rows, pushed_updated: 0 };
  if (change === "changed-1") return { rows_changed: Math.ceil(rows / 100), pushed_updated: Math.ceil(rows / 100) };
  if (change === "changed-all") return { rows_changed: rows, pushed_updated: rows };
  if (change === "left-1") return { rows_left: loaded - rows, pushed_deleted: loaded - rows };
  return { rows_unchanged: rows, pushed_updated: 0 };
}

/**
 * How long the run took, and where: until all rows were stored (fetch, diff, ingest), and until they were pushed.
 * @param {Run} run
 */
export function stagesOf({ duration_ms, started_at, ingested_at, finished_at }) {
  const [started, ingested, finished] = [started_at, ingested_at, finished_at].map((text) => Date.parse(text));
  return {
    ms: duration_ms,
    store_ms: Number(ingested) - Number(started),
    push_ms: Number(finished) - Number(ingested),
  };
}
