import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, groupOf } from "../erp/row";
import { startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import {
  countsOf,
  dump,
  erpIdOf,
  expectMirror,
  type Installation,
  pushes,
  rawRow,
  startSynced,
  targetRecord,
} from "./outcomes-instance";
import { hooksWithSql, sql } from "./test-hooks";

const HOUR_GLASS = { WO_ASW_STATUS: "GONE" };

/** A line with a single row, so that removing it changes one record. */
function single({ factory }: Installation): ErpRow {
  const rows = factory.rows();
  const row = rows.find((each) => rows.filter((other) => groupOf(other) === groupOf(each)).length === 1);
  if (!row) throw new Error("every line of the factory has several rows");
  return row;
}

function remove({ factory }: Installation, row: ErpRow): void {
  factory.removeRow((each) => erpIdOf(each) === erpIdOf(row));
}

describe("a row that is superseded", () => {
  it("is deleted from the target although on_missing is keep: its line is still there without it", async () => {
    const all = await startSynced();
    all.factory.addSibling(0);
    await all.server.runSync();
    const gone = all.factory.supersedeRow(0);
    const raw = await rawRow(all.server, erpIdOf(gone));
    const run = await all.server.runSync();
    const size = all.factory.rows().length;
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toEqual({ fetched: size, unchanged: size, superseded: 1, deleted: 1 });
    expect(await pushes(all.server, run)).toEqual([[`204 ${erpIdOf(gone)}`, null]]);
    const [job] = await all.server.jobs(`run = "${run.id}"`);
    expect(job).toMatchObject({ status: "done", operation: "delete", payload_ref: raw.id });
    const tombstone = await rawRow(all.server, erpIdOf(gone));
    expect(tombstone).toMatchObject({ mapped_hash: "", pushed_hash: "", held_by: "", payload_json: gone });
    expect(tombstone.missing_since).not.toBe("");
    await expect(targetRecord(all.server, raw.target_id)).rejects.toMatchObject({ status: 404 });
    await expectMirror(all);

    all.factory.returnRow();
    const again = await all.server.runSync();
    expect(countsOf(again)).toMatchObject({ changed: 1, inserted: 1 });
    expect(await rawRow(all.server, erpIdOf(gone))).toMatchObject({ id: raw.id, target_id: raw.target_id });
    await targetRecord(all.server, raw.target_id);
    await expectMirror(all);
  });
});

describe("a line that has left", () => {
  let all: Installation;
  beforeAll(async () => {
    all = await startSynced({ hooksDir: hooksWithSql() });
  });

  it("stays in the target as it was with on_missing keep, and is only noted", async () => {
    const row = single(all);
    const record = await targetRecord(all.server, (await rawRow(all.server, erpIdOf(row))).target_id);
    remove(all, row);
    const run = await all.server.runSync();
    const size = all.factory.rows().length;
    expect(countsOf(run)).toEqual({ fetched: size, unchanged: size, left: 1 });
    expect(await all.server.jobs(`run = "${run.id}"`)).toEqual([]);
    expect((await rawRow(all.server, erpIdOf(row))).missing_since).not.toBe("");
    expect(await targetRecord(all.server, record.id)).toEqual(record);
    await expectMirror(all, [row]);
    const before = await dump(all.server);
    expect(countsOf(await all.server.runSync())).toEqual({ fetched: size, unchanged: size });
    expect(await dump(all.server)).toBe(before);

    all.factory.returnRow();
    expect(countsOf(await all.server.runSync())).toEqual({ fetched: size + 1, changed: 1, unchanged: size });
    expect((await rawRow(all.server, erpIdOf(row))).missing_since).toBe("");
    expect(await targetRecord(all.server, record.id)).toEqual(record);
    await expectMirror(all);
  });

  it("comes back with another key and takes its record with it", async () => {
    const row = single(all);
    remove(all, row);
    await all.server.runSync();
    const raw = await rawRow(all.server, erpIdOf(row));
    all.factory.returnRow([{ ...row, PURC_REQ_ID: "PR-77", PURC_REQ_LINE_NO: 7 }]);
    expect(countsOf(await all.server.runSync())).toMatchObject({ rekeyed: 1, updated: 1 });
    expect(await targetRecord(all.server, raw.target_id)).toMatchObject({ PURC_REQ_ID: "PR-77" });
    await expectMirror(all);
  });

  it("comes back with fewer rows: the others are deleted", async () => {
    const row = single(all);
    const sibling = { ...row, PURC_REQ_ID: "PR-78", PURC_REQ_LINE_NO: 8 };
    all.factory.returnRow([sibling]);
    await all.server.runSync();
    all.factory.removeRow((each) => erpIdOf(each) === erpIdOf(row));
    await all.server.runSync();
    await expectMirror(all, [row, sibling]);
    all.factory.returnRow([row]);
    expect(countsOf(await all.server.runSync())).toMatchObject({ changed: 1, superseded: 1, deleted: 1 });
    await expectMirror(all);
  });

  it("comes back with fewer rows: the others are deleted although the run before was killed in its middle", async () => {
    const row = single(all);
    const sibling = { ...row, PURC_REQ_ID: "PR-79", PURC_REQ_LINE_NO: 9 };
    all.factory.returnRow([sibling]);
    await all.server.runSync();
    all.factory.removeRow((each) => erpIdOf(each) === erpIdOf(row));
    await all.server.runSync();
    all.factory.returnRow([row]);
    // What a run leaves that is killed between its two transactions: the row is back, its sibling not yet decided.
    const half = "UPDATE erp_raw_data SET missing_since = '' WHERE erp_id = {:erpId}";
    expect(await sql(all.server, half, { erpId: erpIdOf(row) })).toBe(1);
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ unchanged: all.factory.rows().length, superseded: 1, deleted: 1 });
    await expectMirror(all);
  });

  it("gets the fields of options.mark with on_missing mark, and its own back when it returns", async () => {
    await setOptions(all.server, { mark: { fields: HOUR_GLASS } });
    await all.server.updateSettings({ on_missing: "mark" });
    const row = single(all);
    const record = await targetRecord(all.server, (await rawRow(all.server, erpIdOf(row))).target_id);
    remove(all, row);
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ left: 1, updated: 1 });
    const changes = [{ field: "WO_ASW_STATUS", from: row.WO_ASW_STATUS, to: "GONE" }];
    expect(await pushes(all.server, run)).toEqual([[`200 ${erpIdOf(row)}`, changes]]);
    const marked = await targetRecord(all.server, record.id);
    expect({ ...marked, updated: record.updated }).toEqual({ ...record, ...HOUR_GLASS });
    await expectMirror(all, [{ ...row, ...HOUR_GLASS }]);
    expect(countsOf(await all.server.runSync())).not.toHaveProperty("left");

    all.factory.returnRow();
    const back = await all.server.runSync();
    expect(await pushes(all.server, back)).toMatchObject([[`200 ${erpIdOf(row)}`, [{ from: "GONE" }]]]);
    await expectMirror(all);
  });

  it("goes with on_missing delete, and comes back under its old id", async () => {
    await all.server.updateSettings({ on_missing: "delete" });
    const row = single(all);
    const { target_id } = await rawRow(all.server, erpIdOf(row));
    remove(all, row);
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toMatchObject({ left: 1, deleted: 1 });
    expect(await pushes(all.server, run)).toEqual([[`204 ${erpIdOf(row)}`, null]]);
    await expectMirror(all);

    all.factory.returnRow();
    expect(countsOf(await all.server.runSync())).toMatchObject({ changed: 1, inserted: 1 });
    expect((await targetRecord(all.server, target_id)).BOM_PIECE_NO).toBe(row.BOM_PIECE_NO);
    await expectMirror(all);
  });
});

describe("a snapshot that asked for something else than the one before", () => {
  it.each(["delete", "mark"])("takes nothing away in its own run, only in the next one: %s", async (onMissing) => {
    const erp = await startErp();
    const rows = erp.factory.rows().slice(0, 20);
    const late = rows.filter((row) => String(row.WO_CREATE_DATE) >= "2026-01-01");
    expect(late).toEqual([]);
    const [first, ...others] = rows.map((row, at) => ({
      ...row,
      WO_CREATE_DATE: at < 1 ? "2025-12-05" : "2026-03-01",
    }));
    if (!first) throw new Error("the factory has no rows");
    erp.setRows([first, ...others] as ErpRow[]);
    const server = await startQuietly(erp);
    await setOptions(server, { mark: { fields: HOUR_GLASS } });
    await server.updateSettings({ on_missing: onMissing });
    await server.runSync();

    await server.updateSettings({ from_date: "2026-02-01" });
    const changed = await server.runSync();
    expect(countsOf(changed)).toEqual({ fetched: 19, unchanged: 19 });
    await server.expectTarget([first, ...others]);
    expect((await rawRow(server, erpIdOf(first))).missing_since).toBe("");

    expect(countsOf(await server.runSync())).toMatchObject({ fetched: 19, left: 1 });
    await server.expectTarget(onMissing === "delete" ? others : [{ ...first, ...HOUR_GLASS }, ...others]);
  });
});
