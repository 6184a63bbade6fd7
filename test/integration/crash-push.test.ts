import { createHash } from "node:crypto";
import type { RecordModel } from "pocketbase";
import { describe, expect, it } from "vitest";
import { MARK, sql, startWithOthers, untilStalled } from "./crash/hooks-of-others";
import { type Phase, phaseOf, reaches, startRun } from "./crash/moment";
import { expectRecovered } from "./crash/recovery";
import { Factory, type PocketBaseServer, STREAM, TARGET } from "./harness";

function ids(records: RecordModel[]): string[] {
  return records.map((record) => record.id).sort();
}

async function interrupted(server: PocketBaseServer): Promise<string[]> {
  return ids(await server.runs("status = 'interrupted'"));
}

/** Fewer fields than rows() reads: this looks at everything after each kill. */
function few(server: PocketBaseServer, collection: string, fields: string, filter = ""): Promise<RecordModel[]> {
  return server.pb.collection(collection).getFullList({ batch: 1000, fields, filter });
}

async function countTarget(server: PocketBaseServer): Promise<number> {
  return (await server.pb.collection(TARGET).getList(1, 1, { fields: "id" })).totalItems;
}

/** Target, raw row, job and push_log tell the same story, whatever instant the process died at. */
async function expectAllOrNothing(server: PocketBaseServer): Promise<void> {
  const raw = await few(server, "erp_raw_data", "id,pushed_hash,target_id");
  const all = await few(server, "job_queue", "id,payload_ref,status");
  const jobs = new Map(all.map((job) => [job.payload_ref as string, job]));
  const pushed = raw.filter((row) => row.pushed_hash !== "");
  const told = pushed.map((row) => jobs.get(row.id));
  expect(told.map((job) => job?.status)).toEqual(told.map(() => "done"));
  expect(ids(await few(server, TARGET, "id"))).toEqual(pushed.map((row) => row.target_id).sort());
  const log = await few(server, "push_log", "job_id", "response_code = 201");
  expect(log.map((entry) => entry.job_id).sort()).toEqual(told.map((job) => job?.id).sort());
}

describe("scenario C: a crash while jobs are processing", () => {
  it("returns them to the queue with an attempt counted, and pushes each once", async () => {
    const factory = new Factory({ seed: 21, rows: 400 });
    factory.changeRow(150, MARK);
    const { server } = await startWithOthers(factory, {}, "stall");
    const runId = await startRun(server);
    await untilStalled(server, "before");
    await server.kill();
    await server.restart({ TEST_TARGET: "" });
    const stuck = ids(await server.jobs("status = 'processing'"));
    expect(stuck.length).toBeGreaterThan(1);
    expect(await phaseOf(server, runId)).toBe("drain");

    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length });
    expect(await interrupted(server)).toEqual([runId]);
    expect(ids(await server.jobs("retry_count = 1"))).toEqual(stuck);
    expect(await server.jobs("retry_count > 1")).toEqual([]);
    await expectRecovered(server, factory.rows());
  });

  it("keeps a row in quarantine that went bad before it was ever pushed", async () => {
    const factory = new Factory({ seed: 27, rows: 60 });
    const { before: good } = factory.changeRow(30, MARK);
    const { server } = await startWithOthers(factory, {}, "stall");
    await startRun(server);
    await untilStalled(server, "before");
    await server.kill();
    factory.breakRow(30);
    await server.restart({ TEST_TARGET: "" });

    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1 });
    expect(await server.jobs("status != 'done'")).toMatchObject([{ status: "dead", retry_count: 2 }]);
    expect(await server.rows("failed_records")).toMatchObject([{ field: "BOM_QTY", value: "ten", resolved_at: "" }]);
    await server.expectTarget(factory.rows().filter((row) => typeof row.BOM_QTY === "number"));

    factory.changeRow(30, good);
    await server.runSync();
    await expectRecovered(server, factory.rows());
  });

  it("lets a row that kills its worker each time die alone, and a person bring it back", async () => {
    const factory = new Factory({ seed: 22, rows: 120 });
    factory.changeRow(60, MARK);
    const options = { retry: { max_retries: 2 } };
    const { server } = await startWithOthers(factory, options, "stall");
    const stuck: number[] = [];
    for (let times = 1; times <= 3; times++) {
      await startRun(server);
      await untilStalled(server, "before", times);
      await server.kill();
      await server.restart();
      stuck.push((await server.jobs("status = 'processing'")).length);
    }
    expect(stuck).toEqual([expect.any(Number), 1, 1]);

    await server.runSync();
    const [dead, ...others] = await server.jobs("status != 'done'");
    expect(others).toEqual([]);
    expect(dead).toMatchObject({ status: "dead", retry_count: 3 });
    expect(dead?.last_error).toContain("the worker stopped in the middle of this job");
    const log = await server.rows("push_log", `job_id = '${dead?.id}'`);
    expect(log.map((entry) => entry.response_code)).toEqual([500]);
    await server.expectTarget(factory.rows().filter((row) => row.WO_ASW_STATUS !== MARK.WO_ASW_STATUS));

    await server.restart({ TEST_TARGET: "" });
    await server.pb.send("/api/erp/jobs/retry", { method: "POST", body: { stream: STREAM, job: dead?.id } });
    expect((await server.cli(["work", STREAM])).stdout).toContain("1 pushed, 0 failed");
    await expectRecovered(server, factory.rows());
  });
});

describe("scenario D: a crash around the end of a push", () => {
  const lastRow = (factory: Factory) => factory.rows().length - 1;

  it("keeps nothing of a push that did not commit", async () => {
    const factory = new Factory({ seed: 23, rows: 300 });
    factory.changeRow(lastRow(factory), MARK);
    const { server } = await startWithOthers(factory, {}, "stall");
    await startRun(server);
    await untilStalled(server, "before");
    await server.kill();
    await server.restart({ TEST_TARGET: "" });
    await expectAllOrNothing(server);
    await server.runSync();
    await expectRecovered(server, factory.rows());
  });

  it("does not push again what had committed, although nobody was told", async () => {
    const factory = new Factory({ seed: 24, rows: 300 });
    factory.changeRow(lastRow(factory), MARK);
    const { server } = await startWithOthers(factory, {}, "stall after");
    await startRun(server);
    await untilStalled(server, "after");
    await server.kill();
    await server.restart({ TEST_TARGET: "" });
    await expectAllOrNothing(server);
    const before = ids(await server.rows("push_log"));
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length });
    expect(await server.rows("push_log")).toHaveLength(before.length + run.pushed_inserted);
    await expectRecovered(server, factory.rows());
  });

  /** Kills a push again and again, each time as soon as it has written something; answers the runs it died in. */
  async function strike(
    server: PocketBaseServer,
    phase: Phase,
    written: () => Promise<number>,
    until: number,
    check: () => Promise<void> = async () => {},
  ): Promise<string[]> {
    const killed: string[] = [];
    for (let before = await written(); killed.length < 3 && before < until; before = await written()) {
      const runId = await startRun(server);
      await reaches(server, runId, phase);
      while ((await written()) === before);
      await server.kill();
      await server.restart();
      if ((await phaseOf(server, runId)) === phase) killed.push(runId);
      await check();
    }
    expect(killed).not.toEqual([]);
    return killed;
  }

  it.each<[string, Phase, number]>([
    ["records", "drain", 800],
    ["bulk", "ingest", 3000],
  ])("loses and repeats nothing, however often it strikes the first push of %s", async (mode, phase, rows) => {
    const factory = new Factory({ seed: 25, rows });
    const { server } = await startWithOthers(factory, { push: { mode, batch_size: 10 } });
    const all = factory.rows().length;
    const killed = await strike(
      server,
      phase,
      () => countTarget(server),
      all,
      () => expectAllOrNothing(server),
    );
    const missing = all - (await few(server, "erp_raw_data", "id")).length;
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_new: missing });
    expect(await interrupted(server)).toEqual(expect.arrayContaining(killed));
    await expectRecovered(server, factory.rows());
  });

  it("loses and repeats nothing, however often it strikes a push of changes in bulk", async () => {
    const factory = new Factory({ seed: 28, rows: 800 });
    const all = factory.rows().length;
    const { server } = await startWithOthers(factory, { push: { mode: "bulk", batch_size: 10 } });
    await server.runSync();
    for (let at = 0; at < all; at++) factory.changeRow(at, { BOM_QTY: 1000 + at });
    const updated = async () => (await few(server, "push_log", "id", "response_code = 200")).length;
    const killed = await strike(server, "drain", updated, all);
    await server.runSync();
    expect(await interrupted(server)).toEqual(expect.arrayContaining(killed));
    await expectRecovered(server, factory.rows());
  });

  it("finds its own record when the push is known to the target only", async () => {
    const factory = new Factory({ seed: 26, rows: 40 });
    const { server } = await startWithOthers(factory, {});
    await server.runSync();
    const [done] = await server.jobs();
    const raw = await server.pb.collection("erp_raw_data").getOne(done?.payload_ref);
    const digest = createHash("sha256").update(`${STREAM}\n${raw.erp_id}`).digest("hex");
    expect(raw.target_id).toBe(digest.slice(0, 15));
    await sql(server, `UPDATE erp_raw_data SET pushed_hash = '' WHERE id = '${raw.id}'`, 1);
    await sql(server, `UPDATE job_queue SET status = 'processing', claimed_by = 'gone' WHERE id = '${done?.id}'`, 1);
    await server.kill();
    await server.restart();

    expect((await server.cli(["work", STREAM])).stdout).toContain("1 pushed, 0 failed");
    const log = await server.rows("push_log", `job_id = '${done?.id}'`, "sent_at");
    expect(log.map((entry) => entry.response_body)).toEqual(["inserted", "unchanged"]);
    expect(await server.jobs("retry_count = 1")).toHaveLength(1);
    await expectRecovered(server, factory.rows());
  });
});
