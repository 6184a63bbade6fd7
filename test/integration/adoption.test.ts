import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, MAPPED_FIELDS } from "../erp/row";
import { Factory, type PocketBaseServer, startErp, TARGET } from "./harness";
import { startQuietly } from "./in-flight";
import { pushes } from "./outcomes-instance";

/** A row as somebody's earlier import would have stored it: only the fields that the target has. */
function asRecord(row: ErpRow, changes: Partial<ErpRow> = {}): Record<string, unknown> {
  const all: Record<string, unknown> = { ...row, ...changes };
  return Object.fromEntries(MAPPED_FIELDS.map((field) => [field, all[field] ?? ""]));
}

describe.each(["records", "bulk"])("records that were in the target before (push.mode %s)", (mode) => {
  const factory = new Factory({ seed: 11, rows: 30 });
  const rows = factory.rows();
  let server: PocketBaseServer;
  let equal: RecordModel[];
  let outdated: RecordModel;
  let twin: RecordModel;
  let foreign: RecordModel;
  let run: RecordModel;

  beforeAll(async () => {
    const erp = await startErp({ factory });
    server = await startQuietly(erp);
    const { options } = await server.settings();
    await server.updateSettings({ options: { ...options, push: { mode } } });
    const target = server.pb.collection(TARGET);
    const [first, second, third] = rows as [ErpRow, ErpRow, ErpRow];
    // The outdated twin is older than the equal one: content decides, not age.
    twin = await target.create(asRecord(first, { BOM_QTY: 99_999 }));
    equal = [await target.create(asRecord(first)), await target.create(asRecord(second))];
    outdated = await target.create(asRecord(third, { BOM_QTY: 88_888 }));
    foreign = await target.create(asRecord(first, { BOM_WORKORDER_BASE_ID: "SOMEBODY-ELSE" }));
    run = await server.runSync();
  });

  it("keep their ids, and nothing is doubled", async () => {
    expect(run.status).toBe("succeeded");
    const owned = new Set((await server.rows("erp_raw_data")).map((raw) => raw.target_id));
    for (const record of [...equal, outdated]) expect(owned).toContain(record.id);
    const records = await server.targetRows();
    expect(records).toHaveLength(rows.length + 2);
    const rest = records.filter((record) => record.id !== twin.id && record.id !== foreign.id);
    expect(rest).toHaveLength(rows.length);
    expect(new Set(rest.map((record) => record.id))).toEqual(owned);
  });

  it("are not written when they are equal, and brought up to date when they are not", async () => {
    const told = await pushes(server, { id: run.id });
    expect(told.filter(([code]) => code.startsWith("204 "))).toHaveLength(equal.length);
    const changed = told.filter(([code]) => code.startsWith("200 "));
    expect(changed.map(([, changes]) => changes)).toEqual([[{ field: "BOM_QTY", from: 88_888, to: rows[2]?.BOM_QTY }]]);
  });

  it("stay untouched when no row of the ERP is theirs", async () => {
    const target = server.pb.collection(TARGET);
    for (const record of [twin, foreign]) expect(await target.getOne(record.id)).toEqual(record);
  });

  it("are not looked for again once the stream has pushed", async () => {
    const [added] = [factory.addRow()];
    const record = await server.pb.collection(TARGET).create(asRecord(added));
    await server.runSync();
    const owned = (await server.rows("erp_raw_data")).map((raw) => raw.target_id);
    expect(owned).not.toContain(record.id);
  });
});
