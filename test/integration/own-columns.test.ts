import type { RecordModel } from "pocketbase";
import { describe, expect, it } from "vitest";
import { type PocketBaseServer, TARGET } from "./harness";
import { setOptions } from "./in-flight";
import { startSynced } from "./outcomes-instance";

const MODES = ["records", "bulk"] as const;

/** The target gets a column that the ERP knows nothing of, and a person fills it in for one record. */
async function withRemarks(server: PocketBaseServer): Promise<void> {
  const collection = await server.pb.collections.getOne(TARGET);
  const remarks = { name: "remarks", type: "text" };
  await server.pb.collections.update(TARGET, { fields: [...collection.fields, remarks] });
  const [record] = await server.targetRows();
  await server.pb.collection(TARGET).update(record?.id ?? "", { remarks: "call the supplier" });
}

async function remarksOf(server: PocketBaseServer): Promise<string[]> {
  return (await server.targetRows()).map((row: RecordModel) => row.remarks).filter((text) => text !== "");
}

describe.each(MODES)("a column that the ERP has never sent (%s)", (mode) => {
  it.each<[string, Record<string, unknown>]>([
    ["without any setting", {}],
    ["skipped by the mapping", { remarks: { skip: true } }],
  ])("is left alone by pushes and by verify, %s", async (_, mapping) => {
    const { server, factory } = await startSynced();
    await withRemarks(server);
    await server.updateSettings({ mapping });
    await setOptions(server, { push: { mode } });
    for (let row = 0; row < factory.rows().length; row++) factory.changeRow(row);
    factory.addRow();
    expect(await server.runSync()).toMatchObject({ status: "succeeded", push_mode: mode, rows_new: 1 });

    await server.expectTarget(factory.rows());
    expect(await remarksOf(server)).toEqual(["call the supplier"]);
    const verified = await server.cli(["verify", "aswan_bom", "--local"]);
    expect(verified.stdout, verified.stdout).not.toContain("remarks");
    expect(verified.code).toBe(0);
    await server.cli(["verify", "aswan_bom", "--local", "--repair"]);
    await server.cli(["work"]);
    expect(await remarksOf(server)).toEqual(["call the supplier"]);
    const dry = JSON.parse((await server.cli(["sync", "aswan_bom", "--dry-run", "--json"])).stdout);
    expect(JSON.stringify(dry)).not.toContain("remarks");
  });

  it("is written once a mapping names it", async () => {
    const { server, factory } = await startSynced();
    await withRemarks(server);
    await server.updateSettings({ mapping: { remarks: { from: "BOM_PART_ID" } } });
    await setOptions(server, { push: { mode } });
    for (let row = 0; row < factory.rows().length; row++) factory.changeRow(row);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", push_mode: mode });
    for (const row of await server.targetRows()) expect(row.remarks).toBe(row.BOM_PART_ID);
  });
});
