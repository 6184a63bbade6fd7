import type { RecordModel } from "pocketbase";
import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { Quarantine, withoutKey } from "./quarantine-instance";

const q = new Quarantine();

describe("a row whose key cannot be read", () => {
  it("takes the place of the row it was before once it is mended, and stays mended while the ERP sends the same text", async () => {
    const { server } = q;
    const row = q.rows()[4] as ErpRow;
    q.answer(4, withoutKey({ ...row, BOM_QTY: 40 }));
    expect(await server.runSync()).toMatchObject({
      status: "partial",
      rows_invalid: 1,
      rows_superseded: 0,
      rows_left: 0,
    });
    await server.expectTarget(q.rows());
    const record = await q.only();
    expect(record).toMatchObject({ stage: "key", field: "BOM_PIECE_NO", raw_row: "", count: 1 });

    const mended = { ...row, BOM_QTY: 40 };
    await q.failed.update(record.id, { raw_data: mended });
    // The next hour comes before the replay: the mended text must not be lost.
    await server.runSync();
    expect(await q.only()).toMatchObject({ id: record.id, raw_data: mended, count: 2 });

    const raws = (await server.rows("erp_raw_data")).length;
    expect(await q.on(record, "replay")).toMatchObject({
      rows: 1,
      mended: 1,
      still: [],
      pushed_updated: 1,
      pushed_inserted: 0,
    });
    const healed = q.rows().map((each, at) => (at === 4 ? mended : each));
    await server.expectTarget(healed);
    expect(await server.rows("erp_raw_data")).toHaveLength(raws);
    const closed = await q.failed.getOne(record.id);
    expect(closed.resolved_at).not.toBe("");
    const raw = await server.pb.collection("erp_raw_data").getOne(closed.raw_row);
    expect(raw).toMatchObject({ fingerprint: record.fingerprint, payload_json: mended, missing_since: "" });
    expect(raw.edited_at).not.toBe("");

    expect(await server.runSync()).toMatchObject({
      status: "succeeded",
      rows_invalid: 0,
      rows_unchanged: healed.length,
    });
    await server.expectTarget(healed);
    q.erp.setRows(null);
    q.factory.changeRow(4, { BOM_QTY: 41 });
    expect(await server.runSync()).toMatchObject({
      rows_changed: 1,
      rows_new: 0,
      rows_superseded: 0,
      pushed_updated: 1,
    });
    await server.expectTarget(q.rows());
    expect(await server.pb.collection("erp_raw_data").getOne(raw.id)).toMatchObject({
      erp_id: raw.erp_id,
      edited_at: "",
    });
  });

  it("gets a raw row of its own when it is new, which the good text takes over later", async () => {
    const { server, factory, erp } = q;
    const row = factory.addRow();
    const at = q.rows().length - 1;
    q.answer(at, withoutKey(row));
    await server.runSync();
    const record = await q.only();
    await q.failed.update(record.id, { raw_data: row });
    expect(await q.on(record, "replay")).toMatchObject({ mended: 1, pushed_inserted: 1 });
    await server.expectTarget(q.rows());
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: q.rows().length });
    await server.expectTarget(q.rows());

    erp.setRows(null);
    expect(await server.runSync()).toMatchObject({
      rows_touched: 1,
      rows_new: 0,
      pushed_inserted: 0,
      pushed_deleted: 0,
    });
    await server.expectTarget(q.rows());
  });

  it("replaces the row it was under another key with the next snapshot", async () => {
    const { server, factory } = q;
    const { before, after } = factory.rekeyRow(6);
    q.answer(6, withoutKey(after));
    await server.runSync();
    await server.expectTarget(q.rows().map((row, at) => (at === 6 ? before : row)));
    const record = await q.only();
    await q.failed.update(record.id, { raw_data: after });
    await q.on(record, "replay");
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_superseded: 1 });
    await server.expectTarget(q.rows());
  });

  it("comes twice with the same text: each replay mends one, and no record is made twice", async () => {
    const { server, factory, erp } = q;
    const row = factory.addRow();
    const bad = withoutKey(row);
    erp.setRows(JSON.stringify([...q.rows().slice(0, -1), bad, bad]));
    for (let n = 0; n < 2; n++) {
      await server.runSync();
      const record = await q.only();
      await q.failed.update(record.id, { raw_data: row });
      expect(await q.on(record, "replay")).toMatchObject({ mended: 1 });
    }
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await server.expectTarget([...q.rows(), row]);
    erp.setRows(null);
    await server.runSync();
    await server.expectTarget(q.rows());
  });

  it("is not replayed as long as it cannot be read, and says why", async () => {
    const { server } = q;
    q.answer(4, withoutKey(q.rows()[4] as ErpRow));
    await server.runSync();
    const record = await q.only();
    const error = expect.stringContaining("key field BOM_PIECE_NO");
    await expect(q.on(record, "replay")).rejects.toMatchObject({ status: 400, response: { error, mended: 0 } });
    const told = await server.cli(["replay", "aswan_bom", "--failed"]);
    expect(told).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 rows in quarantine looked at, 0 of them mended"),
    });
    expect(told.stdout).toContain(`${record.id}: key field BOM_PIECE_NO`);
    expect(await q.only()).toEqual(record);

    const refused = q.failed.update(record.id, { raw_data: { ...q.rows()[4], BOM_QTY: "ten" } });
    await expect(refused).rejects.toMatchObject({
      response: { data: { raw_data: { message: expect.stringContaining('"ten"') } } },
    });
    await q.failed.update(record.id, {
      ignored_at: "2020-01-01 00:00:00Z",
      fingerprint: "x",
      resolved_at: "2020-01-01 00:00:00Z",
    });
    expect(await q.only()).toEqual(record);
    await expect(q.server.pb.send("/api/erp/failed/nobody/replay", { method: "POST" })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("rows that are refused because they share their key", () => {
  it("are settled by the replay of the one that a person chooses", async () => {
    const { server, factory } = q;
    const options = { source: { rows_path: "$", from_date_param: "fromDate" } };
    await server.updateSettings({ options: { ...options, diff: { on_duplicate: "reject" } } });
    const chosen = factory.duplicateKey(3, { BOM_QTY: 4711 });
    const other = q.rows()[3] as ErpRow;
    factory.changeRow(3, { BOM_QTY: 4712 });
    const before = q
      .rows()
      .filter((_, at) => at !== 3 && at !== 4)
      .concat(other);
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 2 });
    await server.expectTarget(before);
    const records = await q.open();
    expect(records.map((record) => record.error_type)).toEqual(["duplicate_key", "duplicate_key"]);

    const record = records.find(({ raw_data }) => raw_data.BOM_QTY === 4711) as RecordModel;
    expect(await q.on(record, "replay")).toMatchObject({ mended: 1, pushed_inserted: 0, pushed_updated: 1 });
    const after = q.rows().filter((_, at) => at !== 3);
    expect(after).toContainEqual(chosen);
    await server.expectTarget(after);
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1, rows_unchanged: after.length });
    await server.expectTarget(after);
    factory.changeRow(4, { BOM_QTY: 4712 });
    await server.updateSettings({ options });
  });
});
