import { SYNC_CASES } from "./cases.mjs";
import { referenceKey, scriptKey, syncKey } from "./rounds.mjs";
import { SCRIPT_VARIANTS } from "./script.mjs";
import { medians } from "./statistics.mjs";

/**
 * One case with its medians; the ratio is to the reference of the same bench.
 * @typedef {object} CaseResult
 * @property {string} id
 * @property {string} title
 * @property {string} transport
 * @property {number} ms
 * @property {number} store_ms
 * @property {number} push_ms
 * @property {number} rows_s
 * @property {number} us_row
 * @property {number} cpu_us_row CPU time of the server and its curl
 * @property {number} peak_mb
 * @property {number} database_mb
 * @property {number | null} stall_ms longest wait of a tiny write, from one further run
 * @property {number | null} ratio
 * @property {string} ratio_of what the ratio says
 */

/** @typedef {{ id: string, title: string, rows: number, rows_s: number, cpu_us_row: number, peak_mb: number }} ScriptResult */

/**
 * Medians and ratios of everything that was measured.
 * @param {import("./rounds.mjs").Measured} measured
 * @param {import("./options.mjs").BenchOptions} options
 */
export function summarize(measured, options) {
  const scripts = scriptResults(measured);
  const best = Math.max(0, ...scripts.map(({ rows_s }) => rows_s));
  const sizes = options.rows.map((rows) => ({
    rows,
    answer_mb: round((measured.bytes.get(rows) ?? 0) / 1024 / 1024, 1),
    references: referenceResults(measured, rows),
    cases: caseResults(measured, rows, options.transports, best),
  }));
  return {
    sizes,
    scripts,
    queue: measured.queue.length === 0 ? null : mapValues(medians(measured.queue), Math.round),
    people: Object.fromEntries(
      [...measured.people].map(([id, { quiet, during }]) => [id, { quiet: rounded(quiet), during: rounded(during) }]),
    ),
  };
}

/** @param {import("./rounds.mjs").Measured} measured */
function scriptResults({ samples }) {
  /** @type {ScriptResult[]} */
  const results = [];
  for (const { id, title } of SCRIPT_VARIANTS) {
    const found = samples.get(scriptKey(id));
    if (!found) continue;
    const { rows = 0, rows_s = 0, cpu_ms = 0, peak_mb = 0 } = medians(found);
    results.push({
      id,
      title,
      rows,
      rows_s: Math.round(rows_s),
      cpu_us_row: round((cpu_ms * 1000) / rows, 1),
      peak_mb: Math.round(peak_mb),
    });
  }
  return results;
}

/**
 * @param {import("./rounds.mjs").Measured} measured
 * @param {number} rows
 */
function referenceResults({ samples }, rows) {
  /** @type {Record<string, Record<string, number>>} */
  const results = {};
  for (const [name, shape] of [
    ["curl", "flat"],
    ["send", "flat"],
    ["send", "nested"],
    ["send", "pretty"],
  ]) {
    const found = samples.get(referenceKey(rows, String(name), String(shape)));
    if (found) results[`${name} ${shape}`] = mapValues(medians(found), (value) => round(value, 1));
  }
  return results;
}

/**
 * @param {import("./rounds.mjs").Measured} measured
 * @param {number} rows
 * @param {string[]} transports
 * @param {number} bestScript rows a second; 0: not measured
 */
function caseResults({ samples, stalls }, rows, transports, bestScript) {
  /** @type {CaseResult[]} */
  const results = [];
  for (const one of SYNC_CASES) {
    for (const transport of transports) {
      const found = samples.get(syncKey(rows, one.id, transport));
      if (!found) continue;
      const sample = medians(found);
      const send = samples.get(referenceKey(rows, "send", one.shape));
      const { ms = 0, store_ms = 0, push_ms = 0, cpu_ms = 0, peak_mb = 0, database_mb = 0 } = sample;
      const rows_s = (rows / ms) * 1000;
      const stall = stalls.get(syncKey(rows, one.id, ""));
      results.push({
        id: one.id,
        title: one.title,
        transport,
        ...{ ms: Math.round(ms), store_ms: Math.round(store_ms), push_ms: Math.round(push_ms) },
        rows_s: Math.round(rows_s),
        us_row: round((ms * 1000) / rows, 1),
        cpu_us_row: round((cpu_ms * 1000) / rows, 1),
        peak_mb: Math.round(peak_mb),
        database_mb: Math.round(database_mb),
        stall_ms: stall === undefined ? null : Math.round(stall),
        ...ratioOf(one, { ms, rows_s }, send && medians(send), bestScript),
      });
    }
  }
  return results;
}

/**
 * @param {import("./cases.mjs").SyncCase} one
 * @param {{ ms: number, rows_s: number }} measured
 * @param {Record<string, number> | undefined} send
 * @param {number} bestScript
 */
function ratioOf({ reference }, { ms, rows_s }, send, bestScript) {
  if (reference === "send") {
    return { ratio: send?.ms ? round(ms / send.ms, 2) : null, ratio_of: "time of a bare $http.send" };
  }
  return { ratio: bestScript > 0 ? round(rows_s / bestScript, 1) : null, ratio_of: "speed of the best script" };
}

/** @param {import("./people.mjs").PeopleLatency} latency */
function rounded(latency) {
  return mapValues(latency, (one) => mapValues({ ...one }, (value) => round(value, 1)));
}

/**
 * @template {object} T
 * @template R
 * @param {T} values
 * @param {(value: T[keyof T]) => R} change
 * @returns {Record<keyof T & string, R>}
 */
function mapValues(values, change) {
  return /** @type {any} */ (Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)])));
}

/**
 * @param {number} value
 * @param {number} digits
 */
function round(value, digits) {
  return Number(value.toFixed(digits));
}
