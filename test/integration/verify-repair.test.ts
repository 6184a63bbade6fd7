import type { RecordModel } from "pocketbase";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Factory, type PocketBaseServer, STREAM, TARGET, waitFor } from "./harness";
import { startSlowRun } from "./in-flight";
import { startSynced, storyOf, work } from "./mirror-instance";

let server: PocketBaseServer;
let factory: Factory;
let erp: Awaited<ReturnType<typeof startSynced>>["erp"];
beforeAll(async () => {
  ({ server, factory, erp } = await startSynced(60));
});

// Each test begins with a target that is equal to the ERP.
beforeEach(async () => {
  await server.updateSettings({ on_missing: "keep", paused: false });
  await server.runSync();
  await server.expectTarget(factory.rows());
});

/** Somebody changes one record and deletes another; the raw rows of both. */
async function tamper(): Promise<[RecordModel, RecordModel]> {
  const rows = await server.rows("erp_raw_data", 'missing_since = ""', "erp_id");
  const [changed, deleted] = [rows[3], rows[4]] as [RecordModel, RecordModel];
  await server.pb.collection(TARGET).update(changed.target_id, { BOM_QTY: 4711, WO_WANT_DATE: "" });
  await server.pb.collection(TARGET).delete(deleted.target_id);
  return [changed, deleted];
}

function repair(): Promise<RecordModel> {
  return server.action("verify", { local: true, repair: true });
}

function dailyVerify(): Promise<unknown> {
  return server.pb.send("/api/crons/erp_verify", { method: "POST" });
}

/** The newest entry of the daily verify in PocketBase's log. */
async function dailyEntry(after: string): Promise<Record<string, unknown>> {
  const filter = `message = "erp: daily verify" && created > "${after}"`;
  const entry = await waitFor(
    async () => (await server.pb.logs.getList(1, 1, { filter, sort: "-created" })).items[0],
    "the entry of the daily verify",
    20_000,
  );
  return { level: entry.level, ...entry.data };
}

const now = () => new Date().toISOString().replace("T", " ");
const WARNING = 4;

describe("verify --repair", () => {
  it("queues what somebody changed or deleted, and the push is logged field by field", async () => {
    const [changed, deleted] = await tamper();
    expect(await repair()).toMatchObject({ equal: false, repair: { queued: 2, busy: false } });
    await work(server);
    await server.expectTarget(factory.rows());
    expect(await repair()).toMatchObject({ equal: true, repair: { queued: 0 } });
    const one = await storyOf(server, changed.erp_id);
    expect(one).toMatchObject({ state: { code: "as_sent" }, target: { id: changed.target_id } });
    expect(one.history.items[0].changes).toEqual([
      { field: "WO_WANT_DATE", from: "", to: one.target.record.WO_WANT_DATE },
      { field: "BOM_QTY", from: 4711, to: changed.payload_json.BOM_QTY },
    ]);
    const other = await storyOf(server, deleted.erp_id);
    expect(other).toMatchObject({ state: { code: "as_sent" }, target: { id: deleted.target_id } });
    expect(other.history.items[0]).toMatchObject({ response_code: 201 });
    const raw = await server.pb.collection("erp_raw_data").getOne(changed.id);
    expect(raw).toMatchObject({ mapped_hash: changed.mapped_hash, pushed_hash: changed.pushed_hash });
  });

  it("mends the target of a row that has left the ERP too, its mark and its last version", async () => {
    const options = { source: { from_date_param: "fromDate" }, mark: { fields: { WO_STATUS: "GONE" } } };
    const [kept] = factory.removeRow(20);
    await server.runSync();
    await server.updateSettings({ on_missing: "mark", options });
    await server.runSync();
    const [marked] = factory.removeRow(25);
    await server.runSync();
    const left = await server.rows("erp_raw_data", 'missing_since != ""');
    const record = (part: unknown) => left.find((raw) => raw.payload_json.BOM_PIECE_NO === part);
    expect(left.length).toBeGreaterThanOrEqual(2);
    expect(record(kept?.BOM_PIECE_NO)).toBeDefined();
    expect(record(marked?.BOM_PIECE_NO)).toBeDefined();
    expect(await repair()).toMatchObject({ equal: true, target: { kept: left.length } });
    for (const raw of left) await server.pb.collection(TARGET).update(raw.target_id, { WO_STATUS: "?" });
    expect(await repair()).toMatchObject({ repair: { queued: left.length } });
    await work(server);
    const statuses = await Promise.all(
      left.map(async (raw) => (await server.pb.collection(TARGET).getOne(raw.target_id)).WO_STATUS),
    );
    const wanted = left.map((raw) => (raw.mapped_hash.startsWith("mark:") ? "GONE" : raw.payload_json.WO_STATUS));
    expect(statuses).toEqual(wanted);
    expect(wanted).toContain("GONE");
    for (const raw of left) await server.pb.collection(TARGET).delete(raw.target_id);
  });

  it("leaves a record alone that was deleted as it should and that somebody made again", async () => {
    factory.supersedeRow();
    const run = await server.runSync();
    expect(run.pushed_deleted).toBe(1);
    const [gone] = await server.rows("push_log", `run = "${run.id}" && response_code = 204`);
    const raw = await server.pb.collection("erp_raw_data").getFirstListItem(`erp_id = "${gone?.erp_id}"`);
    const again = { id: raw.target_id, BOM_WORKORDER_BASE_ID: "X", BOM_WORKORDER_SUB_ID: "0" };
    await server.pb.collection(TARGET).create(again);
    const found = await repair();
    expect(found).toMatchObject({ equal: false, repair: { queued: 0 }, unowned: { count: 0 } });
    expect(found.target.extra.items).toMatchObject([{ erp_id: raw.erp_id, state: { code: "restored" } }]);
    expect(await server.pb.collection(TARGET).getOne(raw.target_id)).toMatchObject(again);
    await server.pb.collection(TARGET).delete(raw.target_id);
  });

  it("queues nothing while a run has the stream, and says so", async () => {
    await tamper();
    const run = await startSlowRun(server, erp, 2000);
    expect(await repair()).toMatchObject({ run_in_progress: run, repair: { queued: 0, busy: true } });
    await waitFor(async () => (await server.runs(`id = "${run}" && finished_at != ""`))[0], "the end of the run");
    await repair();
    await work(server);
  });

  it("is told from a mapping that was changed, which is a replay's work", async () => {
    await server.updateSettings({ mapping: { WO_STATUS: { transforms: ["lower"] } } });
    const found = await repair();
    const lines = factory.rows().filter((row) => row.WO_STATUS !== "").length;
    expect(found).toMatchObject({ repair: { queued: 0 }, target: { different: { count: lines } } });
    const [row] = found.target.different.items;
    expect(row.state).toMatchObject({ code: "remapped", sentence: expect.stringContaining(`erp replay ${STREAM}`) });
    expect(row.changes).toEqual([
      { field: "WO_STATUS", from: expect.any(String), to: expect.stringMatching(/^[a-z]+$/) },
    ]);
    await server.updateSettings({ mapping: {} });
    expect(await repair()).toMatchObject({ equal: true });
  });
});

describe("the daily verify", () => {
  it("queues what somebody changed or deleted, and warns", async () => {
    await tamper();
    const began = now();
    await dailyVerify();
    const found = { stream: STREAM, missing: 1, different: 1, extra: 0, queued: 2 };
    expect(await dailyEntry(began)).toMatchObject({ level: WARNING, ...found });
    await work(server);
    await server.expectTarget(factory.rows());
  });

  it("is quiet when all is equal, and does not touch foreign records", async () => {
    const foreign = await server.pb
      .collection(TARGET)
      .create({ BOM_WORKORDER_BASE_ID: "X", BOM_WORKORDER_SUB_ID: "0" });
    const began = now();
    await dailyVerify();
    expect(await dailyEntry(began)).toMatchObject({ level: 0, unowned: 1, queued: 0 });
    expect(await server.pb.collection(TARGET).getOne(foreign.id)).toEqual(foreign);
    await server.pb.collection(TARGET).delete(foreign.id);
  });

  it("leaves a paused stream alone", async () => {
    await server.pb.collections.create({ type: "base", name: "other", fields: [{ name: "A", type: "text" }] });
    const stream = {
      name: "later",
      source_url: "http://127.0.0.1/",
      key_fields: ["A"],
      target_collection: "other",
      on_missing: "keep",
    };
    await server.pb.collection("sync_settings").create(stream);
    await tamper();
    await server.updateSettings({ paused: true });
    const began = now();
    await dailyVerify();
    // Streams are taken in the order of their names: this one was looked at first.
    expect(await dailyEntry(began)).toMatchObject({ stream: "later" });
    const entries = await server.pb.logs.getList(1, 10, {
      filter: `message = "erp: daily verify" && created > "${began}"`,
    });
    expect(entries.items).toHaveLength(1);
    expect(await server.jobs('status != "done"')).toEqual([]);
  });
});
