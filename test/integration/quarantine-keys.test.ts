import type { RecordModel } from "pocketbase";
import { beforeEach, describe, expect, it } from "vitest";
import { type ErpRow, groupOf } from "../erp/row";
import { countsOf, erpIdOf, expectMirror, type Installation, startSynced } from "./outcomes-instance";

let all: Installation;
let rows: ErpRow[];
beforeEach(async () => {
  all = await startSynced({ rows: 20 });
  rows = all.factory.rows();
  await all.server.updateSettings({ on_missing: "delete" });
});

function openRecords(): Promise<RecordModel[]> {
  return all.server.rows("failed_records", 'resolved_at = ""');
}

async function ignore(record: RecordModel | undefined): Promise<void> {
  await all.server.pb.send(`/api/erp/failed/${record?.id}/ignore`, { method: "POST" });
}

/** Removes the last line and answers the rows that stay. */
function removeLast(): ErpRow[] {
  const last = rows.at(-1) as ErpRow;
  all.factory.removeRow((row) => erpIdOf(row) === erpIdOf(last));
  return rows.filter((row) => groupOf(row) !== groupOf(last));
}

describe("a row whose key cannot be read", () => {
  const UNREADABLE = { BOM_WORKORDER_BASE_ID: { was: "AW-1" } as never };

  it("holds back everything that would go, anywhere, until a person ignores it", async () => {
    all.factory.addRow(UNREADABLE);
    const rest = removeLast();
    const run = await all.server.runSync();
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toEqual({ fetched: rest.length + 1, unchanged: rest.length, invalid: 1 });
    await all.server.expectTarget(rows);
    const [record, ...more] = await openRecords();
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      ...{ stage: "key", error_type: "unreadable_key", raw_row: "", erp_id: "", field: "BOM_WORKORDER_BASE_ID" },
      ...{ value: '{"was":"AW-1"}', count: 1, raw_data: UNREADABLE },
    });
    expect(record?.error_message).toContain("BOM_WORKORDER_BASE_ID");

    await all.server.runSync();
    expect(await openRecords()).toMatchObject([{ id: record?.id, count: 2 }]);
    await all.server.expectTarget(rows);

    await ignore(record);
    const released = await all.server.runSync();
    expect(released.status).toBe("succeeded");
    expect(countsOf(released)).toEqual({
      ...{ fetched: rest.length + 1, unchanged: rest.length },
      ...{ left: rows.length - rest.length, deleted: rows.length - rest.length },
    });
    await all.server.expectTarget(rest);
    expect(await openRecords()).toMatchObject([{ id: record?.id, count: 3 }]);
  });

  it("holds back again when it comes with another text", async () => {
    all.factory.addRow(UNREADABLE);
    await all.server.runSync();
    await ignore((await openRecords())[0]);
    all.factory.changeRow(rows.length, { BOM_QTY: 99 });
    removeLast();
    expect((await all.server.runSync()).status).toBe("partial");
    await all.server.expectTarget(rows);
    expect(await openRecords()).toMatchObject([{ ignored_at: "", count: 1 }]);
  });

  it("is resolved when it goes, and when the ERP sends it right", async () => {
    all.factory.addRow(UNREADABLE);
    all.factory.addRow({ ...UNREADABLE, BOM_QTY: 98 });
    await all.server.runSync();
    expect(await openRecords()).toHaveLength(2);
    all.factory.removeRow((row) => row.BOM_QTY === 98);
    all.factory.changeRow(rows.length, { BOM_WORKORDER_BASE_ID: "AW-1" });
    const run = await all.server.runSync();
    expect([run.status, run.rows_new]).toEqual(["succeeded", 1]);
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });

  it("holds back only its own line when that much can be read", async () => {
    const old = rows[3] as ErpRow;
    all.factory.changeRow(3, { PURC_REQ_ID: ["PR-1"] as never });
    const rest = removeLast();
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ invalid: 1, left: rows.length - rest.length });
    await all.server.expectTarget(rest);
    expect(rest.map((row) => erpIdOf(row))).toContain(erpIdOf(old));
    expect(await openRecords()).toMatchObject([{ stage: "key", field: "PURC_REQ_ID", value: '["PR-1"]' }]);
    all.factory.changeRow(3, { PURC_REQ_ID: "PR-1" });
    expect(countsOf(await all.server.runSync())).toMatchObject({ rekeyed: 1, updated: 1 });
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });

  it("is one record for each text, also when very many rows come without a key", async () => {
    const many = Array.from({ length: 300 }, (_, n) => ({ ...rows[0], ...UNREADABLE, BOM_QTY: n }));
    all.erp.setRows(JSON.stringify([...rows, ...many, many[0]]));
    expect((await all.server.runSync()).rows_invalid).toBe(301);
    await all.server.runSync();
    const counts = (await openRecords()).map((record) => record.count).sort();
    expect(counts).toEqual([...Array(299).fill(2), 4]);
    await all.server.expectTarget(rows);
  });
});

describe("a value of the list that is no row", () => {
  it("goes to quarantine and holds back everything that would go", async () => {
    const rest = removeLast();
    all.erp.setRows(JSON.stringify([...rest, "not a row", 17]));
    const run = await all.server.runSync();
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toEqual({ fetched: rest.length + 2, unchanged: rest.length, invalid: 2 });
    await all.server.expectTarget(rows);
    const records = await openRecords();
    expect(records.map((record) => record.raw_data).sort()).toEqual([17, "not a row"]);
    for (const record of records) {
      expect(record).toMatchObject({ stage: "fetch", error_type: "not_an_object", expected: "a JSON object" });
    }
    for (const record of records) await ignore(record);
    expect((await all.server.runSync()).status).toBe("succeeded");
    await all.server.expectTarget(rest);
    all.erp.setRows(null);
    await all.server.runSync();
    expect(await openRecords()).toEqual([]);
    await expectMirror(all);
  });
});
