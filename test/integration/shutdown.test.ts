import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { startConsole } from "./console-process";
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
} from "./in-flight";
import { hooksWithSlowTarget } from "./test-hooks";

let erp: Erp;
let server: PocketBaseServer;

/** The run ended as stopped with this error, its lease is free, no job is in work, and its files are gone. */
async function expectStopped(id: string, error: string): Promise<void> {
  const [run] = await server.runs(`id = "${id}"`);
  expect(run).toMatchObject({ status: "stopped", error });
  expect(run?.finished_at).not.toBe("");
  expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });
  expect(await server.jobs('status = "processing"')).toEqual([]);
  const spool = join(server.dataDir, "erp_spool");
  expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
}

async function expectNextRunExact(): Promise<void> {
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  await expectSettled(server, erp);
}

describe("SIGTERM", () => {
  beforeAll(async () => {
    erp = await startErp({ factory: new Factory({ rows: 200 }) });
    server = await startQuietly(erp);
    await server.runSync();
  });
  beforeEach(async () => {
    erp.clearFaults();
    await setOptions(server, {});
    changeSome(erp);
  });

  it("ends a run in the middle of its fetch with curl, and the next run is exact", async () => {
    const id = await startSlowRun(server, erp, 60_000);
    expect(await server.stop()).toBe(0);
    await server.restart();
    await expectStopped(id, "PocketBase is shutting down");
    await expectNextRunExact();
  });

  it("ends a run inside $http.send, which cannot be cancelled, and the next run is exact", async () => {
    await setOptions(server, { source: { transport: "http" } });
    erp.fault({ kind: "hang", before: "headers" });
    const asked = erp.requests.length;
    const { run } = await server.action("sync");
    await waitFor(() => erp.requests.length > asked, "the run to ask the ERP");
    expect(await server.stop()).toBe(0);
    await server.restart();
    await expectStopped(String(run), "PocketBase was shut down during a transfer that cannot be stopped");
    await expectNextRunExact();
  });

  it("ends a run of the console, beside a server that goes on", async () => {
    slowAnswer(erp, 60_000);
    const asked = erp.requests.length;
    const console = await startConsole(server, ["sync", "aswan_bom", "--json"], { ERP_BASE_URL: erp.url });
    await waitFor(() => erp.requests.length > asked, "the console's run to ask the ERP");
    console.signal("SIGTERM");
    const { code, stdout } = await console.ended;
    const [run] = await server.runs('trigger = "console"');
    await expectStopped(String(run?.id), "PocketBase is shutting down");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ id: run?.id, status: "stopped" });
    await expectNextRunExact();
  });
});

describe("SIGTERM in the middle of a push", () => {
  it("leaves nothing in work, and the next run pushes the rest", async () => {
    erp = await startErp({ factory: new Factory({ rows: 500 }) });
    server = await startQuietly(erp, { hooksDir: hooksWithSlowTarget(3) });
    await setOptions(server, SLOW_PUSH);
    // Not over HTTP: PocketBase waits a second for open requests before it tells us that it stops.
    await runCron(server, "erp_sync_aswan_bom");
    const { id } = await pushingRun(server);
    expect(await server.stop()).toBe(0);
    await server.restart();

    await expectStopped(id, "PocketBase is shutting down");
    const rows = erp.factory.rows().length;
    const pushed = (await server.targetRows()).length;
    expect(pushed).toBeLessThan(rows);
    expect(await server.rows("push_log")).toHaveLength(pushed);
    expect(await server.jobs('status = "done"')).toHaveLength(pushed);
    expect(await server.jobs('status = "queued" && retry_count = 0')).toHaveLength(rows - pushed);

    await setOptions(server, {});
    await expectNextRunExact();
    expect(await server.rows("push_log")).toHaveLength(rows);
    expect(await story(server)).toEqual(["schedule stopped", "manual succeeded"]);
  });
});
