import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAnswer } from "../../scripts/bench/answer.mjs";
import { type BenchErp, startErp } from "../../scripts/bench/erp.mjs";
import { cpuMs } from "../../scripts/bench/process.mjs";
import { SCRIPT_VARIANTS, targetRecords } from "../../scripts/bench/script.mjs";
import { type PocketBaseServer, startPocketBase, TARGET } from "./harness";

const ROWS = 10_000;
/** Enough for a cost per row, and quickly done. */
const FEW = 2_000;
/** The field that says when a record was written last. */
const WRITTEN_AT = {
  erp_raw_data: "fetched_at",
  job_queue: "updated_at",
  push_log: "sent_at",
  failed_records: "last_seen_at",
  [TARGET]: "updated",
};
const NOTHING = { erp_raw_data: 0, job_queue: 0, push_log: 0, failed_records: 0, [TARGET]: 0 };

/** A plain server of prepared bytes: the costs below are PocketBase's own, and 10,000 rows take milliseconds to send. */
let erp: BenchErp;
let server: PocketBaseServer;
let firstLoadCost: number;
let touchedCost: number;
/** Bytes of SQLite's log after the first load: the most that it ever had, it is not cut. */
let logSize: number;

beforeAll(async () => {
  erp = await startErp();
  server = await startPocketBase({ erpUrl: erp.url });
  await usePush(server, "bulk");
  const first = await syncCost(server, "none");
  expect(first.run).toMatchObject({ status: "succeeded", push_mode: "bulk", rows_new: ROWS, pushed_inserted: ROWS });
  firstLoadCost = first.cpu;
  logSize = statSync(join(server.dataDir, "data.db-wal")).size;
});
afterAll(() => erp.close());

// Costs are CPU time of the PocketBase process, not time on the clock: they hold on a busy machine too. The bounds are
// wide: measured were 1/12 (nothing changed), 1/8 (1 %), 2/5 (unmapped fields against a change of every row), 2/3 (bulk
// against records) and 3/2 (a script).
describe("after a first load of 10,000 rows", () => {
  it("has one raw row, one done job, one log entry and one record for each row", async () => {
    for (const name of ["erp_raw_data", TARGET]) expect(await count(name)).toBe(ROWS);
    expect(await count("job_queue", "status = 'done' && retry_count = 0")).toBe(ROWS);
    expect(await count("push_log", "response_code = 201")).toBe(ROWS);
    expect(await count("job_queue")).toBe(ROWS);
    expect(await count("push_log")).toBe(ROWS);
  });

  it("has written SQLite's log back on its way, not only at its end", () => {
    // Measured: 0.9 times the database, and 2.6 when it is left for the end.
    expect(logSize).toBeLessThan(1.75 * statSync(join(server.dataDir, "data.db")).size);
  });

  it("writes no row anywhere when nothing changed, for a fifth of the cost at most", async () => {
    const { run, cpu } = await syncCost(server, "none");
    expect(run).toMatchObject({ status: "succeeded", rows_unchanged: ROWS, pushed_updated: 0, pushed_unchanged: 0 });
    expect(await writtenSince(run.started_at)).toEqual(NOTHING);
    expect(cpu).toBeLessThan(firstLoadCost / 5);
  });

  it("writes no row anywhere when only the order changed, for a fifth of the cost at most", async () => {
    const { run, cpu } = await syncCost(server, "shuffled");
    expect(run).toMatchObject({ status: "succeeded", rows_unchanged: ROWS });
    expect(await writtenSince(run.started_at)).toEqual(NOTHING);
    expect(cpu).toBeLessThan(firstLoadCost / 5);
  });

  it("writes one row of each kind for each changed row when 1 % changed, and nothing else", async () => {
    const { run, cpu } = await syncCost(server, "changed-1");
    const changed = ROWS / 100;
    expect(run).toMatchObject({ status: "succeeded", rows_changed: changed, pushed_updated: changed });
    const each = { erp_raw_data: changed, job_queue: changed, push_log: changed, [TARGET]: changed };
    expect(await writtenSince(run.started_at)).toEqual({ ...NOTHING, ...each });
    expect(await count("job_queue")).toBe(ROWS + changed);
    expect(await count(TARGET)).toBe(ROWS);
    expect(cpu).toBeLessThan(firstLoadCost / 3);
  });

  it("stores a change of unmapped fields in every row, and queues, logs and pushes nothing for it", async () => {
    const { run, cpu } = await syncCost(server, "unmapped");
    // The 1 % of the test before change back.
    const back = ROWS / 100;
    expect(run).toMatchObject({ status: "succeeded", rows_touched: ROWS - back, rows_changed: back });
    const each = { erp_raw_data: ROWS, job_queue: back, push_log: back, [TARGET]: back };
    expect(await writtenSince(run.started_at)).toEqual({ ...NOTHING, ...each });
    touchedCost = cpu;
  });

  it("pushes a change of every row, which costs far more than storing one that the target does not have", async () => {
    const { run, cpu } = await syncCost(server, "changed-all");
    expect(run).toMatchObject({ status: "succeeded", push_mode: "bulk", rows_changed: ROWS, pushed_updated: ROWS });
    const each = { erp_raw_data: ROWS, job_queue: ROWS, push_log: ROWS, [TARGET]: ROWS };
    expect(await writtenSince(run.started_at)).toEqual({ ...NOTHING, ...each });
    expect(touchedCost).toBeLessThan((cpu * 2) / 3);
  });
});

describe("a first load", () => {
  let records: PocketBaseServer;
  beforeAll(async () => {
    records = await startPocketBase({ erpUrl: erp.url });
  });

  it("in bulk costs no more than record by record", async () => {
    await usePush(records, "records");
    const { run, cpu } = await syncCost(records, "none", FEW);
    expect(run).toMatchObject({ status: "succeeded", push_mode: "records", pushed_inserted: FEW });
    expect(firstLoadCost / ROWS).toBeLessThan(cpu / FEW);
  });

  it("with raw row, job and log costs at most four times what a script's bare records cost", async () => {
    await records.pb.settings.update({ batch: { enabled: true, maxRequests: 1000, timeout: 120 } });
    const script = SCRIPT_VARIANTS.find(({ id }) => id === "batches-of-50");
    const wanted = await targetRecords(records.pb, FEW);
    const before = cpuMs(records.pid);
    await script?.create(records.pb, wanted);
    const cpu = cpuMs(records.pid) - before;
    expect((await records.pb.collection(TARGET).getList(1, 1)).totalItems).toBe(2 * FEW);
    expect(firstLoadCost / ROWS).toBeLessThan((4 * cpu) / FEW);
  });
});

async function usePush(on: PocketBaseServer, mode: string): Promise<void> {
  const { options } = await on.settings();
  await on.updateSettings({ schedule: "", options: { ...options, push: { ...options.push, mode } } });
}

/** Runs the stream on this change of the first answer: the run, and the CPU time it took in ms. */
async function syncCost(on: PocketBaseServer, change: Parameters<typeof makeAnswer>[0]["change"], rows = ROWS) {
  erp.serve(makeAnswer({ rows, shape: "flat", change }).body);
  const before = cpuMs(on.pid);
  const run = await on.runSync();
  return { run, cpu: cpuMs(on.pid) - before };
}

async function count(collection: string, filter = ""): Promise<number> {
  return (await server.pb.collection(collection).getList(1, 1, { filter })).totalItems;
}

/** How many records of each collection were written since this moment of the server's clock. */
async function writtenSince(moment: string): Promise<Record<string, number>> {
  const written: Record<string, number> = {};
  for (const [name, field] of Object.entries(WRITTEN_AT)) {
    written[name] = await count(name, server.pb.filter(`${field} >= {:moment}`, { moment }));
  }
  return written;
}
