import { beforeAll, describe, expect, it } from "vitest";
import { type Factory, type PocketBaseServer, STREAM, TARGET } from "./harness";
import { startSynced, storyOf } from "./mirror-instance";

let server: PocketBaseServer;
let factory: Factory;
beforeAll(async () => {
  ({ server, factory } = await startSynced());
});

/** The erp_id of a row of the factory, by its work order line. */
async function erpIdOf(row: { BOM_WORKORDER_BASE_ID: string; BOM_OPERATION_SEQ_NO: number; BOM_PIECE_NO: number }) {
  const start = `BOM|W|${row.BOM_WORKORDER_BASE_ID}|1|0|`;
  const line = `|${row.BOM_OPERATION_SEQ_NO}|${row.BOM_PIECE_NO}|`;
  const rows = await server.rows("erp_raw_data", server.pb.filter("erp_id ~ {:start}", { start: `${start}%` }));
  return rows.map((raw) => String(raw.erp_id)).filter((erpId) => erpId.includes(line));
}

async function changedRow(at: number, patch: Parameters<Factory["changeRow"]>[1]) {
  const { after } = factory.changeRow(at, patch);
  const run = await server.runSync();
  const changed = await server.rows("push_log", `run = "${run.id}" && response_code = 200`);
  return { after, run, erpId: String(changed[0]?.erp_id) };
}

describe("the story of a row", () => {
  it("says that the target shows what the ERP sent, with raw row and record", async () => {
    const [raw] = await server.rows("erp_raw_data");
    const story = await storyOf(server, raw?.erp_id);
    expect(story).toMatchObject({ stream: STREAM, erp_id: raw?.erp_id, state: { code: "as_sent" }, quarantine: [] });
    const sent = String(raw?.fetched_at).slice(0, 19);
    expect(story.state.sentence).toBe(`the target shows what the ERP sent at ${sent} UTC`);
    expect(JSON.parse(story.raw.payload_json)).toEqual(raw?.payload_json);
    expect(story.raw).toMatchObject({ id: raw?.id, fingerprint: raw?.fingerprint, missing_since: "", held_by: "" });
    const record = await server.pb.collection(TARGET).getOne(raw?.target_id);
    expect(story.target).toMatchObject({ collection: TARGET, id: record.id });
    expect(record).toMatchObject(story.target.record);
    expect(story.history).toMatchObject({ total: 1, items: [{ response_code: 201, changes: [] }] });
    expect(story.jobs).toMatchObject([{ status: "done", operation: "upsert" }]);
  });

  it("lists exactly the fields a push changed: dates, numbers, text, and what became empty", async () => {
    const ordered = factory.rows().findIndex((row) => row.PO_ETA !== null);
    const before = factory.rows()[ordered];
    const patch = { BOM_QTY: 12.125, PO_ETA: "2026-03-01T08:30:00.5", WO_RLS_DATE: null, CUST_ORDER_STATUS: "" };
    const { erpId, run } = await changedRow(ordered, patch);
    const { history } = await storyOf(server, erpId);
    expect(history.total).toBe(2);
    const [newest, first] = history.items;
    expect(first).toMatchObject({ response_code: 201, changes: [] });
    expect(newest).toMatchObject({ response_code: 200, run: run.id, erp_id: erpId });
    expect(newest.sent_at >= first.sent_at).toBe(true);
    expect(newest.changes).toEqual([
      { field: "CUST_ORDER_STATUS", from: before?.CUST_ORDER_STATUS, to: "" },
      { field: "WO_RLS_DATE", from: expect.stringMatching(/^\d{4}-\d\d-\d\d .*Z$/), to: "" },
      { field: "BOM_QTY", from: before?.BOM_QTY, to: 12.125 },
      { field: "PO_ETA", from: expect.stringMatching(/^\d{4}-\d\d-\d\d .*Z$/), to: "2026-03-01 08:30:00.500Z" },
    ]);
  });

  it("leaves no entry for a row that only changed where the target does not look", async () => {
    const { after } = factory.touchRow(5);
    const run = await server.runSync();
    expect(run.rows_touched).toBe(1);
    const [erpId] = await erpIdOf(after);
    const { history, raw, state } = await storyOf(server, String(erpId));
    expect(history.total).toBe(1);
    expect(JSON.parse(raw.payload_json).PART_QTY_ON_HAND_WHOLE).toBe(after.PART_QTY_ON_HAND_WHOLE);
    expect(state.sentence).toContain(raw.fetched_at.slice(0, 19));
  });

  it("goes on under a new key, and is found under the old one", async () => {
    const { before } = factory.rekeyRow((row) => row.PURC_REQ_ID === "");
    const [old] = await erpIdOf(before);
    const run = await server.runSync();
    expect(run.rows_rekeyed).toBe(1);
    const [now] = await erpIdOf(before);
    expect(now).not.toBe(old);
    const { history } = await storyOf(server, String(now));
    expect(history.items.map((entry: { erp_id: string }) => entry.erp_id)).toEqual([now, old]);
    const asked = storyOf(server, String(old));
    await expect(asked).rejects.toMatchObject({ status: 404 });
    const { response } = await asked.catch((error) => error);
    expect(response.error).toBe(`stream "${STREAM}" has no row "${old}"`);
    expect(response.suggestions).toEqual([{ erp_id: now, was: true }]);
  });

  it("pages the pushes, the newest first", async () => {
    const { erpId } = await changedRow(30, { BOM_QTY: 201 });
    for (const quantity of [202, 203]) await changedRow(30, { BOM_QTY: quantity });
    const first = await storyOf(server, erpId, { limit: 3 });
    const second = await storyOf(server, erpId, { limit: 3, page: 2 });
    expect(first.history).toMatchObject({ total: 4, page: 1, limit: 3 });
    expect(first.history.items.map((entry: { changes: { to: number }[] }) => entry.changes[0]?.to)).toEqual([
      203, 202, 201,
    ]);
    expect(second.history).toMatchObject({ page: 2, items: [{ response_code: 201 }] });
  });

  it("stays whole when its done jobs are pruned", async () => {
    const { erpId, run } = await changedRow(31, { BOM_QTY: 301 });
    for (const job of await server.jobs(`run = "${run.id}"`)) await server.pb.collection("job_queue").delete(job.id);
    const { history } = await storyOf(server, erpId);
    expect(history.items[0]).toMatchObject({ job_id: "", changes: [{ field: "BOM_QTY", to: 301 }] });
    expect(history.total).toBe(2);
  });

  it("stays whole under a new key when the retention has taken the jobs from before", async () => {
    const { before } = factory.rekeyRow((row) => row.PURC_REQ_ID === "");
    const [old] = await erpIdOf(before);
    await server.runSync();
    const [now] = await erpIdOf(before);
    expect(now).not.toBe(old);
    for (const job of await server.jobs()) {
      await server.pb.collection("job_queue").update(job.id, { processed_at: "2020-01-01 00:00:00.000Z" });
    }
    expect(await server.cli(["prune", STREAM])).toMatchObject({ code: 0, stderr: "" });
    expect(await server.jobs()).toEqual([]);

    const { history, raw } = await storyOf(server, String(now));
    const entry = ({ erp_id, response_code }: Record<string, unknown>) => [erp_id, response_code];
    expect(history.items.map(entry)).toEqual([
      [now, 200],
      [old, 201],
    ]);
    expect(new Set((await server.rows("push_log", `raw_row = "${raw.id}"`)).map((row) => row.erp_id))).toEqual(
      new Set([now, old]),
    );
    const { response } = await storyOf(server, String(old)).catch((error) => error);
    expect(response.suggestions).toEqual([{ erp_id: now, was: true }]);
    const shown = await server.cli(["row", STREAM, String(now)]);
    expect(shown.stdout).toContain("pushes (2):");
  });

  it("goes on for a row whose tombstone was pruned before the ERP sent it again", async () => {
    const raw = (await server.rows("erp_raw_data"))[40];
    await server.pb.collection(TARGET).delete(String(raw?.target_id));
    await server.pb.collection("erp_raw_data").delete(String(raw?.id));
    await server.runSync();
    const { history, raw: again } = await storyOf(server, String(raw?.erp_id));
    expect(again.id).not.toBe(raw?.id);
    const ofKey = server.pb.filter("erp_id = {:erpId}", { erpId: raw?.erp_id });
    expect(history.total).toBe((await server.rows("push_log", ofKey)).length);
    expect(history.total).toBeGreaterThan(1);
  });
});

describe("asking for a row", () => {
  it("suggests what begins with the text, then what holds it, then the nearest beginning", async () => {
    const all = (await server.rows("erp_raw_data", "", "erp_id")).map((raw) => String(raw.erp_id));
    const suggested = async (erpId: string): Promise<string[]> => {
      const { response } = await storyOf(server, erpId).catch((error) => error);
      return response.suggestions.map((each: { erp_id: string }) => each.erp_id);
    };
    const order = String(all[20]?.split("|")[2]);
    const ofOrder = all.filter((erpId) => erpId.includes(order)).slice(0, 10);
    expect(await suggested(`BOM|W|${order}|`)).toEqual(ofOrder);
    expect(await suggested(order)).toEqual(ofOrder);
    expect(await suggested(`BOM|W|${order}|9|nothing`)).toEqual(ofOrder);
    expect(await suggested("nothing at all")).toEqual([]);
  });

  it("refuses what it cannot answer", async () => {
    const [raw] = await server.rows("erp_raw_data");
    const refused = async (query: Record<string, unknown>) => {
      const { status, response } = await server.pb.send("/api/erp/rows", { query }).catch((error) => error);
      return [status, response.error];
    };
    const row = { stream: STREAM, erp_id: raw?.erp_id };
    expect(await refused({ ...row, limit: 201 })).toEqual([400, 'limit: "201" is not a whole number from 1 to 200']);
    expect(await refused({ ...row, page: "x" })).toEqual([400, 'page: "x" is not a whole number from 1 to 1000000']);
    expect((await refused({ erp_id: "x" }))[0]).toBe(400);
    expect((await refused({ stream: STREAM }))[0]).toBe(400);
    expect((await refused({ ...row, stream: "no" }))[0]).toBe(404);
    const nobody = await fetch(`${server.url}/api/erp/rows?stream=${STREAM}&erp_id=x`);
    expect(nobody.status).toBe(401);
  });

  it("answers the same in the console, for a person and as JSON", async () => {
    const [raw] = await server.rows("erp_raw_data");
    const shown = await server.cli(["row", STREAM, raw?.erp_id]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toContain("the target shows what the ERP sent at");
    const asJson = await server.cli(["row", STREAM, raw?.erp_id, "--json"]);
    expect(JSON.parse(asJson.stdout)).toEqual(await storyOf(server, raw?.erp_id));
    expect(await server.cli(["row", STREAM, "x"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no row"),
    });
    expect(await server.cli(["row", STREAM])).toMatchObject({ code: 2, stderr: expect.stringContaining("erp_id") });
  });
});
