import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { type Installation, startWithErp } from "./answers-instance";
import { untilQuiet } from "./in-flight";

let here: Installation;
beforeAll(async () => {
  here = await startWithErp();
  await here.server.updateSettings({ schedule: "" });
});
beforeEach(async () => {
  await here.server.updateSettings({ mapping: {}, paused: false, on_missing: "keep" });
  await replay();
  expect(await here.server.runSync()).toMatchObject({ status: "succeeded" });
  await here.server.expectTarget(here.factory.rows());
});

/** Every purchase order's status becomes the work order's. */
const STATUS_FROM_WORK_ORDER = { PURC_ORDER_STATUS: { from: "WO_STATUS" } };
const withWorkOrderStatus = (rows: ErpRow[]) => rows.map((row) => ({ ...row, PURC_ORDER_STATUS: row.WO_STATUS }));

function replay(body: Record<string, unknown> = {}) {
  return here.server.action("replay", { ...body, wait: true });
}

async function due(): Promise<number> {
  const { streams } = await here.server.pb.send("/api/erp/status", {});
  return streams[0].replay_due;
}

async function versions(): Promise<string[]> {
  return [...new Set((await here.server.rows("erp_raw_data")).map((row) => row.mapping_version))];
}

describe("a replay", () => {
  it.each(["--dry-run", "--older"])(
    "refuses %s, which only an archived answer knows, and writes nothing",
    async (flag) => {
      const { server } = here;
      await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER });
      const before = await server.targetRows();
      const said = await server.cli(["replay", "aswan_bom", "--all", flag]);
      expect(said).toMatchObject({ code: 2 });
      expect(said.stderr).toContain(`${flag} goes with --from-archive only; without it rows are pushed`);
      expect(await server.targetRows()).toEqual(before);
    },
  );

  it("maps every row again after a mapping change and pushes what changed, without asking the ERP", async () => {
    const { server, factory, erp } = here;
    const rows = factory.rows();
    const changed = rows.filter((row) => row.PURC_ORDER_STATUS !== row.WO_STATUS).length;
    expect(changed).toBeGreaterThan(0);
    expect(await due()).toBe(0);
    await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER });
    expect(await due()).toBe(rows.length);
    const asked = erp.requests.length;
    const logged = (await server.rows("push_log")).length;

    expect(await replay()).toMatchObject({
      status: "done",
      rows: rows.length,
      invalid: 0,
      queued: changed,
      pushed_inserted: 0,
      pushed_updated: changed,
      pushed_deleted: 0,
      pushed_failed: 0,
    });
    await server.expectTarget(withWorkOrderStatus(rows));
    expect(erp.requests.length).toBe(asked);
    expect((await server.rows("push_log")).length).toBe(logged + changed);
    expect(await due()).toBe(0);
    expect(await versions()).toHaveLength(1);
    expect((await server.settings()).lock_owner).toBe("");
    expect(await replay()).toMatchObject({ rows: 0, queued: 0, pushed_updated: 0 });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: rows.length });
  });

  it("puts rows in quarantine that the new mapping cannot take, keeps their records, and takes them out again", async () => {
    const { server, factory } = here;
    const rows = factory.rows();
    const most = Math.max(...rows.map((row) => row.BOM_QTY));
    const over = rows.filter((row) => row.BOM_QTY === most).length;
    await server.updateSettings({ mapping: { BOM_QTY: { max: most - 1 } } });
    expect(await replay()).toMatchObject({ rows: rows.length, invalid: over, queued: 0 });
    await server.expectTarget(rows);
    const open = await server.rows("failed_records", "resolved_at = ''");
    expect(open).toHaveLength(over);
    expect(open[0]).toMatchObject({ stage: "validate", field: "BOM_QTY", value: String(most), count: 1 });
    expect(await server.jobs('status != "done"')).toEqual([]);

    await server.updateSettings({ mapping: {} });
    expect(await replay()).toMatchObject({ rows: rows.length, invalid: 0, queued: 0 });
    expect(await server.rows("failed_records", "resolved_at = ''")).toEqual([]);
    const unpushed = (await server.rows("erp_raw_data")).filter((row) => row.mapped_hash !== row.pushed_hash);
    expect(unpushed).toEqual([]);
  });

  it("maps kept rows that left the ERP too, and leaves deleted ones deleted", async () => {
    const { server, factory } = here;
    await server.updateSettings({ on_missing: "delete" });
    const deleted = factory.removeRow(0);
    await server.runSync();
    await server.expectTarget(factory.rows());
    await server.updateSettings({ on_missing: "keep" });
    const kept = factory.removeRow(0);
    await server.runSync();
    await server.expectTarget([...factory.rows(), ...kept]);

    await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER });
    expect(await replay()).toMatchObject({ rows: factory.rows().length + kept.length + deleted.length, invalid: 0 });
    await server.expectTarget(withWorkOrderStatus([...factory.rows(), ...kept]));
    expect(await server.rows("erp_raw_data", "missing_since != ''")).toHaveLength(kept.length + deleted.length);
    factory.returnRow(kept);
    factory.returnRow(deleted);
    await server.runSync();
    await server.expectTarget(withWorkOrderStatus(factory.rows()));
  });

  it("maps all rows again when asked to, although the mapping is the same", async () => {
    expect(await replay()).toMatchObject({ rows: 0 });
    expect(await replay({ all: true })).toMatchObject({
      rows: here.factory.rows().length,
      queued: 0,
      pushed_updated: 0,
    });
  });

  it("answers at once and works on", async () => {
    const { server, factory } = here;
    await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER });
    expect(await server.action("replay")).toEqual({ stream: "aswan_bom", status: "running" });
    await untilQuiet(server);
    await server.expectTarget(withWorkOrderStatus(factory.rows()));
  });

  it("is refused while the stream is paused, unless forced", async () => {
    const { server, factory } = here;
    await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER, paused: true });
    await expect(replay()).rejects.toMatchObject({ status: 409, response: { status: "paused" } });
    expect(await replay({ force: true })).toMatchObject({ rows: factory.rows().length });
    await server.expectTarget(withWorkOrderStatus(factory.rows()));
  });

  it("is the same in the console", async () => {
    const { server, factory } = here;
    await server.updateSettings({ mapping: STATUS_FROM_WORK_ORDER });
    const status = await server.cli(["status"]);
    expect(status.stdout).toMatch(new RegExp(` replay due\naswan_bom .* ${factory.rows().length}\n`));
    const told = await server.cli(["replay", "aswan_bom", "--json"]);
    expect(told).toMatchObject({ code: 0 });
    expect(JSON.parse(told.stdout)).toMatchObject({ status: "done", rows: factory.rows().length });
    await server.expectTarget(withWorkOrderStatus(factory.rows()));
    const again = await server.cli(["replay", "aswan_bom"]);
    expect(again.stdout).toMatch(
      /^aswan_bom: 0 rows mapped again, 0 of them in quarantine, 0 to push; pushed 0 inserts/,
    );
    const wrong = await server.cli(["replay", "aswan_bom", "abc"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('"abc" is a record of the quarantine') });
  });
});
