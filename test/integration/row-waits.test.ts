import { beforeAll, describe, expect, it } from "vitest";
import { type Factory, type PocketBaseServer, STREAM, TARGET } from "./harness";
import { startSynced, storyOf, work } from "./mirror-instance";

let server: PocketBaseServer;
let factory: Factory;
beforeAll(async () => {
  ({ server, factory } = await startSynced());
});

/** The stories of the rows whose raw row fits, with what the sentence says. */
async function stories(filter: string) {
  const raws = await server.rows("erp_raw_data", filter);
  return Promise.all(raws.map((raw) => storyOf(server, raw.erp_id)));
}

async function storyWith(filter: string) {
  const found = await stories(filter);
  expect(found).toHaveLength(1);
  return found[0];
}

/** How the row stands in the list of rows. */
async function listed(erpId: string) {
  const { items } = await server.pb.send(`/api/erp/streams/${STREAM}/rows`, { query: { text: erpId } });
  return items.find((row: { erp_id: string }) => row.erp_id === erpId);
}

const part = (value: string) => `payload_json.BOM_PART_ID = "${value}"`;

describe("a row in quarantine", () => {
  it("says why, and that the target keeps the last good version", async () => {
    const { before } = factory.changeRow(0, { BOM_PART_ID: "Q-0" });
    await server.runSync();
    factory.breakRow(0, "BOM_QTY", "ten");
    await server.runSync();
    const story = await storyWith(part("Q-0"));
    expect(story.state.code).toBe("quarantine");
    expect(story.state.sentence).toMatch(/^in quarantine \(BOM_QTY: "ten" is not a number;.*the last good version$/);
    expect(story.quarantine).toMatchObject([{ stage: "normalize", field: "BOM_QTY", value: "ten", resolved_at: "" }]);
    expect(story.target.record).toMatchObject({ BOM_QTY: before.BOM_QTY, BOM_PART_ID: "Q-0" });
    expect(await listed(story.erp_id)).toMatchObject({ pending: false, given_up: false, quarantine: "open" });

    factory.changeRow(0, { BOM_QTY: 5 });
    await server.runSync();
    const mended = await storyWith(part("Q-0"));
    expect(mended.state.code).toBe("as_sent");
    expect(await listed(mended.erp_id)).toMatchObject({ pending: false, given_up: false, quarantine: "" });
    expect(mended.quarantine).toMatchObject([{ field: "BOM_QTY", resolved_at: expect.stringMatching(/^2/) }]);
    expect(mended.history.items[0]?.changes).toEqual([{ field: "BOM_QTY", from: before.BOM_QTY, to: 5 }]);
  });

  it("says that the target has no record of a new one, until a person ignores it", async () => {
    factory.addRow({ BOM_PART_ID: "Q-1", BOM_QTY: "many" as unknown as number });
    await server.runSync();
    const story = await storyWith(part("Q-1"));
    expect(story.state.sentence).toMatch(/^in quarantine \(.*the target has no record of it$/);
    expect(story).toMatchObject({ target: { record: null }, history: { total: 0 }, jobs: [] });
    const [open] = await server.rows("failed_records", `resolved_at = "" && raw_row = "${story.raw.id}"`);
    await server.pb.send(`/api/erp/failed/${open?.id}/ignore`, { method: "POST" });
    expect(await listed(story.erp_id)).toMatchObject({ quarantine: "ignored" });
    const ignored = await storyWith(part("Q-1"));
    expect(ignored.state).toMatchObject({
      code: "kept",
      sentence: expect.stringContaining("a person chose to ignore its quarantine"),
    });
  });
});

describe("a row that was not pushed", () => {
  it("says that its job is dead, why, and what to do", async () => {
    const collection = await server.pb.collections.getOne(TARGET);
    const fields = collection.fields.map((field) => (field.name === "WO_ASW_STATUS" ? { ...field, max: 8 } : field));
    await server.pb.collections.update(TARGET, { fields });
    factory.changeRow(2, { BOM_PART_ID: "D-1", WO_ASW_STATUS: "much too long" });
    await server.runSync();
    const story = await storyWith(part("D-1"));
    const [job] = await server.jobs('status = "dead"');
    expect(story.state.code).toBe("dead");
    expect(story.state.sentence).toMatch(/^waits: job dead because .*WO_ASW_STATUS.* no more than 8/);
    expect(story.state.sentence).toContain(`erp retry ${STREAM} --job ${job?.id}`);
    expect(story.jobs[0]).toMatchObject({ id: job?.id, status: "dead" });
    expect(await listed(story.erp_id)).toMatchObject({ pending: true, given_up: true });
    expect(story.history.items[0]).toMatchObject({ response_code: 422, changes: [] });
    expect(story.quarantine).toMatchObject([{ stage: "push", field: "WO_ASW_STATUS", resolved_at: "" }]);
  });

  it("says that the stream is paused", async () => {
    await server.updateSettings({ paused: true });
    const [raw] = await server.rows("erp_raw_data", part("Q-0"));
    await server.pb.collection("erp_raw_data").update(raw?.id ?? "", {
      payload_json: { ...raw?.payload_json, BOM_QTY: 6 },
    });
    expect((await storyWith(part("Q-0"))).state).toEqual({
      code: "waits",
      sentence: "waits: the stream is paused",
    });
    expect(await listed((await storyWith(part("Q-0"))).erp_id)).toMatchObject({ pending: true, given_up: false });
    await server.updateSettings({ paused: false });
    await work(server);
    expect((await storyWith(part("Q-0"))).state.sentence).toMatch(
      /the row as a person mended it at .*; the ERP sent it/,
    );
  });
});

describe("a row whose record somebody else touched", () => {
  it("says which field, or that the record is gone", async () => {
    const [changed, deleted] = await server.rows("erp_raw_data", 'missing_since = "" && mapped_hash != ""');
    await server.pb.collection(TARGET).update(changed?.target_id, { BOM_QTY: 4711 });
    await server.pb.collection(TARGET).delete(deleted?.target_id);
    const one = await storyOf(server, changed?.erp_id);
    expect(one.state).toMatchObject({
      code: "changed",
      sentence: expect.stringContaining("BOM_QTY is 4711, should be"),
    });
    const other = await storyOf(server, deleted?.erp_id);
    expect(other).toMatchObject({ state: { code: "deleted" }, target: { id: deleted?.target_id, record: null } });
  });
});

describe("a row the ERP no longer sends", () => {
  it("says since when, and that the target keeps it", async () => {
    factory.changeRow(20, { BOM_PART_ID: "L-1" });
    await server.runSync();
    factory.removeRow((row) => row.BOM_PART_ID === "L-1");
    await server.runSync();
    const story = await storyWith(part("L-1"));
    const since = String(story.raw.missing_since).slice(0, 19);
    expect(story.state.sentence).toBe(
      `not in the ERP since ${since} UTC; the target keeps the last version (on_missing: keep)`,
    );
  });

  it("says that it was superseded and deleted", async () => {
    const gone = factory.supersedeRow();
    await server.runSync();
    const story = await storyWith(
      `missing_since != "" && payload_json.PURC_ORDER_ID = "${gone.PURC_ORDER_ID}" && payload_json.PURC_REQ_ID = "${gone.PURC_REQ_ID}"`,
    );
    expect(story.state).toMatchObject({ code: "gone", sentence: expect.stringContaining("the target has no record") });
    expect(story.history.items[0]).toMatchObject({ response_code: 204, response_body: "deleted" });
  });

  it("says that its delete is held, by which run, and how to release it", async () => {
    await server.updateSettings({ on_missing: "delete" });
    await server.runSync();
    while (factory.rows().length > 30) factory.removeRow(25);
    const run = await server.runSync();
    expect(run.rows_held).toBeGreaterThanOrEqual(10);
    const held = await stories('held_by != ""');
    expect(held).toHaveLength(run.rows_held);
    for (const { state, target, raw } of held) {
      expect(state.code).toBe("held");
      expect(state.sentence).toContain(`erp approve-deletes ${STREAM} ${run.id}`);
      expect(target.record).not.toBeNull();
      expect(raw.held_by).toBe(run.id);
    }
  });
});
