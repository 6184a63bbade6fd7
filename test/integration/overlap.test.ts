import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import {
  changeSome,
  expectSettled,
  runCron,
  slowAnswer,
  startQuietly,
  startSlowRun,
  story,
  untilQuiet,
} from "./in-flight";

describe("a trigger while a run works", () => {
  let erp: Erp;
  let server: PocketBaseServer;
  let before: string[];

  beforeAll(async () => {
    erp = await startErp({ factory: new Factory({ rows: 150 }) });
    server = await startQuietly(erp);
  });
  beforeEach(async () => {
    await untilQuiet(server);
    before = await story(server);
  });
  const newStory = async () => (await story(server)).slice(before.length);

  it("is skipped, whoever asks, and exactly one rerun follows when the run ends", async () => {
    const first = await startSlowRun(server, erp, 3000);
    // The answer is on its way: what changes from here on is seen by the rerun only.
    changeSome(erp);
    const asked = erp.requests.length;

    await runCron(server, "erp_sync_aswan_bom");
    const skipped = await waitFor(async () => (await server.runs('status = "skipped"'))[0], "the skipped run");
    expect(skipped).toMatchObject({ trigger: "schedule", skipped_count: 1 });

    const overHttp = await server.action("sync");
    expect(overHttp).toEqual({ run: skipped.id, status: "skipped", rerun: true });
    const console = await server.cli(["sync", "aswan_bom", "--json"]);
    expect(console).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(console.stdout)).toEqual({ run: skipped.id, status: "skipped", rerun: true });
    expect(await server.runs('status = "running"')).toMatchObject([{ id: first }]);

    await untilQuiet(server);
    await runCron(server, "erp_worker");
    await server.cli(["work"]);
    expect(await newStory()).toEqual(["manual succeeded", "schedule skipped x3", "rerun succeeded"]);
    expect(erp.requests.length).toBe(asked + 1);
    await expectSettled(server, erp);
  });

  it("is answered by the console's own process when the console had started the run", async () => {
    slowAnswer(erp, 2000);
    const asked = erp.requests.length;
    const console = server.cli(["sync", "aswan_bom", "--json"]);
    await waitFor(() => erp.requests.length > asked, "the console's run to ask the ERP");
    changeSome(erp);
    expect(await server.action("sync")).toMatchObject({ status: "skipped", rerun: true });

    const { code, stdout } = await console;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ trigger: "console", status: "succeeded" });
    expect(await newStory()).toEqual(["console succeeded", "manual skipped x1", "rerun succeeded"]);
    await expectSettled(server, erp);
  });

  it("is not forgotten when the process is killed: the worker runs it, once", async () => {
    const first = await startSlowRun(server, erp, 60_000);
    await server.action("sync");
    await server.kill();
    changeSome(erp);
    await server.restart();

    const asked = erp.requests.length;
    await Promise.all([runCron(server, "erp_worker"), server.cli(["work"]), server.cli(["work"])]);
    await waitFor(() => erp.requests.length > asked, "the rerun");
    await untilQuiet(server);
    await runCron(server, "erp_worker");
    await server.cli(["work"]);
    expect(await newStory()).toEqual(["manual interrupted", "manual skipped x1", "rerun succeeded"]);
    expect(await server.runs('status = "interrupted"')).toMatchObject([
      { id: first, error: expect.stringContaining("lost its lease") },
    ]);
    expect(erp.requests.length).toBe(asked + 1);
    await expectSettled(server, erp);
  });

  it("does not fire while the stream is paused, but after that", async () => {
    await startSlowRun(server, erp, 60_000);
    await server.action("sync");
    await server.action("pause");
    await untilQuiet(server);
    await runCron(server, "erp_worker");
    await server.cli(["work"]);
    expect(await newStory()).toEqual(["manual stopped", "manual skipped x1"]);

    await server.action("resume");
    await server.cli(["work"]);
    expect(await newStory()).toEqual(["manual stopped", "manual skipped x1", "rerun succeeded"]);
    await expectSettled(server, erp);
  });

  it("does not fire at shutdown, but at the next start", async () => {
    await startSlowRun(server, erp, 60_000);
    await server.action("sync");
    expect(await server.stop()).toBe(0);
    await server.restart();
    expect(await newStory()).toEqual(["manual stopped", "manual skipped x1"]);

    await runCron(server, "erp_worker");
    await waitFor(async () => (await newStory()).length > 2, "the rerun");
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual stopped", "manual skipped x1", "rerun succeeded"]);
    await expectSettled(server, erp);
  });

  it("asks for a new rerun when it comes during the rerun", async () => {
    await startSlowRun(server, erp, 1500);
    await server.action("sync");
    slowAnswer(erp, 1500);
    const asked = erp.requests.length;
    await waitFor(() => erp.requests.length > asked, "the rerun to ask the ERP");
    await server.action("sync");
    await server.action("sync");
    await untilQuiet(server);
    expect(await newStory()).toEqual([
      "manual succeeded",
      "manual skipped x1",
      "rerun succeeded",
      "manual skipped x2",
      "rerun succeeded",
    ]);
    await expectSettled(server, erp);
  });
});
