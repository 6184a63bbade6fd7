import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Factory, type PocketBaseServer, STREAM, TARGET, waitFor } from "./harness";
import { startSlowRun } from "./in-flight";
import { everything, type Listed, startSynced, syncAndTell } from "./mirror-instance";

let server: PocketBaseServer;
let factory: Factory;
let erp: Awaited<ReturnType<typeof startSynced>>["erp"];
beforeAll(async () => {
  ({ server, factory, erp } = await startSynced(80));
});

// Each test begins with a target that is equal to the ERP.
beforeEach(async () => {
  erp.setRows(null);
  erp.clearFaults();
  await server.updateSettings({ on_missing: "keep", paused: false });
  await syncAndTell(server);
});

type DryRun = Record<string, Listed> & { rows: Record<string, number>; run_in_progress: string; waiting: number };

function dryRun(body: Record<string, unknown> = {}): Promise<DryRun> {
  return server.action("dry-run", body) as unknown as Promise<DryRun>;
}

const KINDS = ["insert", "update", "rekey", "return", "delete", "mark", "keep", "hold", "quarantine"];

function countsOf(found: DryRun): Record<string, number> {
  const counts = KINDS.map((kind) => [kind, found[kind]?.count ?? -1] as const);
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

describe("a dry run", () => {
  it("finds nothing where nothing changed, and leaves nothing behind", async () => {
    const tables = await everything(server);
    const found = await dryRun();
    expect(await everything(server)).toBe(tables);
    expect(readdirSync(join(server.dataDir, "erp_spool"))).toEqual([]);
    expect(countsOf(found)).toEqual({});
    expect(found).toMatchObject({ stream: STREAM, dry_run: true, run_in_progress: "", waiting: 0 });
    expect(found.rows).toMatchObject({ rows_fetched: factory.rows().length, rows_unchanged: factory.rows().length });
  });

  it("tells what a run would do, writes nothing at all, and the run then does just that", async () => {
    factory.removeRow(60);
    await syncAndTell(server);
    factory.returnRow();
    const { before } = factory.changeRow(0, { BOM_QTY: 99.5, WO_STATUS: "C" });
    const added = factory.addRow();
    const rekeyed = factory.rekeyRow((row) => row.PURC_REQ_ID === "");
    factory.supersedeRow();
    const left = factory.removeRow(40).length;
    factory.breakRow(50);
    factory.touchRow(55);

    const tables = await everything(server);
    const found = await dryRun();
    expect(await everything(server)).toBe(tables);

    expect(countsOf(found)).toEqual({
      insert: 1,
      update: 1,
      rekey: 1,
      return: 1,
      delete: 1,
      keep: left,
      quarantine: 1,
    });
    expect(found.rows).toMatchObject({ rows_touched: 1 });
    expect(found.update?.items[0]?.changes).toEqual([
      { field: "WO_STATUS", from: before.WO_STATUS, to: "C" },
      { field: "BOM_QTY", from: before.BOM_QTY, to: 99.5 },
    ]);
    expect(found.insert?.items[0]?.values).toMatchObject({ BOM_QTY: added.BOM_QTY, BOM_PIECE_NO: added.BOM_PIECE_NO });
    const moved = found.rekey?.items[0];
    const [raw] = await server.rows("erp_raw_data", `target_id = "${moved?.target_id}"`);
    expect(moved?.was_erp_id).toBe(raw?.erp_id);
    expect(moved?.erp_id).not.toBe(raw?.erp_id);
    expect(moved?.changes).toContainEqual({ field: "PURC_REQ_ID", from: "", to: rekeyed.after.PURC_REQ_ID });
    expect(found.quarantine?.items[0]?.rejection).toMatchObject({ stage: "normalize", field: "BOM_QTY", value: "ten" });

    const run = await server.runSync();
    for (const [name, count] of Object.entries(found.rows)) expect([name, run[name]]).toEqual([name, count]);
    const logged = await server.rows("push_log", `run = "${run.id}"`);
    const told = logged.filter((entry) => entry.response_code === 200);
    const expected = [...(found.update?.items ?? []), ...(found.rekey?.items ?? [])];
    expect(told).toHaveLength(expected.length);
    for (const row of expected) expect(told.find((each) => each.erp_id === row.erp_id)?.changes).toEqual(row.changes);
    const of = (code: number) => logged.filter((entry) => entry.response_code === code).map((entry) => entry.erp_id);
    expect(of(201)).toEqual(found.insert?.items.map((row) => row.erp_id));
    expect(of(204)).toEqual(found.delete?.items.map((row) => row.erp_id));
    expect(countsOf(await dryRun())).toEqual({});
  });

  it("tells a row whose key cannot be read, and that it holds deletes back", async () => {
    const rows = factory.rows();
    factory.supersedeRow();
    const without = factory.rows();
    erp.setRows([...without, { ...rows[0], TXN_TYPE: ["no key"] as unknown as string } as never]);
    const tables = await everything(server);
    const found = await dryRun();
    expect(countsOf(found)).toEqual({ quarantine: 1 });
    expect(found.quarantine?.items).toMatchObject([{ erp_id: "", rejection: { stage: "key", field: "TXN_TYPE" } }]);
    expect(await everything(server)).toBe(tables);
    factory.returnRow();
  });

  it("tells what would be marked, deleted or held", async () => {
    const options = { source: { from_date_param: "fromDate" }, mark: { fields: { WO_STATUS: "GONE" } } };
    await server.updateSettings({ on_missing: "mark", options });
    await server.runSync();
    const gone = factory.removeRow(25);
    const { mark } = await dryRun();
    expect(mark).toMatchObject({ count: gone.length });
    expect(mark?.items[0]?.changes).toEqual([{ field: "WO_STATUS", from: gone[0]?.WO_STATUS, to: "GONE" }]);

    await server.updateSettings({ on_missing: "delete" });
    expect(countsOf(await dryRun())).toEqual({ delete: gone.length });
    erp.setRows(factory.rows().slice(0, 30));
    const many = countsOf(await dryRun());
    expect(Object.keys(many)).toEqual(["hold"]);
    expect(many.hold).toBeGreaterThan(10);
    expect(countsOf(await dryRun({ empty: true }))).toEqual({ delete: many.hold });
  });

  it("shows one page of each list", async () => {
    for (let at = 0; at < 5; at++) factory.changeRow(at, { BOM_QTY: 500 + at });
    const all = (await dryRun()).update;
    const first = (await dryRun({ limit: 2 })).update;
    const last = (await dryRun({ limit: 2, page: 3 })).update;
    expect(first).toMatchObject({ count: all?.count, items: all?.items.slice(0, 2) });
    expect(last).toMatchObject({ count: all?.count, items: all?.items.slice(4, 6) });
    await expect(dryRun({ limit: 1001 })).rejects.toMatchObject({
      status: 400,
      response: { error: 'limit: "1001" is not a whole number from 1 to 1000' },
    });
  });
});

describe("asking for a dry run", () => {
  it("works while the stream is paused and while a run is in progress, and says so", async () => {
    factory.changeRow(3);
    await server.updateSettings({ paused: true });
    expect((await dryRun()).update?.count).toBe(1);
    await server.updateSettings({ paused: false });

    const running = await startSlowRun(server, erp, 3000);
    const found = await dryRun();
    expect(found.run_in_progress).toBe(running);
    expect(found.update?.count).toBe(1);
    expect((await server.settings()).lock_owner).toContain(running);
    const ended = await waitFor(
      async () => (await server.runs(`id = "${running}" && finished_at != ""`))[0],
      "the run",
    );
    expect(ended).toMatchObject({ status: "succeeded", rows_changed: 1 });
  });

  it("answers with the ERP's failure and leaves no trace of it", async () => {
    const tables = await everything(server);
    erp.setRows([]);
    const asked = await server.action("dry-run").catch((error) => error);
    expect([asked.status, asked.response.error]).toEqual([
      400,
      `the ERP answered with no rows at all; nothing was changed. If that is right: erp sync ${STREAM} --empty`,
    ]);
    erp.setRows(null);
    erp.fault({ kind: "status", status: 404 });
    expect((await server.cli(["sync", STREAM, "--dry-run"])).code).toBe(1);
    expect(await everything(server)).toBe(tables);
  });

  it("is never a real run, however it is asked for", async () => {
    factory.changeRow(7, { BOM_QTY: 700 });
    const tables = await everything(server);
    for (const body of [{ dry_run: true }, { "dry-run": true }]) {
      expect(await server.action("sync", body)).toMatchObject({ dry_run: true, update: { count: 1 } });
    }
    const shown = await server.cli(["sync", STREAM, "--dry-run"]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^aswan_bom: a run would .*update 1.*; nothing was written\n/);
    expect(shown.stdout).toMatch(/BOM_QTY [\d.]+ -> 700/);
    const asJson = JSON.parse((await server.cli(["sync", STREAM, "--dry-run", "--json"])).stdout);
    expect(asJson.update).toEqual((await dryRun()).update);
    expect(await everything(server)).toBe(tables);
    expect(await server.rows(TARGET, "BOM_QTY = 700")).toEqual([]);
  });
});
