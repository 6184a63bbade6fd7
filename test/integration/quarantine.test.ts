import type { RecordModel } from "pocketbase";
import { beforeEach, describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import {
  countsOf,
  dump,
  erpIdOf,
  expectMirror,
  type Installation,
  pushes,
  rawRow,
  startSynced,
} from "./outcomes-instance";

let all: Installation;
let rows: ErpRow[];
beforeEach(async () => {
  all = await startSynced({ rows: 20 });
  rows = all.factory.rows();
});

function openRecords(): Promise<RecordModel[]> {
  return all.server.rows("failed_records", 'resolved_at = ""', "erp_id,stage");
}

describe("a known row with a value that its field cannot take", () => {
  it("goes to quarantine, and the target keeps its last good version", async () => {
    const { after } = all.factory.breakRow(2, "BOM_QTY", "ten");
    all.factory.changeRow(4);
    const run = await all.server.runSync();
    expect(run.status).toBe("partial");
    expect(run.error).toMatch(/^1 row.*quarantine/);
    const size = rows.length;
    expect(countsOf(run)).toEqual({ fetched: size, unchanged: size - 2, changed: 1, invalid: 1, updated: 1 });
    await all.server.expectTarget(all.factory.rows().map((row, at) => (at === 2 ? (rows[2] as ErpRow) : row)));

    const raw = await rawRow(all.server, erpIdOf(after));
    expect(raw).toMatchObject({ payload_json: after });
    expect(raw.mapped_hash).toBe(raw.pushed_hash);
    expect(await all.server.jobs('status != "done"')).toEqual([]);
    const [record, ...more] = await openRecords();
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      ...{ stream: "aswan_bom", run: run.id, raw_row: raw.id, erp_id: erpIdOf(after), raw_data: after },
      ...{ stage: "normalize", field: "BOM_QTY", value: "ten", count: 1, ignored_at: "" },
    });
    const { BOM_QTY, ...mapped } = rows[2] as ErpRow;
    expect(record?.mapped_data).toMatchObject({ WO_PRODUCT_CODE: mapped.WO_PRODUCT_CODE });
    expect(record?.mapped_data).not.toHaveProperty("BOM_QTY");
    expect(record?.error_message).toContain('"ten"');
    expect(record?.expected).not.toBe("");
  });

  it("has one record however often it comes, with the newest text and value", async () => {
    all.factory.breakRow(2, "BOM_QTY", "ten");
    await all.server.runSync();
    const before = await dump(all.server);
    const same = await all.server.runSync();
    expect(countsOf(same)).toEqual({ fetched: rows.length, unchanged: rows.length });
    expect(await dump(all.server)).toBe(before);

    const { after } = all.factory.breakRow(2, "BOM_QTY", "eleven");
    expect((await all.server.runSync()).status).toBe("partial");
    expect(await openRecords()).toMatchObject([{ count: 2, value: "eleven", raw_data: after }]);
    await all.server.expectTarget(rows);
  });

  it("is resolved when the ERP sends what the target has: nothing is pushed", async () => {
    all.factory.breakRow(2, "BOM_QTY", "ten");
    await all.server.runSync();
    all.factory.changeRow(2, rows[2]);
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(await pushes(all.server, run)).toEqual([]);
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });

  it("is resolved when the ERP sends something new that is right: it is pushed", async () => {
    all.factory.breakRow(2, "BOM_QTY", "ten");
    await all.server.runSync();
    const { after } = all.factory.changeRow(2, { BOM_QTY: 10 });
    const run = await all.server.runSync();
    expect(await pushes(all.server, run)).toMatchObject([[`200 ${erpIdOf(after)}`, [{ field: "BOM_QTY", to: 10 }]]]);
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });

  it("is resolved when the row leaves, and the target keeps what on_missing says", async () => {
    const { after } = all.factory.breakRow(2, "BOM_QTY", "ten");
    await all.server.runSync();
    all.factory.removeRow((row) => erpIdOf(row) === erpIdOf(after));
    const run = await all.server.runSync();
    expect([run.status, run.rows_left]).toEqual(["succeeded", 1]);
    expect(await openRecords()).toEqual([]);
    await all.server.expectTarget(rows);
  });

  it("tells every field that is wrong in one record", async () => {
    all.factory.breakRow(2, "BOM_QTY", "ten");
    all.factory.breakRow(2, "WO_CREATE_DATE", "yesterday");
    await all.server.runSync();
    const [record] = await openRecords();
    expect(record?.error_message).toContain('"ten"');
    expect(record?.error_message).toContain('"yesterday"');
    expect(await openRecords()).toHaveLength(1);

    all.factory.changeRow(2, rows[2]);
    await all.server.runSync();
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });
});

describe("a new row that cannot be mapped", () => {
  const isOf = (row: ErpRow) => (each: ErpRow) => erpIdOf(each) === erpIdOf(row);
  /** The line gets another key and a bad value at once: is it the old row under a new name? */
  async function replaceByBroken(): Promise<{ old: ErpRow; broken: ErpRow }> {
    const old = rows[3] as ErpRow;
    all.factory.rekeyRow(3);
    const { after: broken } = all.factory.breakRow(3, "BOM_QTY", "ten");
    const run = await all.server.runSync();
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toMatchObject({ invalid: 1 });
    expect(countsOf(run)).not.toHaveProperty("superseded");
    await all.server.expectTarget(rows);
    const raw = await rawRow(all.server, erpIdOf(broken));
    expect(raw).toMatchObject({ mapped_hash: "", pushed_hash: "", payload_json: broken });
    expect(await openRecords()).toMatchObject([{ raw_row: raw.id, count: 1 }]);
    return { old, broken };
  }

  it("holds back the row it may replace, run after run, until it is mended", async () => {
    const { old, broken } = await replaceByBroken();
    const again = await all.server.runSync();
    expect(countsOf(again)).not.toHaveProperty("superseded");
    await all.server.expectTarget(rows);
    expect((await rawRow(all.server, erpIdOf(old))).missing_since).toBe("");

    all.factory.changeRow(isOf(broken), { BOM_QTY: 12 });
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ changed: 1, superseded: 1, inserted: 1, deleted: 1 });
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });

  it("lets that row go when a person ignores it", async () => {
    const { old } = await replaceByBroken();
    const [record] = await openRecords();
    await all.server.pb.send(`/api/erp/failed/${record?.id}/ignore`, { method: "POST" });
    expect((await openRecords())[0]?.ignored_at).not.toBe("");
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toMatchObject({ superseded: 1, deleted: 1 });
    await all.server.expectTarget(rows.filter((row) => !isOf(old)(row)));
  });

  it("is resolved when it goes away, and the row it held back goes too", async () => {
    const { old, broken } = await replaceByBroken();
    all.factory.removeRow(isOf(broken));
    await all.server.updateSettings({ on_missing: "delete" });
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(await openRecords()).toEqual([]);
    await all.server.expectTarget(rows.filter((row) => !isOf(old)(row)));
    await expectMirror(all);
  });
});
