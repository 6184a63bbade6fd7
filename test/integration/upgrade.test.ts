import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, MAPPED_FIELDS } from "../erp/row";
import { expectSameRows, Factory, type PocketBaseServer, startErp, TARGET } from "./harness";
import { startQuietly } from "./in-flight";
import { OldPocketBase } from "./old-pocketbase";
import { pushes } from "./outcomes-instance";

const NOTES = { name: "notes", type: "base", schema: [{ name: "text", type: "text", options: {} }] };

/** A row as somebody's import into the old PocketBase would have sent it: every field that the target has. */
function asRecord(row: ErpRow, changes: Partial<ErpRow> = {}): Record<string, unknown> {
  const all: Record<string, unknown> = { ...row, ...changes };
  return Object.fromEntries(MAPPED_FIELDS.map((field) => [field, all[field] ?? ""]));
}

describe("a data folder of PocketBase 0.22 with rows in the target", () => {
  const factory = new Factory({ seed: 22, rows: 40 });
  const [first, ...others] = factory.rows() as [ErpRow, ...ErpRow[]];
  const imported = others.slice(0, 25);
  let server: PocketBaseServer;
  let exported: Record<string, unknown>;
  /** Ids by what they hold, as the old PocketBase gave them. */
  let equal: string[];
  let outdated: string;
  let foreign: string;
  let note: string;
  let before: RecordModel[];
  let run: RecordModel;

  beforeAll(async () => {
    const old = await OldPocketBase.start();
    [exported = {}] = await old.importTarget();
    const ids: string[] = [];
    for (const row of imported) ids.push(String((await old.create(TARGET, asRecord(row))).id));
    equal = ids;
    outdated = String((await old.create(TARGET, asRecord(first, { BOM_QTY: 77_777 }))).id);
    foreign = String((await old.create(TARGET, asRecord(first, { BOM_WORKORDER_BASE_ID: "SOMEBODY-ELSE" }))).id);
    await old.createCollection(NOTES);
    note = String((await old.create("notes", { text: "not the sync's" })).id);
    await old.stop();

    const erp = await startErp({ factory });
    server = await startQuietly(erp, { dataDir: old.dataDir });
    before = await server.targetRows();
    run = await server.runSync();
  });

  it("keeps the target's collection id, field ids, types, required flags and rules", async () => {
    const target = await server.pb.collections.getOne(TARGET);
    const schema = exported.schema as Record<string, unknown>[];
    const outline = (field: Record<string, unknown>) => [field.id, field.name, field.type, field.required];
    const own = target.fields.filter((field) => !["id", "created", "updated"].includes(field.name));
    expect(own.map(outline)).toEqual(schema.map(outline));
    for (const key of ["id", "name", "type", "listRule", "viewRule", "createRule", "updateRule", "deleteRule"]) {
      expect(target[key], key).toEqual(exported[key]);
    }
  });

  it("keeps the ids of its rows, and nothing is doubled", async () => {
    expect(run).toMatchObject({ status: "succeeded", error: "" });
    const records = await server.targetRows();
    expect(records).toHaveLength(factory.rows().length + 1);
    const owned = (await server.rows("erp_raw_data")).map((raw) => raw.target_id);
    expect(new Set(owned).size).toBe(factory.rows().length);
    expect(owned).toEqual(expect.arrayContaining([...equal, outdated]));
    expect(owned).not.toContain(foreign);
    const mirrored = records.filter((record) => record.id !== foreign);
    expect(new Set(mirrored.map((record) => record.id))).toEqual(new Set(owned));
  });

  it("is written only where the ERP says something else", async () => {
    const told = await pushes(server, run);
    const codes = told.map(([code]) => code.slice(0, 3));
    const inserted = factory.rows().length - imported.length - 1;
    expect(codes.filter((code) => code === "204")).toHaveLength(imported.length);
    expect(codes.filter((code) => code === "201")).toHaveLength(inserted);
    const changed = told.filter(([code]) => code.startsWith("200 ")).map(([, changes]) => changes);
    expect(changed).toEqual([[{ field: "BOM_QTY", from: 77_777, to: first.BOM_QTY }]]);
    const after = new Map((await server.targetRows()).map((record) => [record.id, record]));
    for (const record of before) if (record.id !== outdated) expect(after.get(record.id)).toEqual(record);
  });

  it("keeps what is not the sync's", async () => {
    expect(before.map((record) => record.id)).toContain(foreign);
    expect(await server.pb.collection("notes").getFullList()).toMatchObject([{ id: note, text: "not the sync's" }]);
  });

  it("is the mirror of the ERP from then on, without another write", async () => {
    const again = await server.runSync();
    expect(again).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length, pushed_updated: 0 });
    expect(await pushes(server, again)).toEqual([]);
    const mirrored = (await server.targetRows()).filter((record) => record.id !== foreign);
    expectSameRows(factory.rows(), mirrored);
  });
});
