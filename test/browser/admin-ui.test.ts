import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, STREAM, startErp, waitFor } from "../integration/harness";
import { startQuietly, startSlowRun, untilQuiet } from "../integration/in-flight";
import { cells, columns, openAdminUi, openCollection, openRecord, runCronNow } from "./admin-ui";

let erp: Erp;
let server: PocketBaseServer;
let page: Page;

beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 30 }) });
  server = await startQuietly(erp);
  await server.runSync();
  page = await openAdminUi(server);
});

const newestRun = async () => (await server.runs())[0];

describe("the settings form", () => {
  it("tells what is wrong with a schedule under the schedule, and takes the mended one", async () => {
    const form = await openRecord(page, "sync_settings", STREAM);
    await form.text("schedule").fill("0 6 * * *\n61 * * * *");
    await form.save();
    expect(await form.error("schedule")).toBe(
      'Schedule line 2: "61 * * * *" is not a cron expression (minute must be 0-59).',
    );
    await form.text("schedule").fill("0 6 * * *\n0 18 * * *");
    await form.saved();
    expect(await server.settings()).toMatchObject({ schedule: "0 6 * * *\n0 18 * * *" });
  });

  it("tells what is wrong with an option under the options", async () => {
    const { options } = await server.settings();
    const form = await openRecord(page, "sync_settings", STREAM);
    await form.fillJson("options", { push: { mode: "fast" } });
    await form.save();
    expect(await form.error("options")).toBe('Options.push.mode: "fast" is not one of records, bulk, auto.');
    expect((await server.settings()).options).toEqual(options);
  });

  it("pauses the stream and lets it go on", async () => {
    const earlier = await server.runs();
    const form = await openRecord(page, "sync_settings", STREAM);
    await form.bool("paused").check();
    await form.saved();
    await runCronNow(page, "erp_sync_aswan_bom");
    await expect(server.action("sync")).rejects.toMatchObject({ status: 409, response: { status: "paused" } });
    expect(await server.runs()).toEqual(earlier);

    const again = await openRecord(page, "sync_settings", STREAM);
    await again.bool("paused").uncheck();
    await again.saved();
    erp.factory.changeRow(0);
    await runCronNow(page, "erp_sync_aswan_bom");
    const runs = await waitFor(async () => {
      const now = await server.runs();
      return now.length > earlier.length && now[0]?.status === "succeeded" && now;
    }, "the run");
    expect(runs).toHaveLength(earlier.length + 1);
    expect(runs[0]).toMatchObject({ trigger: "schedule", rows_changed: 1 });
    await server.expectTarget(erp.factory.rows());
  });

  it("stops a run in flight, and leaves its lock alone, although it was opened before the run", async () => {
    const form = await openRecord(page, "sync_settings", STREAM);
    const run = await startSlowRun(server, erp, 60_000);
    await form.bool("paused").check();
    await form.saved();
    await untilQuiet(server);
    expect(await newestRun()).toMatchObject({ id: run, status: "stopped", error: 'stream "aswan_bom" was paused' });
    expect(await server.settings()).toMatchObject({ paused: true, lock_owner: "" });
    erp.clearFaults();
    await server.action("resume");
  });
});

describe("a row in quarantine", () => {
  it("is shown with what is wrong, and mended in the form of its raw row", async () => {
    const { before, after } = erp.factory.breakRow(3, "BOM_QTY", "ten");
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1 });
    const [failed] = await server.rows("failed_records");
    await openCollection(page, "failed_records");
    expect(await cells(page, "error_message")).toEqual([
      'BOM_QTY: "ten" is not a number; expected a number such as 1,234.50',
    ]);

    const form = await openRecord(page, "erp_raw_data", failed?.erp_id);
    await form.fillJson("payload_json", { ...after, BOM_QTY: before.BOM_QTY + 1 });
    await form.saved();
    await runCronNow(page, "erp_worker");
    const rows = erp.factory.rows().map((row, at) => (at === 3 ? { ...row, BOM_QTY: before.BOM_QTY + 1 } : row));
    await waitFor(() => server.expectTarget(rows).then(() => true), "the mended row in the target");
    expect(await server.rows("failed_records", "resolved_at = ''")).toEqual([]);
  });
});

describe("a list", () => {
  it.each([
    ["job_queue", "payload_ref", /^BOM\|W\|AW-[\w.|-]+$/],
    ["push_log", "job_id", /^BOM\|W\|AW-[\w.|-]+\|\d+\s*done$/],
    ["failed_records", "raw_row", /^BOM\|W\|AW-[\w.|-]+$/],
  ])("of %s shows in %s the row's key instead of an id", async (collection, column, shown) => {
    await openCollection(page, collection);
    // Names of related records come a moment after the list.
    const strange = async () => (await cells(page, column)).filter((text) => !shown.test(text));
    await expect.poll(strange, { timeout: 60_000 }).toEqual([]);
  });

  it("of streams begins with what a person asks first", async () => {
    await openCollection(page, "sync_overview");
    expect((await columns(page)).slice(0, 6)).toEqual([
      "id",
      "stream",
      "paused",
      "last_run_status",
      "last_run_at",
      "last_success_at",
    ]);
    const shown = [cells(page, "stream"), cells(page, "paused"), cells(page, "last_run_status")];
    expect(await Promise.all(shown)).toEqual([[STREAM], ["False"], ["partial"]]);
  });
});
