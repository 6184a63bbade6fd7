import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, KEY_FIELDS, keyOf } from "../erp/row";
import { dump, type Installation, startWithErp } from "./answers-instance";
import { waitFor } from "./harness";
import { openForm, refusalOf, saveForm, secondStream } from "./settings-form";

const lowerPart = (row: ErpRow) => ({ ...row, BOM_PART_ID: row.BOM_PART_ID.toLowerCase() });
const IN_USE = "It cannot change while erp_raw_data holds rows of this stream: put back ";

describe("a stream that has raw rows", () => {
  let here: Installation;
  let form: Record<string, unknown>;
  beforeAll(async () => {
    here = await startWithErp();
    await here.server.runSync();
    await here.server.pb.collections.create({ name: "other", type: "base" });
    form = await openForm(here.server);
  });

  it.each<[string, unknown, string]>([
    ["name", "bom", '"aswan_bom", make a new stream, or delete those rows first.'],
    ["target_collection", "other", '"ASWNDUBAI_erpConsolidateData", make a new stream'],
    ["key_fields", [...KEY_FIELDS, "CUST_ORDER_ID"], '["TXN_TYPE","BOM_WORKORDER_TYPE",'],
    ["key_fields", [...KEY_FIELDS].reverse(), '["TXN_TYPE","BOM_WORKORDER_TYPE",'],
    ["group_fields", ["TXN_TYPE"], '["TXN_TYPE","BOM_WORKORDER_TYPE",'],
    ["group_fields", null, '["TXN_TYPE","BOM_WORKORDER_TYPE",'],
  ])("keeps its %s", async (field, value, message) => {
    const { server } = here;
    const before = await dump(server);
    const { fields } = await refusalOf(saveForm(server, form, { [field]: value }));
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toContain(IN_USE + message);
    expect(await openForm(server)).toEqual(form);
    expect(await dump(server)).toBe(before);
  });

  it("tells first that a value is wrong anyway", async () => {
    const { fields } = await refusalOf(saveForm(here.server, form, { key_fields: "[", name: "A" }));
    expect(fields.key_fields).toContain('"[" is not a list');
    expect(fields.name).toContain('"A" is not a stream name');
  });

  it("is saved when a form lays the same lists out in another way", async () => {
    const { server, factory } = here;
    const laidOut = (field: string) => JSON.stringify(form[field], null, 2);
    const lists = { key_fields: laidOut("key_fields"), group_fields: laidOut("group_fields") };
    const saved = await saveForm(server, form, { ...lists, on_missing: "delete" });
    expect(saved).toMatchObject({ key_fields: form.key_fields, on_missing: "delete" });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length });
    await saveForm(server, form);
  });

  it("may change everything else, for the next run", async () => {
    const { server, erp, factory } = here;
    await saveForm(server, form, { from_date: "2025-12-03", mapping: { BOM_PART_ID: { transforms: ["lower"] } } });
    const { after } = factory.changeRow((row) => String(row.WO_CREATE_DATE) > "2025-12-03");
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: 1, pushed_updated: 1 });
    expect(erp.requests.at(-1)?.query).toMatchObject({ fromDate: "2025-12-03" });
    await server.expectTarget(factory.rows().map((row) => (keyOf(row) === keyOf(after) ? lowerPart(row) : row)));
  });

  it("may change them all once its rows are deleted", async () => {
    const { server } = here;
    for (const name of ["push_log", "job_queue", "failed_records", "erp_raw_data"]) {
      await server.pb.collections.truncate(name);
    }
    const changes = { name: "bom", target_collection: "other", key_fields: ["A"], group_fields: [] };
    await saveForm(server, form, changes);
    expect(await openForm(server, "bom")).toMatchObject(changes);
    await saveForm(server, form);
  });
});

describe("two streams into one target", () => {
  it("are refused when the second one is made and when it is changed", async () => {
    const { server } = await startWithErp();
    const target_collection = "ASWNDUBAI_erpConsolidateData";
    const values = await secondStream(server);
    const create = (changes: object) => server.pb.collection("sync_settings").create({ ...values, ...changes });
    const message = `"${target_collection}" is the target of stream "aswan_bom" already, and two streams into one target collection are refused.`;
    expect((await refusalOf(create({ target_collection }))).fields).toEqual({ target_collection: message });
    await create({});
    const form = await openForm(server, "inventory");
    expect((await refusalOf(saveForm(server, form, { target_collection }))).fields).toEqual({
      target_collection: message,
    });
    expect(await openForm(server, "inventory")).toEqual(form);
  });
});

describe("a form that was opened before a run began", () => {
  it("changes settings for the next run, and neither the lock nor the run", async () => {
    const { server, erp, factory } = await startWithErp();
    const form = await openForm(server);
    expect(form).toMatchObject({ lock_owner: "", lock_expires_at: "" });
    erp.fault({ kind: "slow", bytesPerMs: 20 });
    const { run } = await server.action("sync");
    const { lock_owner } = await waitFor(async () => {
      const settings = await server.settings();
      return settings.lock_owner !== "" && settings;
    }, "the lease");

    const saved = await saveForm(server, form, { on_missing: "delete" });
    expect(saved).toMatchObject({ lock_owner, on_missing: "delete" });
    expect(await server.settings()).toMatchObject({ lock_owner, lock_expires_at: expect.stringMatching(/^20/) });
    await saveForm(server, form, { lock_owner: "somebody|1|1|run:x", lock_expires_at: "2099-01-01 00:00:00.000Z" });
    expect(await server.settings()).toMatchObject({ lock_owner });

    await waitFor(async () => (await server.runs(`id = "${run}" && status = "succeeded"`)).length === 1, "the run");
    await server.expectTarget(factory.rows());
    expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });
  });

  it("cannot bring a lock into a stream, old or new", async () => {
    const { server } = await startWithErp();
    const lock = { lock_owner: "somebody|1|1|run:x", lock_expires_at: "2099-01-01 00:00:00.000Z" };
    expect(await saveForm(server, await openForm(server), lock)).toMatchObject({ lock_owner: "", lock_expires_at: "" });
    const values = await secondStream(server, lock);
    const made = await server.pb.collection("sync_settings").create(values);
    expect(made).toMatchObject({ lock_owner: "", lock_expires_at: "" });
  });
});

describe("pausing", () => {
  it("works by saving nothing but paused, also in a run, which stops", async () => {
    const { server, erp, factory } = await startWithErp();
    erp.fault({ kind: "slow", bytesPerMs: 10 });
    const { run } = await server.action("sync");
    await waitFor(() => erp.requests.length === 1, "the fetch");
    expect(await server.updateSettings({ paused: true })).toMatchObject({ paused: true });
    await waitFor(async () => (await server.runs(`id = "${run}" && status = "stopped"`)).length === 1, "the stop");
    expect(await server.targetRows()).toEqual([]);
    expect(await server.settings()).toMatchObject({ lock_owner: "", paused: true });
    erp.clearFaults();
    await server.updateSettings({ paused: false });
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await server.expectTarget(factory.rows());
  });

  it("works although the other settings have become wrong; going on does not", async () => {
    const { server } = await startWithErp();
    const values = await secondStream(server, { mapping: { qty: { min: 0 } }, schedule: "0 2 * * *" });
    await server.pb.collection("sync_settings").create(values);
    await server.pb.collections.update("articles", { fields: [{ name: "sku", type: "text" }] });
    const form = await openForm(server, "inventory");

    expect(await saveForm(server, form, { paused: true })).toMatchObject({ paused: true });
    const { fields } = await refusalOf(saveForm(server, form, { paused: false }));
    expect(fields.mapping).toContain('"qty" is not a field of the target collection');
    expect(
      (await refusalOf(saveForm(server, form, { paused: true, schedule: "0 3 * * *" }))).fields.mapping,
    ).toBeTruthy();
    expect(await openForm(server, "inventory")).toEqual({ ...form, paused: true });
    expect(await server.action("pause", {}, "inventory")).toEqual({ stream: "inventory", paused: true });
  });
});
