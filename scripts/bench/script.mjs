import { onFreshServer } from "./measure.mjs";
import { makeRow } from "./rows.mjs";
import { TARGET } from "./server.mjs";

/** No more rows than this: the speed stays the same, and one by one takes long. */
const MOST_ROWS = 10_000;

/**
 * What somebody would write instead: a Node script that fetches nothing, compares nothing, logs nothing, and creates
 * the records over HTTP.
 * @typedef {{ id: string, title: string, create: (pb: import("pocketbase").default, records: object[]) => Promise<void> }} ScriptVariant
 */

/** @type {ScriptVariant[]} */
export const SCRIPT_VARIANTS = [
  { id: "one-by-one", title: "script, one by one", create: (pb, records) => createSome(pb, records, 1) },
  { id: "8-at-a-time", title: "script, 8 at a time", create: (pb, records) => createSome(pb, records, 8) },
  { id: "batches-of-50", title: "script, batches of 50", create: (pb, records) => createBatches(pb, records, 50) },
  {
    id: "batches-of-1000",
    title: "script, batches of 1,000",
    create: (pb, records) => createBatches(pb, records, 1000),
  },
];

/**
 * @param {import("./measure.mjs").Bench} bench
 * @param {ScriptVariant} variant
 * @param {number} rows
 */
export function measureScript(bench, variant, rows) {
  const count = Math.min(rows, MOST_ROWS);
  return onFreshServer(bench, { dataDir: bench.template, hooksDir: bench.benchHooksDir }, async (server) => {
    const records = await targetRecords(server.pb, count);
    const before = server.cpuMs();
    const began = performance.now();
    await variant.create(server.pb, records);
    const ms = performance.now() - began;
    return { ms, rows: count, rows_s: (count / ms) * 1000, cpu_ms: server.cpuMs() - before, peak_mb: server.peakMb() };
  });
}

/**
 * The rows with the fields the target has.
 * @param {import("pocketbase").default} pb
 * @param {number} count
 * @returns {Promise<object[]>}
 */
export async function targetRecords(pb, count) {
  const { fields } = await pb.collections.getOne(TARGET);
  const names = new Set(fields.map((/** @type {{ name: string }} */ field) => field.name));
  return Array.from({ length: count }, (_, n) =>
    Object.fromEntries(Object.entries(makeRow(n)).filter(([name]) => names.has(name))),
  );
}

/**
 * @param {import("pocketbase").default} pb
 * @param {object[]} records
 * @param {number} atOnce
 */
async function createSome(pb, records, atOnce) {
  let next = 0;
  const worker = async () => {
    for (let record = records[next++]; record !== undefined; record = records[next++]) {
      await pb.collection(TARGET).create(record);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * @param {import("pocketbase").default} pb
 * @param {object[]} records
 * @param {number} size
 */
async function createBatches(pb, records, size) {
  for (let at = 0; at < records.length; at += size) {
    const batch = pb.createBatch();
    for (const record of records.slice(at, at + size)) batch.collection(TARGET).create(record);
    await batch.send();
  }
}
