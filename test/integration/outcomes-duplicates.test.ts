import { beforeAll, describe, expect, it } from "vitest";
import { KEY_FIELDS } from "../erp/row";
import { setOptions } from "./in-flight";
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
} from "./outcomes-instance";

/** Every third run must find nothing to do. */
async function expectNothingToDo({ server }: Installation): Promise<void> {
  const before = await dump(server);
  const run = await server.runSync();
  expect(countsOf(run)).not.toHaveProperty("touched");
  expect(await dump(server)).toBe(before);
}

describe("rows that share a key, on_duplicate keep", () => {
  let all: Installation;
  beforeAll(async () => {
    all = await startSynced();
  });

  it("are all kept, told apart by an ordinal, and counted", async () => {
    const size = all.factory.rows().length;
    const second = all.factory.duplicateKey(3);
    const run = await all.server.runSync();
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toEqual({ fetched: size + 1, unchanged: size, new: 1, duplicate: 1, inserted: 1 });
    const raw = await rawRow(all.server, erpIdOf(second, 2));
    expect(raw).toMatchObject({ payload_json: second, target_id: firstTargetId(erpIdOf(second, 2)) });
    await expectMirror(all);
    await expectNothingToDo(all);
  });

  it("keep their records when they swap places in the answer", async () => {
    const before = await dump(all.server);
    all.factory.shuffle();
    all.factory.shuffle();
    await all.server.runSync();
    expect(await dump(all.server)).toBe(before);
  });

  it("lose the right one when one goes, and it comes back as it was", async () => {
    const [first] = all.factory
      .rows()
      .filter((_, at, rows) => rows.some((row, n) => n !== at && sameKey(row, rows[at])));
    if (!first) throw new Error("no two rows share a key");
    const gone = all.factory.supersedeRow((row) => JSON.stringify(row) === JSON.stringify(first));
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ superseded: 1, deleted: 1 });
    expect(countsOf(run)).not.toHaveProperty("changed");
    await expectMirror(all);
    all.factory.returnRow([gone]);
    expect(countsOf(await all.server.runSync())).toMatchObject({ changed: 1, inserted: 1, duplicate: 1 });
    await expectMirror(all);
  });

  it("are two records when they are equal in every field", async () => {
    const twin = all.factory.identicalTwin(8);
    expect(countsOf(await all.server.runSync())).toMatchObject({ new: 1, inserted: 1, duplicate: 1 });
    expect((await rawRow(all.server, erpIdOf(twin, 2))).payload_json).toEqual(twin);
    await expectMirror(all);
    await expectNothingToDo(all);
    all.factory.supersedeRow((row) => erpIdOf(row) === erpIdOf(twin));
    const run = await all.server.runSync();
    expect(countsOf(run)).toMatchObject({ superseded: 1, deleted: 1 });
    expect(await pushes(all.server, run)).toHaveLength(1);
    await expectMirror(all);
  });
});

describe("rows that share a key, on_duplicate last", () => {
  it("give one record with what the last of them says", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    await setOptions(server, { diff: { on_duplicate: "last" } });
    const rows = factory.rows();
    const [first] = rows;
    if (!first) throw new Error("the factory has no rows");
    const later = factory.duplicateKey(0, { BOM_QTY: 4321 });
    const run = await server.runSync();
    expect(run.status).toBe("succeeded");
    const others = rows.length - 1;
    expect(countsOf(run)).toEqual({ fetched: others + 2, unchanged: others, changed: 1, duplicate: 1, updated: 1 });
    await server.expectTarget([later, ...rows.slice(1)]);
    expect((await rawRow(server, erpIdOf(first))).payload_json).toEqual(later);
    await expectNothingToDo(all);

    factory.identicalTwin(1);
    expect(countsOf(await server.runSync())).toEqual({ fetched: others + 3, unchanged: others + 1, duplicate: 2 });
    await expectNothingToDo(all);
    await server.expectTarget([later, ...rows.slice(1)]);
  });

  it("give up the others when the setting changes, although no row does", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    const rows = factory.rows();
    const later = factory.duplicateKey(0, { BOM_QTY: 4321 });
    await server.runSync();
    await setOptions(server, { diff: { on_duplicate: "last" } });
    expect(countsOf(await server.runSync())).toMatchObject({ superseded: 1, deleted: 1, duplicate: 1 });
    await server.expectTarget([later, ...rows.slice(1)]);
    await expectNothingToDo(all);
  });
});

describe("rows that share a key, on_duplicate reject", () => {
  it("go to quarantine, the target keeps what it has, and one of them alone is taken again", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    await setOptions(server, { diff: { on_duplicate: "reject" } });
    const rows = factory.rows();
    factory.changeRow(0, { BOM_QTY: 1001 });
    const second = factory.duplicateKey(0, { BOM_QTY: 1002 });
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(run.error).toContain("2 rows went to quarantine");
    const others = rows.length - 1;
    expect(countsOf(run)).toEqual({ fetched: others + 2, unchanged: others, invalid: 2, duplicate: 2 });
    await server.expectTarget(rows);
    const open = await server.rows("failed_records", 'resolved_at = ""', "raw_data");
    expect(open).toHaveLength(2);
    for (const record of open) {
      expect(record).toMatchObject({ stage: "key", error_type: "duplicate_key", count: 1, erp_id: erpIdOf(second) });
      expect(record.error_message).toContain(`several rows have the key "${erpIdOf(second)}"`);
    }
    expect(open.map((record) => record.raw_data.BOM_QTY).sort()).toEqual([1001, 1002]);

    await server.runSync();
    expect(await server.rows("failed_records")).toMatchObject([{ count: 2 }, { count: 2 }]);
    factory.supersedeRow(0);
    expect(countsOf(await server.runSync())).toMatchObject({ changed: 1, updated: 1 });
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
    await expectMirror(all);
  });
});

function sameKey(a: object, b: object | undefined): boolean {
  return KEY_FIELDS.every((field) => Reflect.get(a, field) === Reflect.get(b ?? {}, field));
}
