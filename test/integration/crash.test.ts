import { statSync } from "node:fs";
import { join } from "node:path";
import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { MARK, sql, startWithOthers } from "./crash/hooks-of-others";
import { phaseOf, reaches, startRun } from "./crash/moment";
import { expectRecovered, spools } from "./crash/recovery";
import { Factory, type PocketBaseServer, STREAM, TARGET, waitFor } from "./harness";

/** Every record that a sync writes, to see whether anything changed. */
async function everything(server: PocketBaseServer) {
  const collections = [TARGET, "erp_raw_data", "job_queue", "push_log", "failed_records"];
  return Promise.all(collections.map((collection) => server.rows(collection)));
}

async function expectInterrupted(server: PocketBaseServer, runId: string): Promise<void> {
  const run = await server.pb.collection("sync_runs").getOne(runId);
  expect(run).toMatchObject({ status: "interrupted", error: expect.stringContaining("killed") });
}

describe.each(["curl", "http"])("scenario A: a crash during the fetch by %s", (transport) => {
  const factory = new Factory({ seed: 11, rows: 300 });
  let server: PocketBaseServer;
  let runId = "";
  let before: unknown;
  beforeAll(async () => {
    const { erp, ...started } = await startWithOthers(factory);
    server = started.server;
    const { options } = await server.settings();
    await server.updateSettings({ options: { ...options, source: { ...options.source, transport } } });
    await server.runSync();
    for (let row = 0; row < 20; row++) factory.changeRow(row);
    before = await everything(server);

    erp.fault({ kind: "slow", bytesPerMs: 40 });
    const asked = erp.requests.length;
    runId = await startRun(server);
    const arrived = () => statSync(join(server.dataDir, "erp_spool", runId, "answer.json")).size > 0;
    await waitFor(transport === "curl" ? arrived : () => erp.requests.length > asked, "the answer to begin");
    await server.kill();
    await server.restart();
  });

  it("has stored nothing of the answer, and clears what lay on disk", async () => {
    expect(await phaseOf(server, runId)).toBe("fetch");
    expect(await everything(server)).toEqual(before);
    expect(spools(server)).toEqual([]);
  });

  it("starts over with the next run, which takes the lease at once", async () => {
    expect((await server.settings()).lock_owner).toContain(runId);
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", rows_changed: 20, pushed_updated: 20, transport });
    await expectInterrupted(server, runId);
    await expectRecovered(server, factory.rows());
  });
});

describe("scenario A: a crash while the answer is being stored", () => {
  const factory = new Factory({ seed: 12, rows: 1500 });
  let server: PocketBaseServer;
  let runId = "";
  beforeAll(async () => {
    // It takes a moment to see that the ingest has begun; where it was over by then, somebody else begins anew.
    for (let tries = 0; tries < 5; tries++) {
      server = (await startWithOthers(factory)).server;
      runId = await startRun(server);
      await reaches(server, runId, "ingest");
      await server.kill();
      await server.restart();
      if ((await phaseOf(server, runId)) === "ingest") return;
    }
    throw new Error("no kill hit the ingest: give the factory more rows");
  });

  it("keeps what was stored, each row with its job, and the next run brings only the rest", async () => {
    const stored = await server.rows("erp_raw_data");
    const queued = await server.jobs();
    expect(stored.length).toBeLessThan(factory.rows().length);
    expect(queued.map((job) => job.payload_ref).sort()).toEqual(stored.map((row) => row.id));
    expect(await server.targetRows()).toEqual([]);

    const run = await server.runSync();
    const rest = factory.rows().length - stored.length;
    expect(run).toMatchObject({ status: "succeeded", rows_unchanged: stored.length, rows_new: rest });
    await expectInterrupted(server, runId);
    await expectRecovered(server, factory.rows());
    const jobs = await server.jobs();
    expect(jobs).toHaveLength(factory.rows().length);
    expect(jobs.map((job) => job.id)).toEqual(expect.arrayContaining(queued.map((job) => job.id)));
  });
});

describe("scenario B: a raw row is stored, but has no job", () => {
  const factory = new Factory({ seed: 13, rows: 50 });
  let server: PocketBaseServer;
  beforeAll(async () => {
    server = (await startWithOthers(factory)).server;
    await server.runSync();
  });

  /** Takes rows back to the moment when they were stored: no job, nothing pushed. */
  async function forget(rows: RecordModel[]): Promise<void> {
    const list = rows.map((row) => `'${row.id}'`).join();
    const jobs = `SELECT id FROM job_queue WHERE payload_ref IN (${list})`;
    const runs = `UPDATE sync_runs SET pushed_inserted = pushed_inserted - ${rows.length} WHERE rows_new > 0`;
    await sql(server, runs, 1);
    await sql(server, `DELETE FROM push_log WHERE job_id IN (${jobs})`, rows.length);
    await sql(server, `DELETE FROM job_queue WHERE payload_ref IN (${list})`, rows.length);
    const targets = `SELECT target_id FROM erp_raw_data WHERE id IN (${list})`;
    await sql(server, `DELETE FROM ${TARGET} WHERE id IN (${targets})`, rows.length);
    await sql(server, `UPDATE erp_raw_data SET pushed_hash = '' WHERE id IN (${list})`, rows.length);
    await server.kill();
    await server.restart();
  }

  it.each(["tick", "run"])("is given one by the next %s and reaches the target under its own id", async (by) => {
    const raw = await server.rows("erp_raw_data");
    await forget(by === "tick" ? raw.slice(0, 7) : raw.slice(-7));
    expect(await server.jobs()).toHaveLength(raw.length - 7);

    if (by === "tick") expect((await server.cli(["work", STREAM])).stdout).toContain("7 pushed, 0 failed");
    else expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_new: 0, pushed_inserted: 7 });
    const again = await server.rows("erp_raw_data");
    expect(again.map((row) => [row.id, row.target_id])).toEqual(raw.map((row) => [row.id, row.target_id]));
    expect(await server.jobs()).toHaveLength(raw.length);
    await expectRecovered(server, factory.rows());
  });
});

describe("scenario E: a crash while a failed job waits for its next attempt", () => {
  const factory = new Factory({ seed: 14, rows: 50 });
  let server: PocketBaseServer;
  beforeAll(async () => {
    factory.changeRow(20, MARK);
    server = (await startWithOthers(factory, {}, "refuse")).server;
  });

  it("waits on over the restart, and is pushed when its time has come", async () => {
    expect(await server.runSync()).toMatchObject({ status: "partial", pushed_failed: 1 });
    await server.kill();
    await server.restart({ TEST_TARGET: "" });
    const [waiting] = await server.jobs("status = 'failed'");
    expect(waiting).toMatchObject({ retry_count: 1, last_error: expect.stringContaining("the target is busy") });

    await server.cli(["work", STREAM]);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", pushed_inserted: 0 });
    expect(await server.jobs("status != 'done'")).toEqual([waiting]);
    expect(await server.targetRows()).toHaveLength(factory.rows().length - 1);

    const id = waiting?.id ?? "";
    await sql(server, `UPDATE job_queue SET next_attempt_at = '2026-01-01 00:00:00.000Z' WHERE id = '${id}'`, 1);
    expect((await server.cli(["work", STREAM])).stdout).toContain("1 pushed, 0 failed");
    const log = await server.rows("push_log", `job_id = '${id}'`, "sent_at");
    expect(log.map((entry) => entry.response_code)).toEqual([500, 201]);
    await expectRecovered(server, factory.rows());
  });
});
