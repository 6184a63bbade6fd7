import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, groupOf } from "../erp/row";
import { STREAM } from "./harness";
import { countsOf, dump, erpIdOf, expectMirror, type Installation, pushes, startSynced } from "./outcomes-instance";

/** Removes lines until so many rows are gone; answers those rows. */
function removeRows({ factory }: Installation, count: number): ErpRow[] {
  const gone: ErpRow[] = [];
  while (gone.length < count) {
    const rows = factory.rows();
    const left = rows.find(
      (row) => rows.filter((each) => groupOf(each) === groupOf(row)).length <= count - gone.length,
    );
    if (!left) throw new Error(`no line has ${count - gone.length} rows or fewer`);
    gone.push(...factory.removeRow((row) => erpIdOf(row) === erpIdOf(left)));
  }
  return gone;
}

async function heldRows({ server }: Installation): Promise<string[]> {
  return (await server.rows("erp_raw_data", 'held_by != ""')).map((raw) => raw.erp_id).sort();
}

describe("a snapshot that lacks more than a fifth of the rows", () => {
  let all: Installation;
  let before: ErpRow[];
  let gone: ErpRow[];
  let holding: string;
  beforeAll(async () => {
    all = await startSynced({ rows: 60 });
    await all.server.updateSettings({ on_missing: "delete" });
    before = all.factory.rows();
  });

  it("deletes nothing: the rows are held, and the run says what to do", async () => {
    gone = removeRows(all, Math.floor(before.length / 5) + 1);
    const changed = all.factory.changeRow(0).after;
    const run = await all.server.runSync();
    const size = before.length - gone.length;
    expect(run.status).toBe("partial");
    expect(run.error).toMatch(new RegExp(`^${gone.length} deletes (are )?held`));
    expect(run.error).toContain("erp approve-deletes aswan_bom");
    expect(countsOf(run)).toEqual({
      ...{ fetched: size, unchanged: size - 1, changed: 1, updated: 1 },
      ...{ left: gone.length, held: gone.length },
    });
    expect(await pushes(all.server, run)).toHaveLength(1);
    await all.server.expectTarget(before.map((row) => (erpIdOf(row) === erpIdOf(changed) ? changed : row)));
    const held = await all.server.rows("erp_raw_data", `held_by = "${run.id}"`);
    expect(held.map((raw) => raw.erp_id).sort()).toEqual(gone.map((row) => erpIdOf(row)).sort());
    expect(held.every((raw) => raw.missing_since !== "" && raw.mapped_hash === raw.pushed_hash)).toBe(true);
    holding = run.id;
  });

  it("leaves them held while they stay away, without saying so again", async () => {
    const at = await dump(all.server);
    const run = await all.server.runSync();
    expect([run.status, run.rows_held]).toEqual(["succeeded", 0]);
    expect(await dump(all.server)).toBe(at);
  });

  it("frees those that come back, without a write to the target", async () => {
    const back = gone.splice(0, 3);
    all.factory.returnRow(back);
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ changed: 3 });
    expect(await pushes(all.server, run)).toEqual([]);
    expect(await heldRows(all)).toEqual(gone.map((row) => erpIdOf(row)).sort());
  });

  it("is not released by approving another run", async () => {
    const [newest] = await all.server.runs();
    expect(await all.server.action("approve-deletes", { run: newest?.id })).toMatchObject({ approved: 0 });
    expect(await heldRows(all)).toHaveLength(gone.length);
  });

  it("deletes exactly what is still missing once a person approves", async () => {
    const approved = await all.server.action("approve-deletes");
    expect(approved).toMatchObject({ approved: gone.length, run: holding });
    expect(await heldRows(all)).toEqual([]);
    await all.server.cli(["work", STREAM]);
    await expectMirror(all);
    const deleted = await all.server.rows("push_log", "response_code = 204");
    expect(deleted.map((entry) => entry.erp_id).sort()).toEqual(gone.map((row) => erpIdOf(row)).sort());
    const [run] = await all.server.runs(`id = "${holding}"`);
    expect(run).toMatchObject({ approved_by: "test@example.com", status: "partial" });
    expect(run?.approved_at).not.toBe("");
    expect(await all.server.action("approve-deletes")).toMatchObject({ approved: 0 });
  });

  it("gives a row that comes back after that its old record id again", async () => {
    const back = gone.slice(0, 1);
    all.factory.returnRow(back);
    expect(countsOf(await all.server.runSync())).toMatchObject({ changed: 1, inserted: 1 });
    await expectMirror(all);
  });
});

describe("a snapshot that lacks fewer", () => {
  it("deletes 9 rows however small the stream is, and holds 10", async () => {
    const all = await startSynced({ rows: 30 });
    await all.server.updateSettings({ on_missing: "delete" });
    const nine = removeRows(all, 9);
    const run = await all.server.runSync();
    expect([run.status, run.pushed_deleted, run.rows_held]).toEqual(["succeeded", 9, 0]);
    await expectMirror(all);
    all.factory.returnRow(nine);
    await all.server.runSync();
    removeRows(all, 10);
    const held = await all.server.runSync();
    expect([held.status, held.pushed_deleted, held.rows_held]).toEqual(["partial", 0, 10]);
  });

  it("does not count lines that the target keeps", async () => {
    const all = await startSynced({ rows: 30 });
    const gone = removeRows(all, 20);
    const run = await all.server.runSync();
    expect([run.status, run.rows_left, run.rows_held]).toEqual(["succeeded", 20, 0]);
    await expectMirror(all, gone);
  });
});

describe("an empty snapshot", () => {
  let all: Installation;
  let rows: ErpRow[];
  beforeAll(async () => {
    all = await startSynced({ rows: 30 });
    await all.server.updateSettings({ on_missing: "delete" });
    rows = all.factory.rows();
    all.erp.setRows([]);
  });

  it("is a failed run that changes nothing", async () => {
    const before = await dump(all.server);
    const run = await all.server.runSync();
    expect(run.status).toBe("failed");
    expect(run.error).toBe(
      "the ERP answered with no rows at all; nothing was changed. If that is right: erp sync aswan_bom --empty",
    );
    expect([run.ingested_at, countsOf(run)]).toEqual(["", {}]);
    expect(await dump(all.server)).toBe(before);
  });

  it("deletes every row when a person says that it is right", async () => {
    const done = await all.server.cli(["sync", STREAM, "--empty", "--json"]);
    expect([done.code, done.stderr]).toEqual([0, ""]);
    const run = JSON.parse(done.stdout);
    expect([run.status, countsOf(run)]).toEqual(["succeeded", { left: rows.length, deleted: rows.length }]);
    expect(await all.server.targetRows()).toEqual([]);
  });

  it("is followed by an ordinary one that brings all of them back under their ids", async () => {
    const ids = (await all.server.rows("erp_raw_data")).map((raw) => raw.target_id).sort();
    all.erp.setRows(null);
    const run = await all.server.runSync();
    expect(countsOf(run)).toEqual({ fetched: rows.length, changed: rows.length, inserted: rows.length });
    expect((await all.server.targetRows()).map((record) => record.id)).toEqual(ids);
    await expectMirror(all);
  });
});
