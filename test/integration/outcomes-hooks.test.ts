import { beforeAll, describe, expect, it } from "vitest";
import { Factory, hooksWith, type PocketBaseServer, startErp, TARGET, waitFor } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { countsOf, erpIdOf, expectMirror, type Installation, rawRow } from "./outcomes-instance";
import { listen } from "./realtime";

/** Somebody's own hooks: an audit trail in the same transaction, and a mail afterwards that sometimes fails. */
const HOOKS = `${["Create", "Update", "Delete"].map(auditHook).join("\n")}
onRecordAfterUpdateSuccess((e) => {
  e.next();
  if (e.record.getString("WO_ASW_STATUS") === "SHOUT") throw new Error("the mail server is away");
}, "${TARGET}");`;

function auditHook(what: string): string {
  return `onRecord${what}((e) => {
    e.next();
    const trail = e.app.findCollectionByNameOrId("audit");
    e.app.save(new Record(trail, { what: "${what.toLowerCase()}", record: e.record.id }));
  }, "${TARGET}");`;
}

describe("other people's hooks and subscriptions, push.mode records", () => {
  let all: Installation;
  let heard: string[];
  beforeAll(async () => {
    const factory = new Factory({ seed: 3, rows: 12 });
    const erp = await startErp({ factory });
    const server = await startQuietly(erp, { hooksDir: hooksWith(HOOKS) });
    await setOptions(server, { push: { mode: "records" } });
    await server.updateSettings({ on_missing: "delete" });
    await createAudit(server);
    heard = await listen(server, `${TARGET}/*`);
    all = { factory, erp, server };
  });

  /** What the hooks wrote and subscribers heard since the last look. */
  let seen = { audit: 0, heard: 0 };
  async function expectNews(...news: string[]): Promise<void> {
    const trail = await all.server.rows("audit", "", "@rowid");
    expect(
      trail
        .slice(seen.audit)
        .map(({ what, record }) => `${what} ${record}`)
        .sort(),
    ).toEqual(news.slice().sort());
    await waitFor(() => heard.length >= seen.heard + news.length, "the realtime messages");
    expect(heard.slice(seen.heard).sort()).toEqual(news.slice().sort());
    seen = { audit: trail.length, heard: heard.length };
  }

  it("see every record that a first run makes", async () => {
    await all.server.runSync();
    const records = await all.server.targetRows();
    await expectNews(...records.map((record) => `create ${record.id}`));
    await expectMirror(all);
  });

  it("see each change once, and nothing of rows that did not change", async () => {
    const { target_id: changed } = await rawRow(all.server, erpIdOf(all.factory.changeRow(1).after));
    const last = all.factory.rows().at(-1);
    if (!last) throw new Error("the factory has no rows");
    const gone = all.factory.removeRow((row) => erpIdOf(row) === erpIdOf(last));
    const deleted = await Promise.all(gone.map(async (row) => (await rawRow(all.server, erpIdOf(row))).target_id));
    all.factory.touchRow(2);
    const added = all.factory.addRow();
    await all.server.runSync();
    const { target_id: created } = await rawRow(all.server, erpIdOf(added));
    await expectNews(`update ${changed}`, `create ${created}`, ...deleted.map((id) => `delete ${id}`));
    await expectMirror(all);
    await all.server.runSync();
    await expectNews();
  });

  it("may fail after the record is stored: it counts as pushed, and the others go on", async () => {
    const rows = [3, 4, 5].map((at) => all.factory.changeRow(at, { WO_ASW_STATUS: at === 4 ? "SHOUT" : "HOLD" }).after);
    const run = await all.server.runSync();
    expect([run.status, run.error]).toEqual(["succeeded", ""]);
    expect(countsOf(run)).toMatchObject({ changed: 3, updated: 3 });
    const ids = await Promise.all(rows.map(async (row) => (await rawRow(all.server, erpIdOf(row))).target_id));
    await expectNews(...ids.map((id) => `update ${id}`));
    await expectMirror(all);
  });
});

/** Somebody's hook that, when a record is put on hold, writes a note and another product code into all other records. */
const MEDDLING = `onRecordUpdate((e) => {
  e.next();
  if (e.record.getString("WO_ASW_STATUS") !== "HOLD") return;
  for (const other of e.app.findAllRecords("${TARGET}")) {
    if (other.id === e.record.id || other.getString("note") !== "") continue;
    other.set("note", "by a hook");
    other.set("WO_PRODUCT_CODE", "BY-A-HOOK");
    e.app.save(other);
  }
}, "${TARGET}");`;

describe("a hook that changes records which come later in the same batch", () => {
  it("keeps what it wrote in fields of its own, and what the ERP says wins in the others", async () => {
    const factory = new Factory({ seed: 5, rows: 6 });
    const erp = await startErp({ factory });
    const server = await startQuietly(erp, { hooksDir: hooksWith(MEDDLING) });
    const target = await server.pb.collections.getOne(TARGET);
    await server.pb.collections.update(TARGET, { fields: [...target.fields, { name: "note", type: "text" }] });
    await setOptions(server, { push: { mode: "records" } });
    await server.runSync();
    const rows = [0, 1, 2].map((at) => factory.changeRow(at, { WO_ASW_STATUS: at === 0 ? "HOLD" : "R" }).after);
    const run = await server.runSync();
    expect([run.status, countsOf(run).updated]).toEqual(["succeeded", 3]);
    const ids = await Promise.all(rows.map(async (row) => (await rawRow(server, erpIdOf(row))).target_id));
    const records = await Promise.all(ids.map((id) => server.pb.collection(TARGET).getOne(id as string)));
    expect(records.map(({ note }) => note)).toEqual(["", "by a hook", "by a hook"]);
    expect(records.map((record) => record.WO_PRODUCT_CODE)).toEqual(rows.map((row) => row.WO_PRODUCT_CODE));
  });
});

async function createAudit({ pb }: PocketBaseServer): Promise<void> {
  const fields = ["what", "record"].map((name) => ({ name, type: "text" }));
  await pb.collections.create({ name: "audit", type: "base", fields });
}
