import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { startConsole } from "./console-process";
import { freeze, thaw } from "./freeze";
import { Factory, type PocketBaseServer, pause, startErp, waitFor } from "./harness";
import { expectSettled, pushingRun, runCron, SLOW_PUSH, setOptions, startQuietly, startSlowRun } from "./in-flight";
import { hooksWithSlowTarget } from "./test-hooks";

const ROWS = 400;
const hooksDir = hooksWithSlowTarget(3);

async function startFresh(env: NodeJS.ProcessEnv = {}): Promise<{ erp: Erp; server: PocketBaseServer }> {
  const erp = await startErp({ factory: new Factory({ rows: ROWS }) });
  const server = await startQuietly(erp, { hooksDir, env: { ERP_LOG_JSON: "1", ...env } });
  await setOptions(server, SLOW_PUSH);
  return { erp, server };
}

/** Every row of the ERP was pushed by exactly one entry of push_log. */
async function expectPushedOnce(server: PocketBaseServer, erp: Erp): Promise<void> {
  const entries = await server.rows("push_log", "response_code = 201");
  expect(entries.length).toBe(erp.factory.rows().length);
  expect(new Set(entries.map((entry) => entry.erp_id)).size).toBe(entries.length);
}

describe("a run that lost its lease in the middle of its push", () => {
  it("writes nothing more when it wakes up, and the run that took over finishes the work", async () => {
    const { erp, server } = await startFresh({ ERP_LEASE_SECONDS: "2" });
    const { run: old } = await server.action("sync");
    await pushingRun(server);
    await freeze(server.pid, server.dataDir);
    // Whatever the frozen run still holds in memory is old from here on.
    for (let at = 0; at < erp.factory.rows().length; at++) erp.factory.changeRow(at);

    const stateNow = async () => JSON.parse((await server.cli(["status", "--json"])).stdout).streams[0].state;
    const states: string[] = [];
    await waitFor(async () => states.push(await stateNow()) && states.includes("abandoned"), "the lease to expire");
    // On a busy machine the lease is over before the first look.
    expect(states.slice(0, -1).filter((state) => state !== "running")).toEqual([]);
    const console = await server.cli(["sync", "aswan_bom", "--json"]);
    expect(console).toMatchObject({ code: 0 });
    const taker = JSON.parse(console.stdout);
    expect(taker).toMatchObject({ status: "succeeded", rows_changed: erp.factory.rows().length });

    thaw(server.pid);
    await waitFor(() => server.log().includes('"lease lost"'), "the old run to notice");
    const [interrupted] = await server.runs(`id = "${old}"`);
    expect(interrupted).toMatchObject({ status: "interrupted", error: expect.stringContaining("lost its lease") });
    const entries = await server.rows("push_log", "", "sent_at");
    const byOld = entries.filter((entry) => entry.run === old);
    expect(byOld.length).toBe(interrupted?.pushed_inserted);
    expect(byOld.length).toBeLessThan(erp.factory.rows().length);
    for (const { sent_at } of byOld) expect(sent_at < taker.started_at).toBe(true);
    expect(await server.rows("sync_runs")).toHaveLength(2);
    await expectPushedOnce(server, erp);
    await expectSettled(server, erp);
  });
});

describe("a run whose process was killed in the middle of its push", () => {
  it("loses its lease at once to the next run, although it has not expired", async () => {
    const { erp, server } = await startFresh({ ERP_LEASE_SECONDS: "3600" });
    await server.action("sync");
    const { id } = await pushingRun(server);
    await server.kill();

    const console = await server.cli(["sync", "aswan_bom", "--json"]);
    expect(console).toMatchObject({ code: 0 });
    expect(JSON.parse(console.stdout)).toMatchObject({
      status: "succeeded",
      rows_unchanged: erp.factory.rows().length,
      rows_new: 0,
    });
    await server.restart();
    expect(await server.runs(`id = "${id}"`)).toMatchObject([{ status: "interrupted" }]);
    await expectPushedOnce(server, erp);
    await expectSettled(server, erp);
  });

  it("loses it at once to the worker of the next start, which finishes the push", async () => {
    const { erp, server } = await startFresh({ ERP_LEASE_SECONDS: "3600" });
    await server.action("sync");
    const { id } = await pushingRun(server);
    await server.kill();
    await server.restart();

    // One record a transaction could take longer than the worker may hold the stream.
    await setOptions(server, { push: { mode: "records" } });
    await runCron(server, "erp_worker");
    await waitFor(async () => (await server.jobs('status != "done"')).length === 0, "the worker to finish");
    await waitFor(async () => (await server.settings()).lock_owner === "", "the worker to leave");
    expect(await server.runs()).toMatchObject([{ id, status: "interrupted" }]);
    expect(erp.requests).toHaveLength(1);
    await expectPushedOnce(server, erp);
    await expectSettled(server, erp);
  });
});

describe("a tick", () => {
  let erp: Erp;
  let server: PocketBaseServer;
  beforeAll(async () => {
    ({ erp, server } = await startFresh());
  });

  it("leaves when it meets a run", async () => {
    const id = await startSlowRun(server, erp, 60_000);
    const { lock_owner } = await server.settings();
    const console = await server.cli(["work", "--json"]);
    expect(console).toMatchObject({ code: 0 });
    expect(JSON.parse(console.stdout)).toMatchObject([{ stream: "aswan_bom", did: "busy" }]);
    expect(await server.settings()).toMatchObject({ lock_owner });
    expect(await server.runs()).toMatchObject([{ id, status: "running" }]);
    await server.stop();
    await server.restart();
  });

  it("is waited for by a run", async () => {
    await server.action("sync");
    await pushingRun(server);
    await server.kill();
    await server.restart();
    const pushed = (await server.rows("push_log")).length;

    const tick = await startConsole(server, ["work", "--json"], { ERP_BASE_URL: erp.url });
    await waitFor(async () => (await server.rows("push_log")).length > pushed, "the tick to push");
    await freeze(tick.pid, server.dataDir);
    const { lock_owner } = await server.settings();
    expect(lock_owner).toContain("|tick:");
    const run = server.runSync();
    await pause(600);
    expect(await server.runs('status = "running" || status = "skipped"')).toEqual([]);
    expect(await server.settings()).toMatchObject({ lock_owner });

    thaw(tick.pid);
    const { code, stdout } = await tick.ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ did: "worked", failed: 0 }]);
    const { status, started_at } = await run;
    expect(status).toBe("succeeded");
    const byTick = await server.rows("push_log", 'run = ""', "sent_at");
    expect(byTick.length).toBe(JSON.parse(stdout)[0].pushed);
    for (const { sent_at } of byTick) expect(sent_at <= started_at).toBe(true);
    await expectPushedOnce(server, erp);
    await expectSettled(server, erp);
  });
});
