import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Factory, type PocketBaseServer, STREAM, TARGET } from "./harness";
import { everything, type Listed, startSynced, syncAndTell, work } from "./mirror-instance";

let server: PocketBaseServer;
let factory: Factory;
let erp: Awaited<ReturnType<typeof startSynced>>["erp"];
beforeAll(async () => {
  ({ server, factory, erp } = await startSynced(60));
});

// Each test begins with a target that is equal to the ERP.
beforeEach(async () => {
  erp.clearFaults();
  await server.updateSettings({ on_missing: "keep" });
  await syncAndTell(server);
  const { unowned, repair } = await verify({ local: true, repair: true });
  for (const { target_id } of unowned.items) await server.pb.collection(TARGET).delete(target_id);
  if (repair?.queued) await work(server);
});

interface Verified {
  equal: boolean;
  erp: (Record<string, Listed> & { equal: boolean; rows: number }) | null;
  target: { equal: boolean; rows: number; matching: number; kept: number; mendable: number } & Record<Kind, Listed>;
  duplicates: Listed<{ erp_id: string; key: string }>;
  unowned: Listed<{ target_id: string; values: Record<string, unknown>; same_as: string }>;
  repair: { queued: number; busy: boolean } | null;
}
type Kind = "missing" | "extra" | "different";

function verify(body: Record<string, unknown> = {}): Promise<Verified> {
  return server.action("verify", body) as unknown as Promise<Verified>;
}

function told({ target }: Verified): string[] {
  const kinds: Kind[] = ["missing", "extra", "different"];
  return kinds.flatMap((kind) => target[kind].items.map((each) => `${kind} ${each.state.code}`));
}

/** Raw rows that are as they should be. */
async function someRows(count: number) {
  const rows = await server.rows("erp_raw_data", 'missing_since = "" && pushed_hash != ""', "erp_id");
  return rows.slice(5, 5 + count);
}

describe("verify of an exact mirror", () => {
  it("finds all three equal and writes nothing", async () => {
    const tables = await everything(server);
    const found = await verify();
    const rows = factory.rows().length;
    expect(found).toMatchObject({ equal: true, erp: { equal: true, rows }, unowned: { count: 0 }, repair: null });
    expect(found.target).toMatchObject({ equal: true, matching: rows, mendable: 0 });
    expect(await server.cli(["verify", STREAM])).toMatchObject({ code: 0, stderr: "" });
    expect(await everything(server)).toBe(tables);
  });

  it("does not ask the ERP for a local comparison", async () => {
    const asked = erp.requests.length;
    expect(await verify({ local: true })).toMatchObject({ equal: true, erp: null });
    expect(erp.requests).toHaveLength(asked);
  });
});

describe("verify of ERP and raw rows", () => {
  it("tells what the ERP has changed since, and that a run brings it in", async () => {
    factory.changeRow(0, { BOM_QTY: 77 });
    factory.addRow();
    const left = factory.removeRow(30);
    const found = await verify();
    expect(found).toMatchObject({ equal: false, target: { equal: true } });
    expect(found.erp).toMatchObject({
      equal: false,
      insert: { count: 1 },
      update: { count: 1, items: [{ changes: [{ field: "BOM_QTY", to: 77 }] }] },
      keep: { count: left.length },
    });
    const shown = await server.cli(["verify", STREAM]);
    expect(shown.code).toBe(1);
    expect(shown.stdout).toContain(`a run would insert 1, update 1, keep ${left.length}: erp sync ${STREAM}`);
    await server.runSync();
    expect(await verify()).toMatchObject({ equal: true, target: { kept: left.length } });
  });

  it("tells deletes that a run would hold from those it would do", async () => {
    await server.updateSettings({ on_missing: "delete" });
    await server.runSync();
    erp.setRows(factory.rows().slice(0, 30));
    const { equal, erp: found } = await verify();
    expect([equal, found?.delete?.count]).toEqual([false, 0]);
    expect(found?.hold?.count).toBeGreaterThan(10);
    erp.setRows(null);
  });

  it("compares nothing when the ERP does not answer, or answers with no rows", async () => {
    erp.fault({ kind: "status", status: 404 });
    await expect(verify()).rejects.toMatchObject({ status: 400 });
    erp.setRows([]);
    await expect(verify()).rejects.toMatchObject({ status: 400 });
    erp.setRows(null);
  });
});

describe("verify of raw rows and target", () => {
  it("finds a record changed by hand with its fields, and a deleted one", async () => {
    const [changed, deleted] = await someRows(2);
    const record = await server.pb.collection(TARGET).getOne(changed?.target_id);
    const patch = { BOM_QTY: 4711, PO_ETA: "2031-01-01 00:00:00.000Z", WO_STATUS: "" };
    await server.pb.collection(TARGET).update(record.id, patch);
    await server.pb.collection(TARGET).delete(deleted?.target_id);
    const found = await verify();
    expect(found).toMatchObject({ equal: false, erp: { equal: true }, target: { mendable: 2 } });
    expect(told(found)).toEqual(["missing deleted", "different changed"]);
    expect(found.target.missing.items[0]).toMatchObject({ erp_id: deleted?.erp_id, target_id: deleted?.target_id });
    expect(found.target.different.items[0]).toMatchObject({ erp_id: changed?.erp_id, target_id: record.id });
    expect(found.target.different.items[0]?.changes).toEqual([
      { field: "WO_STATUS", from: "", to: record.WO_STATUS },
      { field: "BOM_QTY", from: 4711, to: record.BOM_QTY },
      { field: "PO_ETA", from: "2031-01-01 00:00:00.000Z", to: record.PO_ETA },
    ]);
    expect((await server.cli(["verify", STREAM, "--local"])).stdout).toContain("BOM_QTY is 4711, should be");
  });

  it("lists a foreign record apart, and says whose content it has", async () => {
    const [row] = await someRows(1);
    const { id: _, ...values } = await server.pb.collection(TARGET).getOne(row?.target_id);
    const twin = await server.pb.collection(TARGET).create(values);
    const other = await server.pb.collection(TARGET).create({ ...values, BOM_QTY: 12345 });
    const found = await verify({ repair: true });
    expect(found).toMatchObject({ equal: true, repair: { queued: 0 }, unowned: { count: 2 } });
    const listed = Object.fromEntries(found.unowned.items.map((each) => [each.target_id, each.same_as]));
    expect(listed).toEqual({ [twin.id]: row?.erp_id, [other.id]: "" });
    await server.runSync();
    expect(await server.pb.collection(TARGET).getOne(other.id)).toEqual(other);
  });

  it("tells rows that wait, with the fields they will change", async () => {
    const [row] = await someRows(1);
    await server.updateSettings({ paused: true });
    const payload_json = { ...row?.payload_json, BOM_QTY: 31 };
    await server.pb.collection("erp_raw_data").update(row?.id ?? "", { payload_json });
    const found = await verify({ local: true, repair: true });
    expect(told(found)).toEqual(["different waits"]);
    expect(found.target.different.items[0]?.changes).toEqual([
      { field: "BOM_QTY", from: row?.payload_json.BOM_QTY, to: 31 },
    ]);
    expect(found.repair).toEqual({ queued: 0, busy: false });
    await server.updateSettings({ paused: false });
    await work(server);
    expect(told(await verify({ local: true }))).toEqual([]);
  });

  it("tells rows in quarantine, which it cannot mend, until a person ignores them", async () => {
    const { before } = factory.breakRow(3);
    await server.runSync();
    const found = await verify({ repair: true });
    expect(found).toMatchObject({ equal: false, erp: { equal: true }, repair: { queued: 0 } });
    expect(told(found)).toEqual(["different quarantine"]);
    const [open] = await server.rows("failed_records", 'resolved_at = ""');
    await server.pb.send(`/api/erp/failed/${open?.id}/ignore`, { method: "POST" });
    expect(await verify()).toMatchObject({ equal: true });
    factory.changeRow(3, before);
  });

  it("shows one page of each list", async () => {
    const rows = await someRows(5);
    for (const row of rows) await server.pb.collection(TARGET).update(row.target_id, { BOM_QTY: 9999 });
    const all = (await verify({ local: true })).target.different;
    const second = (await verify({ local: true, limit: 2, page: 2 })).target.different;
    expect(all).toMatchObject({ count: 5, items: rows.map((row) => ({ erp_id: row.erp_id })) });
    expect(second).toEqual({ count: 5, items: all.items.slice(2, 4) });
    await expect(verify({ local: true, limit: 0 })).rejects.toMatchObject({ status: 400 });
    await verify({ local: true, repair: true });
    await work(server);
  });
});

describe("rows that share a key", () => {
  it("are listed and do not make the mirror unequal", async () => {
    factory.identicalTwin(2);
    await server.runSync();
    const found = await verify();
    expect(found).toMatchObject({ equal: true, duplicates: { count: 1 } });
    const [twin] = found.duplicates.items;
    expect(twin?.erp_id).toBe(`${twin?.key}#2`);
  });
});
