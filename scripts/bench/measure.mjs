import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bePeople, longestStall } from "./people.mjs";
import { BenchServer, copyData, removeData } from "./server.mjs";
import { prepareStream, proveRun, runSync, stagesOf } from "./sync.mjs";

/**
 * What a bench works with.
 * @typedef {object} Bench
 * @property {string} binary
 * @property {string} folder removed at the end
 * @property {string} hooksDir a copy of pb_hooks: a build in between changes nothing
 * @property {string} benchHooksDir
 * @property {string} template data folder without rows
 * @property {import("./erp.mjs").BenchErp} erp
 */

/**
 * @typedef {object} SyncSample
 * @property {number} ms
 * @property {number} store_ms until all rows were stored
 * @property {number} push_ms until they were pushed
 * @property {number} cpu_ms CPU time of the server and its curl
 * @property {number} peak_mb the server's largest memory
 * @property {number} database_mb
 */

/**
 * Works on a fresh server with a copy of a data folder.
 * @template T
 * @param {Bench} bench
 * @param {{ dataDir: string, hooksDir: string }} what
 * @param {(server: BenchServer) => Promise<T>} work
 * @returns {Promise<T & { database_mb: number }>}
 */
export async function onFreshServer(bench, { dataDir, hooksDir }, work) {
  const copy = copyData(dataDir, bench.folder);
  try {
    return await onServer(bench, { dataDir: copy, hooksDir }, work);
  } finally {
    removeData(copy);
  }
}

/**
 * Works on a server with a data folder that stays.
 * @template T
 * @param {Bench} bench
 * @param {{ dataDir: string, hooksDir: string }} what
 * @param {(server: BenchServer) => Promise<T>} work
 * @returns {Promise<T & { database_mb: number }>}
 */
export async function onServer(bench, { dataDir, hooksDir }, work) {
  const server = await BenchServer.start({ binary: bench.binary, hooksDir, dataDir, erpUrl: bench.erp.url });
  try {
    const result = await work(server);
    await server.stop();
    return { ...result, database_mb: server.databaseMb() };
  } finally {
    await server.stop();
  }
}

/**
 * @typedef {object} SyncRun
 * @property {import("./cases.mjs").SyncCase} one
 * @property {string} transport
 * @property {string} dataDir
 * @property {number} rows in the answer
 * @property {number} loaded rows in the database before
 */

/**
 * One measured run.
 * @param {Bench} bench
 * @param {SyncRun} run
 * @returns {Promise<SyncSample>}
 */
export function measureSync(bench, { one, transport, dataDir, rows, loaded }) {
  return onFreshServer(bench, { dataDir, hooksDir: bench.hooksDir }, async (server) => {
    await prepareStream(server, { ...one, transport });
    const before = server.cpuMs();
    const run = await runSync(server);
    const cpu_ms = server.cpuMs() - before;
    proveRun(run, one, { rows, loaded });
    return { ...stagesOf(run), cpu_ms, peak_mb: server.peakMb() };
  });
}

/**
 * The same run once more with a writer beside it: how long it had to wait at most. Its own time is not told, the writer
 * takes some of it.
 * @param {Bench} bench
 * @param {SyncRun} run
 * @returns {Promise<number>} ms
 */
export async function measureStall(bench, { one, transport, dataDir, rows, loaded }) {
  const { stallMs } = await onFreshServer(bench, { dataDir, hooksDir: bench.hooksDir }, async (server) => {
    await prepareStream(server, { ...one, transport });
    const { result, stallMs } = await longestStall(server, () => runSync(server));
    proveRun(result, one, { rows, loaded });
    return { stallMs };
  });
  return stallMs;
}

/** How long people are watched while nothing else goes on, in ms. */
const QUIET_MS = 4000;

/**
 * What people feel, before and during a run.
 * @param {Bench} bench
 * @param {SyncRun} run
 */
export function measurePeople(bench, { one, transport, dataDir, rows, loaded }) {
  return onFreshServer(bench, { dataDir, hooksDir: bench.hooksDir }, async (server) => {
    await prepareStream(server, { ...one, transport });
    const idle = bePeople(server);
    await new Promise((done) => setTimeout(done, QUIET_MS));
    const quiet = await idle.stop();
    const people = bePeople(server);
    const run = await runSync(server);
    proveRun(run, one, { rows, loaded });
    return { quiet, during: await people.stop() };
  });
}

/**
 * PocketBase's own client on the body that is served now.
 * @param {Bench} bench
 */
export function measureSend(bench) {
  return onFreshServer(bench, { dataDir: bench.template, hooksDir: bench.benchHooksDir }, async (server) => {
    const before = server.cpuMs();
    const { ms } = await server.pb.send("/bench/send", { query: { url: bench.erp.url } });
    return { ms, cpu_ms: server.cpuMs() - before, peak_mb: server.peakMb() };
  });
}

/**
 * curl on the body that is served now, to a file.
 * @param {Bench} bench
 */
export async function measureCurl(bench) {
  const began = performance.now();
  await promisify(execFile)("curl", ["-q", "-sS", "--fail", "-o", join(bench.folder, "curl.out"), bench.erp.url]);
  return { ms: performance.now() - began };
}
