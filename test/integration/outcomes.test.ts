import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TARGET } from "./harness";
import {
  countsOf,
  dump,
  erpIdOf,
  expectMirror,
  firstTargetId,
  type Installation,
  pushes,
  rawRow,
  startSynced,
  targetRecord,
} from "./outcomes-instance";

describe("what becomes of a row", () => {
  let all: Installation;
  let size: number;
  beforeAll(async () => {
    all = await startSynced();
  });
  beforeEach(() => {
    size = all.factory.rows().length;
  });

  it("nothing, when the ERP sends the same text: not one record is written", async () => {
    const before = await dump(all.server);
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toEqual({ fetched: size, unchanged: size });
    expect(await dump(all.server)).toBe(before);
  });

  it("nothing, when the ERP sends its rows in another order", async () => {
    const before = await dump(all.server);
    all.factory.shuffle();
    expect(countsOf(await all.server.runSync())).toEqual({ fetched: size, unchanged: size });
    expect(await dump(all.server)).toBe(before);
  });

  it("touched, when only what the target lacks has changed: no job, no log entry", async () => {
    const { after } = all.factory.touchRow(4);
    const jobs = await all.server.jobs();
    const before = await rawRow(all.server, erpIdOf(after));
    const run = await all.server.runSync();
    expect(countsOf(run)).toEqual({ fetched: size, touched: 1, unchanged: size - 1 });
    const raw = await rawRow(all.server, erpIdOf(after));
    expect(raw).toMatchObject({ id: before.id, payload_json: after, mapped_hash: before.mapped_hash });
    expect(raw.fingerprint).not.toBe(before.fingerprint);
    expect(raw.fetched_at > before.fetched_at).toBe(true);
    expect(await all.server.jobs()).toEqual(jobs);
    expect(await pushes(all.server, run)).toEqual([]);
    await expectMirror(all);
  });

  it("changed: the same record, and the log says what from and what to", async () => {
    const { after } = all.factory.changeRow(5, { BOM_QTY: 7.5, PO_ETA: "2026-05-04" });
    const id = (await rawRow(all.server, erpIdOf(after))).target_id;
    const before = await targetRecord(all.server, id);
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toEqual({ fetched: size, changed: 1, unchanged: size - 1, updated: 1 });
    const changes = [
      { field: "BOM_QTY", from: before.BOM_QTY, to: 7.5 },
      { field: "PO_ETA", from: before.PO_ETA, to: "2026-05-04 00:00:00.000Z" },
    ];
    expect(await pushes(all.server, run)).toEqual([[`200 ${erpIdOf(after)}`, changes]]);
    expect(await targetRecord(all.server, id)).toMatchObject({ BOM_QTY: 7.5, PO_ETA: "2026-05-04 00:00:00.000Z" });
    const [job] = await all.server.jobs(`run = "${run.id}"`);
    expect(job).toMatchObject({ status: "done", operation: "upsert", retry_count: 0, last_error: "" });
    await expectMirror(all);
  });

  it("rekeyed, when the line gets its purchase order: the target record stays", async () => {
    const { before, after } = all.factory.rekeyRow(({ PURC_REQ_ID }) => PURC_REQ_ID === "");
    const raw = await rawRow(all.server, erpIdOf(before));
    const run = await all.server.runSync();
    expect(countsOf(run)).toEqual({ fetched: size, rekeyed: 1, unchanged: size - 1, updated: 1 });
    const [[pushed, changes] = []] = await pushes(all.server, run);
    expect(pushed).toBe(`200 ${erpIdOf(after)}`);
    expect(changes).toContainEqual({ field: "PURC_REQ_ID", from: "", to: after.PURC_REQ_ID });
    const moved = await rawRow(all.server, erpIdOf(after));
    expect(moved).toMatchObject({ id: raw.id, target_id: raw.target_id, group_key: raw.group_key });
    expect(await targetRecord(all.server, raw.target_id)).toMatchObject({ PURC_REQ_ID: after.PURC_REQ_ID });
    await expect(rawRow(all.server, erpIdOf(before))).rejects.toMatchObject({ status: 404 });
    await expectMirror(all);
  });

  it("new: a record whose id follows from stream and key", async () => {
    const row = all.factory.addRow();
    const run = await all.server.runSync();
    expect(countsOf(run)).toEqual({ fetched: size + 1, new: 1, unchanged: size, inserted: 1 });
    expect(await pushes(all.server, run)).toEqual([[`201 ${erpIdOf(row)}`, null]]);
    const { target_id } = await rawRow(all.server, erpIdOf(row));
    expect(target_id).toBe(firstTargetId(erpIdOf(row)));
    expect(await targetRecord(all.server, target_id)).toMatchObject({ BOM_PIECE_NO: row.BOM_PIECE_NO });
    await expectMirror(all);
  });

  it("all of it in one run, each row by itself", async () => {
    const { factory, server } = all;
    factory.touchRow(1);
    factory.changeRow(2);
    factory.rekeyRow(({ GRN_ID, PURC_ORDER_ID }) => GRN_ID === "" && PURC_ORDER_ID !== "");
    factory.addRow();
    factory.addSibling(9);
    factory.shuffle();
    const run = await server.runSync();
    expect(countsOf(run)).toEqual({
      ...{ fetched: size + 2, touched: 1, changed: 1, rekeyed: 1, new: 2, unchanged: size - 3 },
      ...{ inserted: 2, updated: 2 },
    });
    await expectMirror(all);
  });

  it("stays exact from hour to hour of a working factory", async () => {
    for (let hour = 0; hour < 8; hour++) {
      all.factory.tick();
      const run = await all.server.runSync();
      const { fetched, new: fresh = 0, changed = 0, rekeyed = 0, touched = 0, unchanged = 0 } = countsOf(run);
      expect(run.status).toBe("succeeded");
      expect(fresh + changed + rekeyed + touched + unchanged).toBe(fetched);
    }
    const raws = await all.server.rows("erp_raw_data", 'missing_since != "" && pushed_hash != ""');
    await expectMirror(
      all,
      raws.map((raw) => raw.payload_json),
    );
  });
});

describe("records of other people", () => {
  it("are never touched, and an id they have is not taken", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    const next = factory.addRow();
    const taken = firstTargetId(erpIdOf(next));
    const own = { BOM_WORKORDER_BASE_ID: "MINE", BOM_WORKORDER_SUB_ID: "0", BOM_PIECE_NO: 1 };
    await server.pb.collection(TARGET).create({ ...own, id: taken });
    const twin = { ...next, id: "aaaaaaaaaaaaaaa", BOM_WORKORDER_BASE_ID: "MINE TOO" };
    await server.pb.collection(TARGET).create(twin);
    const before = await server.rows(TARGET, 'BOM_WORKORDER_BASE_ID ~ "MINE"');

    await server.runSync();
    expect((await rawRow(server, erpIdOf(next))).target_id).toBe(firstTargetId(erpIdOf(next), 2));
    factory.removeRow((row) => erpIdOf(row) === erpIdOf(next));
    await server.updateSettings({ on_missing: "delete" });
    expect(countsOf(await server.runSync())).toMatchObject({ left: 1, deleted: 1 });

    expect(await server.rows(TARGET, 'BOM_WORKORDER_BASE_ID ~ "MINE"')).toEqual(before);
    for (const record of before) await server.pb.collection(TARGET).delete(record.id);
    await expectMirror(all);
  });
});

describe("a target record that somebody deleted", () => {
  it("is pushed again by the next run, under its old id", async () => {
    const all = await startSynced();
    const [gone, other] = all.factory.rows();
    if (!gone || !other) throw new Error("the factory has no rows");
    const { target_id } = await rawRow(all.server, erpIdOf(gone));
    await all.server.pb.collection(TARGET).delete(target_id);
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ unchanged: all.factory.rows().length, inserted: 1 });
    expect(await pushes(all.server, run)).toEqual([[`201 ${erpIdOf(gone)}`, null]]);
    expect(await targetRecord(all.server, target_id)).toMatchObject({ BOM_PART_ID: gone.BOM_PART_ID });
    await expectMirror(all);
  });
});
