import type { RecordModel } from "pocketbase";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { type Installation, startWithErp } from "./answers-instance";
import { TARGET } from "./harness";

let here: Installation;
beforeAll(async () => {
  here = await startWithErp();
  await here.server.updateSettings({ schedule: "" });
});
beforeEach(async () => {
  expect(await here.server.runSync()).toMatchObject({ status: "succeeded" });
  await here.server.expectTarget(here.factory.rows());
});

const raws = () => here.server.pb.collection("erp_raw_data");
const push = () => here.server.cli(["work", "aswan_bom"]);

/** The raw row of a row of the ERP. */
async function rawOf(row: ErpRow): Promise<RecordModel> {
  const all = await here.server.rows("erp_raw_data", "missing_since = ''");
  const same = (raw: RecordModel) => sameLine(raw.payload_json, row);
  return all.find(same) as RecordModel;
}

function sameLine(one: ErpRow, other: ErpRow): boolean {
  const id = (row: ErpRow) => [row.BOM_WORKORDER_BASE_ID, row.BOM_PIECE_NO, row.BOM_OPERATION_SEQ_NO, row.INV_TRANS_ID];
  return id(one).join() === id(other).join() && one.PURC_REQ_ID === other.PURC_REQ_ID;
}

/** The sentence under payload_json, after a save that was refused. */
async function refusal(id: string, payload: unknown): Promise<string> {
  const before = await raws().getOne(id);
  const error = await raws()
    .update(id, { payload_json: payload })
    .then(
      () => ({ response: { data: {} as Record<string, { message: string }> } }),
      (refused) => refused,
    );
  expect(await raws().getOne(id)).toEqual(before);
  return error.response.data.payload_json?.message ?? "it was saved";
}

describe("payload_json saved by a person", () => {
  it("heals a bad row, stands while the ERP sends the same text, and is replaced when it sends another", async () => {
    const { server, factory } = here;
    const { before } = factory.breakRow(3, "BOM_QTY", "ten");
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1 });
    const bad = await rawOf(before);
    expect(bad.payload_json.BOM_QTY).toBe("ten");
    const mended = { ...before, BOM_QTY: 10.5 };

    const saved = await raws().update(bad.id, { payload_json: mended });
    expect(saved).toMatchObject({ erp_id: bad.erp_id, fingerprint: bad.fingerprint, pushed_hash: bad.pushed_hash });
    expect(saved.mapped_hash).not.toBe(bad.mapped_hash);
    expect(saved.edited_at).not.toBe("");
    expect(await server.rows("failed_records", "resolved_at = ''")).toEqual([]);
    expect(await server.jobs('status = "queued"')).toMatchObject([
      { payload_ref: bad.id, mapped_hash: saved.mapped_hash },
    ]);
    await push();
    const healed = factory.rows().map((row, at) => (at === 3 ? mended : row));
    await server.expectTarget(healed);

    expect(await server.runSync()).toMatchObject({
      status: "succeeded",
      rows_unchanged: healed.length,
      pushed_updated: 0,
    });
    await server.expectTarget(healed);
    expect((await raws().getOne(bad.id)).edited_at).toBe(saved.edited_at);

    factory.changeRow(3, { BOM_QTY: 11 });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: 1, pushed_updated: 1 });
    await server.expectTarget(factory.rows());
    expect(await raws().getOne(bad.id)).toMatchObject({ edited_at: "", erp_id: bad.erp_id, target_id: bad.target_id });
  });

  it("is refused with the sentence of what is still wrong", async () => {
    const { factory } = here;
    const row = factory.rows()[5] as ErpRow;
    const { id } = await rawOf(row);
    expect(await refusal(id, { ...row, BOM_QTY: "ten" })).toMatch(/BOM_QTY.*"ten".*expected/);
    expect(await refusal(id, [row])).toMatch(/is not a row; expected a JSON object/);
    expect(await refusal(id, "{ no json")).toMatch(/is not a row; expected a JSON object/);
    expect(await refusal(id, { ...row, BOM_PIECE_NO: { no: 1 } })).toMatch(
      /key field BOM_PIECE_NO.*cannot be part of a key/i,
    );
    expect(await refusal(id, { ...row, BOM_PIECE_NO: 4711 })).toMatch(/group fields make ".*4711" instead of/);
    expect(await here.server.jobs('status != "done"')).toEqual([]);
  });

  it("may change the key inside its group, but not to one that another row has", async () => {
    const { server, factory } = here;
    const sibling = factory.addSibling(0);
    await server.runSync();
    const first = factory.rows()[0] as ErpRow;
    const [one, other] = [await rawOf(first), await rawOf(sibling)];
    expect(one.group_key).toBe(other.group_key);
    const keyOfOther = { PURC_REQ_ID: sibling.PURC_REQ_ID, PURC_REQ_LINE_NO: sibling.PURC_REQ_LINE_NO };
    const documents = { PURC_ORDER_ID: sibling.PURC_ORDER_ID, PO_LINE_NO: sibling.PO_LINE_NO, GRN_ID: sibling.GRN_ID };
    const rest = { GRN_LINE_NO: sibling.GRN_LINE_NO, INV_TRANS_ID: sibling.INV_TRANS_ID };
    expect(await refusal(one.id, { ...first, ...keyOfOther, ...documents, ...rest })).toMatch(
      /make the erp_id ".*", which another row of this stream has/,
    );
    const moved = { ...first, PURC_REQ_ID: "REQ-MENDED" };
    const saved = await raws().update(one.id, { payload_json: moved });
    expect(saved.erp_id).toContain("REQ-MENDED");
    await push();
    await server.expectTarget([moved, ...factory.rows().slice(1)]);
    await server.runSync();
    await server.expectTarget([moved, ...factory.rows().slice(1)]);

    factory.changeRow(0, { BOM_QTY: 77 });
    expect(await server.runSync()).toMatchObject({ rows_rekeyed: 1, rows_new: 0, rows_superseded: 0 });
    await server.expectTarget(factory.rows());
    expect(await raws().getOne(one.id)).toMatchObject({ erp_id: one.erp_id, target_id: one.target_id, edited_at: "" });
  });

  it("changes nothing when only spaces, key order or an old form's other columns differ", async () => {
    const { server, factory } = here;
    const row = factory.rows()[7] as ErpRow;
    const before = await rawOf(row);
    const shuffled = Object.fromEntries(Object.entries(row).reverse());
    const old = {
      mapped_hash: "x",
      pushed_hash: "y",
      target_id: "zzz",
      erp_id: "other",
      missing_since: "2020-01-01 00:00:00Z",
    };
    await raws().update(before.id, { ...old, fingerprint: "f", held_by: "r", stream: "s", payload_json: shuffled });
    await raws().update(before.id, { ...old, payload_json: JSON.stringify(row, null, 2) });
    expect(await raws().getOne(before.id)).toEqual(before);
    expect(await server.jobs('status != "done"')).toEqual([]);
  });

  it("takes the live state along when it is saved from an old form", async () => {
    const { server, factory } = here;
    const row = factory.rows()[8] as ErpRow;
    const form = await rawOf(row);
    factory.changeRow(8, { BOM_QTY: 5 });
    await server.runSync();
    const live = await raws().getOne(form.id);
    const mended = { ...form.payload_json, BOM_QTY: 6 };
    const saved = await raws().update(form.id, { ...form, payload_json: mended });
    expect(saved).toMatchObject({
      fingerprint: live.fingerprint,
      pushed_hash: live.pushed_hash,
      fetched_at: live.fetched_at,
    });
    await push();
    await server.expectTarget(factory.rows().map((each, at) => (at === 8 ? { ...each, BOM_QTY: 6 } : each)));
    factory.changeRow(8, { BOM_QTY: 7 });
  });

  it("cannot bring back what the ERP no longer sends", async () => {
    const { server, factory } = here;
    await server.updateSettings({ on_missing: "delete" });
    const row = factory.rows()[9] as ErpRow;
    const { id } = await rawOf(row);
    factory.removeRow(9);
    await server.runSync();
    expect(await refusal(id, { ...row, BOM_QTY: 8 })).toMatch(/the ERP no longer sends this row/i);
    await server.updateSettings({ on_missing: "keep" });
  });
});

describe("a raw row", () => {
  it("cannot be made by hand", async () => {
    const row = { stream: "aswan_bom", erp_id: "X", payload_json: here.factory.rows()[0] };
    await expect(raws().create(row)).rejects.toMatchObject({ status: 400 });
  });

  it("cannot be deleted while it owns a target record; without one it can, and comes again", async () => {
    const { server, factory } = here;
    const raw = await rawOf(factory.rows()[2] as ErpRow);
    await expect(raws().delete(raw.id)).rejects.toMatchObject({
      status: 400,
      response: { message: expect.stringContaining(`its target record ${raw.target_id} in ${TARGET} is still there`) },
    });
    await server.pb.collection(TARGET).delete(raw.target_id);
    await raws().delete(raw.id);
    expect(await server.runSync()).toMatchObject({ rows_new: 1, pushed_inserted: 1 });
    await server.expectTarget(factory.rows());
  });
});
