import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import {
  changeSome,
  expectSettled,
  pushingRun,
  runCron,
  SLOW_PUSH,
  setOptions,
  slowAnswer,
  startQuietly,
  startSlowRun,
  story,
  untilQuiet,
} from "./in-flight";
import { hooksWithSlowTarget, hooksWithSql, sql } from "./test-hooks";

let erp: Erp;
let server: PocketBaseServer;
let before: string[];

const newStory = async () => (await story(server)).slice(before.length);
const newestRun = async () => (await server.rows("sync_runs", "", "-@rowid"))[0];

/** What a run in mid fetch had is gone: no rows, no jobs, no file on disk. */
async function expectNothingTaken(): Promise<void> {
  expect(await newestRun()).toMatchObject({ ingested_at: "", rows_fetched: 0, pushed_inserted: 0, pushed_updated: 0 });
  const spool = join(server.dataDir, "erp_spool");
  expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
}

/** Paused: the lock is free and neither schedule nor worker starts anything. After resume a run makes it exact. */
async function expectRestThenExact(): Promise<void> {
  expect(await server.settings()).toMatchObject({ paused: true, lock_owner: "" });
  expect(await server.jobs('status = "processing"')).toEqual([]);
  const told = await newStory();
  const asked = erp.requests.length;
  await runCron(server, "erp_sync_aswan_bom");
  await runCron(server, "erp_worker");
  expect(await server.cli(["work", "--json"])).toMatchObject({ code: 0, stdout: "[]\n" });
  expect(await newStory()).toEqual(told);
  expect(erp.requests.length).toBe(asked);

  await server.action("resume");
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  await expectSettled(server, erp);
}

describe("pausing a stream", () => {
  beforeAll(async () => {
    erp = await startErp({ factory: new Factory({ rows: 200 }) });
    server = await startQuietly(erp);
    await server.runSync();
  });
  beforeEach(async () => {
    erp.clearFaults();
    await setOptions(server, {});
    before = await story(server);
    changeSome(erp);
  });

  it("stops a run in the middle of its fetch with curl", async () => {
    await startSlowRun(server, erp, 60_000);
    await server.action("pause");
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual stopped"]);
    expect(await newestRun()).toMatchObject({ error: 'stream "aswan_bom" was paused' });
    await expectNothingTaken();
    await expectRestThenExact();
  });

  it("stops a run when $http.send comes back, which cannot be cancelled", async () => {
    await setOptions(server, { source: { transport: "http" } });
    await startSlowRun(server, erp, 1500);
    expect(await server.cli(["pause", "aswan_bom"])).toMatchObject({ code: 0, stdout: "aswan_bom is paused\n" });
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual stopped"]);
    await expectNothingTaken();
    await expectRestThenExact();
  });

  it("stops a run that waits for its next attempt", async () => {
    await server.restart({ ERP_FETCH_RETRY_SECONDS: "60" });
    erp.fault({ kind: "status", status: 503 });
    const asked = erp.requests.length;
    await server.action("sync");
    await waitFor(() => erp.requests.length > asked, "the first attempt");
    await server.updateSettings({ paused: true });
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual stopped"]);
    await expectNothingTaken();
    await expectRestThenExact();
  });

  it("keeps away every trigger but one with force", async () => {
    await server.action("pause");
    const error = expect.stringContaining("is paused; resume it");
    await expect(server.action("sync")).rejects.toMatchObject({ status: 409, response: { status: "paused", error } });
    await expect(server.runSync()).rejects.toMatchObject({ status: 409 });
    const console = await server.cli(["sync", "aswan_bom"]);
    expect(console).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("is paused; resume it") });
    const work = await server.cli(["work", "aswan_bom"]);
    expect(work).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("is paused; resume it first") });
    expect(await newStory()).toEqual([]);

    expect(await server.runSync({ force: true })).toMatchObject({ status: "succeeded", rows_changed: 1 });
    await expectSettled(server, erp);
    changeSome(erp);
    const forced = await server.cli(["sync", "aswan_bom", "--force", "--json"]);
    expect(forced).toMatchObject({ code: 0 });
    expect(JSON.parse(forced.stdout)).toMatchObject({ status: "succeeded", rows_changed: 1 });
    expect(await newStory()).toEqual(["manual succeeded", "console succeeded"]);
    await expectRestThenExact();
  });

  it("stops a run that was forced although nobody had paused the stream", async () => {
    slowAnswer(erp, 60_000);
    const asked = erp.requests.length;
    await server.action("sync", { force: true });
    await waitFor(() => erp.requests.length > asked, "the run to ask the ERP");
    await server.action("pause");
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual stopped"]);
    await expectRestThenExact();
  });
});

describe("a paused stream whose run is gone", () => {
  it("is freed by the worker, which pushes nothing", async () => {
    erp = await startErp({ factory: new Factory({ rows: 60 }) });
    server = await startQuietly(erp, { hooksDir: hooksWithSlowTarget(20) });
    await setOptions(server, SLOW_PUSH);
    const { run } = await server.action("sync");
    await pushingRun(server);
    await server.kill();
    await server.restart();
    await server.updateSettings({ paused: true });
    const pushed = (await server.targetRows()).length;
    await runCron(server, "erp_worker");
    await waitFor(async () => (await server.settings()).lock_owner === "", "the worker to free the stream");
    expect(await server.rows("sync_runs", `id = "${run}"`)).toMatchObject([{ status: "interrupted" }]);
    expect(await server.jobs('status = "processing"')).toEqual([]);
    expect(await server.targetRows()).toHaveLength(pushed);
  });
});

describe("pausing a stream while an answer is stored", () => {
  it("stops between two transactions, says how many rows are stored, and the next run stores the others", async () => {
    erp = await startErp({ factory: new Factory({ rows: 1500 }) });
    server = await startQuietly(erp, { hooksDir: hooksWithSql() });
    before = [];
    const slow = "SELECT count(*) FROM sqlite_schema a, sqlite_schema b, json_each('[1,2,3,4,5,6,7,8,9]') c";
    await sql(server, `CREATE TRIGGER slow AFTER INSERT ON erp_raw_data BEGIN ${slow}; END`);
    await server.action("sync");
    const rawRows = () => server.pb.collection("erp_raw_data").getList(1, 1);
    await waitFor(async () => (await rawRows()).totalItems > 0, "the first rows to be stored");
    await server.action("pause");
    await untilQuiet(server);

    const { totalItems: stored } = await rawRows();
    const rows = erp.factory.rows().length;
    expect(stored).toBeLessThan(rows);
    const told = `${stored.toLocaleString("en")} of ${rows.toLocaleString("en")} new or changed rows are stored`;
    expect(await newestRun()).toMatchObject({
      ...{ status: "stopped", ingested_at: "" },
      error: `stream "aswan_bom" was paused; ${told}, the next run stores the others`,
    });
    await sql(server, "DROP TRIGGER slow");
    await expectRestThenExact();
    expect(await newestRun()).toMatchObject({ rows_unchanged: stored, rows_new: rows - stored });
  });
});

describe("pausing a stream in the middle of a push", () => {
  it("returns the jobs to the queue without an attempt and pushes nothing until it is resumed", async () => {
    erp = await startErp({ factory: new Factory({ rows: 600 }) });
    server = await startQuietly(erp, { hooksDir: hooksWithSlowTarget(5) });
    before = [];
    await setOptions(server, SLOW_PUSH);
    await server.action("sync");
    await pushingRun(server);
    await server.action("pause");
    await untilQuiet(server);

    const rows = erp.factory.rows().length;
    const [run] = await server.runs();
    expect(run).toMatchObject({ status: "stopped", rows_new: rows });
    const pushed = Number(run?.pushed_inserted);
    expect(pushed).toBeLessThan(rows);
    expect(await server.targetRows()).toHaveLength(pushed);
    expect(await server.rows("push_log")).toHaveLength(pushed);
    const open = await server.jobs('status != "done"');
    expect(open).toHaveLength(rows - pushed);
    for (const { status, retry_count, claimed_by } of open) {
      expect({ status, retry_count, claimed_by }).toEqual({ status: "queued", retry_count: 0, claimed_by: "" });
    }

    await setOptions(server, {});
    await expectRestThenExact();
    const entries = await server.rows("push_log");
    expect(new Set(entries.map((entry) => entry.erp_id)).size).toBe(rows);
    expect(entries).toHaveLength(rows);
  });
});
