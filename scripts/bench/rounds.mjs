import { makeAnswer } from "./answer.mjs";
import { SYNC_CASES } from "./cases.mjs";
import { LoadedFolders } from "./loaded.mjs";
import { measureCurl, measurePeople, measureSend, measureStall, measureSync } from "./measure.mjs";
import { measureQueue } from "./queue.mjs";
import { measureScript, SCRIPT_VARIANTS } from "./script.mjs";

/**
 * Everything that was measured, by name: each sample a set of numbers. Medians are made of it later.
 * @typedef {object} Measured
 * @property {Map<string, Record<string, number>[]>} samples see the keys below
 * @property {Map<string, number>} stalls ms
 * @property {Map<string, Awaited<ReturnType<typeof measurePeople>>>} people
 * @property {import("./queue.mjs").QueueSample[]} queue
 * @property {Map<number, number>} bytes of the flat answer, by rows
 */

export const syncKey = (/** @type {number} */ rows, /** @type {string} */ id, /** @type {string} */ transport) =>
  `${rows} ${id} ${transport}`;
export const referenceKey = (/** @type {number} */ rows, /** @type {string} */ name, /** @type {string} */ shape) =>
  `${rows} ${name} ${shape}`;
export const scriptKey = (/** @type {string} */ id) => `script ${id}`;

/**
 * Round after round, so that a busy minute of the machine meets all cases and not one of them.
 * @param {import("./measure.mjs").Bench} bench
 * @param {import("./options.mjs").BenchOptions} options
 * @param {(line: string) => void} say
 * @returns {Promise<Measured>}
 */
export async function measureAll(bench, options, say) {
  /** @type {Measured} */
  const measured = { samples: new Map(), stalls: new Map(), people: new Map(), queue: [], bytes: new Map() };
  const wants = (/** @type {string} */ id) => options.only.length === 0 || options.only.includes(id);
  const sizes = [...options.rows].sort((a, b) => a - b);
  for (const rows of sizes) {
    const loaded = new LoadedFolders(bench, rows);
    for (let round = 1; round <= options.repeat; round++) {
      const tell = (/** @type {string} */ what) => say(`${rows} rows, round ${round} of ${options.repeat}: ${what}`);
      const size = { bench, options, wants, measured, rows, loaded, tell };
      await measureReferences(size);
      await measureCases(size);
      if (rows === sizes[0] && wants("script")) await measureScripts(size);
      if (rows === sizes[0] && wants("queue")) {
        tell("jobs without a push");
        measured.queue.push(await measureQueue(bench));
      }
      if (round < options.repeat) continue;
      await measureStalls(size);
      if (rows === sizes[sizes.length - 1] && wants("latency")) await measureLatency(size);
    }
    loaded.removeAll();
  }
  return measured;
}

/**
 * @typedef {object} Size one number of rows in one round
 * @property {import("./measure.mjs").Bench} bench
 * @property {import("./options.mjs").BenchOptions} options
 * @property {(id: string) => boolean} wants
 * @property {Measured} measured
 * @property {number} rows
 * @property {LoadedFolders} loaded
 * @property {(what: string) => void} tell
 */

/** @param {Size} size */
async function measureReferences({ bench, wants, measured, rows, tell }) {
  const compared = SYNC_CASES.filter(({ id, reference }) => reference === "send" && wants(id));
  const shapes = new Set(compared.map(({ shape }) => shape));
  if (wants("send") || wants("curl")) shapes.add("flat");
  for (const shape of shapes) {
    const { body } = makeAnswer({ rows, shape, change: "none" });
    bench.erp.serve(body);
    measured.bytes.set(rows, shape === "flat" ? body.length : (measured.bytes.get(rows) ?? 0));
    tell(`bare $http.send, ${shape}`);
    const send = await measureSend(bench);
    add(measured, referenceKey(rows, "send", shape), send);
    if (!wants("curl") || shape !== "flat") continue;
    tell("bare curl");
    add(measured, referenceKey(rows, "curl", shape), await measureCurl(bench));
  }
}

/** @param {Size} size */
async function measureCases(size) {
  for (const one of SYNC_CASES.filter(({ id }) => size.wants(id))) {
    const run = await makeRun(size, one);
    for (const transport of size.options.transports) {
      size.tell(`${one.title}, ${transport}`);
      const sample = await measureSync(size.bench, { ...run, transport });
      add(size.measured, syncKey(size.rows, one.id, transport), { ...sample });
    }
  }
}

/** @param {Size} size */
async function measureStalls(size) {
  const transport = size.options.transports[0] ?? "auto";
  for (const one of SYNC_CASES.filter(({ id }) => size.wants(id))) {
    const run = await makeRun(size, one);
    size.tell(`${one.title}: longest stall`);
    size.measured.stalls.set(syncKey(size.rows, one.id, ""), await measureStall(size.bench, { ...run, transport }));
  }
}

/** @param {Size} size */
async function measureLatency(size) {
  const transport = size.options.transports[0] ?? "auto";
  for (const one of SYNC_CASES.filter(({ id }) => id === "first-records" || id === "first-bulk")) {
    const run = await makeRun(size, one);
    size.tell(`what people feel during: ${one.title}`);
    size.measured.people.set(one.id, await measurePeople(size.bench, { ...run, transport }));
  }
}

/** @param {Size} size */
async function measureScripts({ bench, measured, rows, tell }) {
  for (const variant of SCRIPT_VARIANTS) {
    tell(variant.title);
    add(measured, scriptKey(variant.id), await measureScript(bench, variant, rows));
  }
}

/**
 * Serves the case's answer and names the data folder it begins with.
 * @param {Size} size
 * @param {import("./cases.mjs").SyncCase} one
 */
async function makeRun({ bench, rows, loaded }, one) {
  const dataDir = one.loaded ? await loaded.get(one) : bench.template;
  const answer = makeAnswer({ rows, shape: one.shape, change: one.change });
  bench.erp.serve(answer.body);
  return { one, dataDir, rows: answer.rows, loaded: one.loaded ? rows : 0 };
}

/**
 * @param {Measured} measured
 * @param {string} key
 * @param {Record<string, number>} sample
 */
function add({ samples }, key, sample) {
  samples.set(key, [...(samples.get(key) ?? []), sample]);
}
