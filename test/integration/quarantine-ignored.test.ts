import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { Quarantine, withoutKey } from "./quarantine-instance";

const q = new Quarantine();

describe("a row that is ignored", () => {
  it("no longer holds its group back nor makes runs partial, until the ERP sends another text for it", async () => {
    const { server } = q;
    const { before, after } = q.factory.rekeyRow(6);
    const held = q.rows().map((row, at) => (at === 6 ? before : row));
    q.answer(6, withoutKey(after));
    expect(await server.runSync()).toMatchObject({
      status: "partial",
      rows_invalid: 1,
      rows_left: 0,
      rows_superseded: 0,
    });
    const record = await q.only();

    expect(await q.on(record, "ignore")).toMatchObject({ record: record.id, ignored: true });
    await server.updateSettings({ on_missing: "delete" });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_invalid: 0, pushed_deleted: 1 });
    await server.expectTarget(held.filter((row) => row !== before));
    expect(await q.only()).toMatchObject({ id: record.id, count: 2 });
    expect((await q.only()).ignored_at).not.toBe("");

    q.answer(6, withoutKey({ ...after, BOM_QTY: 99 }));
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1 });
    expect(await q.only()).toMatchObject({ ignored_at: "", count: 1 });
    await server.updateSettings({ on_missing: "keep" });
  });

  it("waits in quarantine again when that is undone, and is ignored in the console too", async () => {
    const { server } = q;
    q.answer(2, withoutKey(q.rows()[2] as ErpRow));
    await server.runSync();
    const record = await q.only();
    expect(await server.cli(["ignore", "aswan_bom", record.id])).toMatchObject({ code: 0 });
    expect((await server.runSync()).status).toBe("succeeded");
    expect(await q.on(record, "ignore", { undo: true })).toMatchObject({ ignored: false });
    expect((await server.runSync()).status).toBe("partial");
    expect(await server.cli(["ignore", "aswan_bom"])).toMatchObject({ code: 2 });
    expect(await server.cli(["ignore", "aswan_bom", "nobody"])).toMatchObject({ code: 1 });
  });

  it("comes back with another text when it has a raw row", async () => {
    const { server, factory } = q;
    const { before } = factory.breakRow(5, "BOM_QTY", "ten");
    await server.runSync();
    const record = await q.only();
    await q.on(record, "ignore");
    factory.changeRow(5, { CUST_ORDER_STATUS: "X" });
    expect(await server.runSync()).toMatchObject({ status: "partial" });
    expect(await q.only()).toMatchObject({ id: record.id, ignored_at: "", count: 2 });
    factory.changeRow(5, before);
  });
});

describe("a row in quarantine that has a raw row", () => {
  it("is mapped again by its replay, and only it", async () => {
    const { server, factory } = q;
    const { before } = factory.breakRow(5, "BOM_QTY", "ten");
    await server.runSync();
    const record = await q.only();
    await expect(q.on(record, "replay")).rejects.toMatchObject({
      response: { error: expect.stringContaining('"ten"') },
    });
    await server.updateSettings({ mapping: { BOM_QTY: { from: "PO_QTY" } } });
    expect(await q.on(record, "replay")).toMatchObject({ rows: 1, mended: 1 });
    const { streams } = await server.pb.send("/api/erp/status", {});
    expect(streams[0].replay_due).toBe((await server.rows("erp_raw_data")).length - 1);
    await server.expectTarget(q.rows().map((row, at) => (at === 5 ? { ...row, BOM_QTY: row.PO_QTY } : row)));
    expect(await q.open()).toEqual([]);
    factory.changeRow(5, before);
  });

  it("is mended in its raw row, not in the record", async () => {
    const { server, factory } = q;
    const { before } = factory.breakRow(5, "BOM_QTY", "ten");
    await server.runSync();
    const record = await q.only();
    const refused = q.failed.update(record.id, { raw_data: before });
    const message = expect.stringContaining(`mend payload_json of the record ${record.raw_row} in erp_raw_data`);
    await expect(refused).rejects.toMatchObject({ response: { data: { raw_data: { message } } } });
    factory.changeRow(5, before);
  });
});
