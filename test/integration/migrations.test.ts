import { readFileSync } from "node:fs";
import { join } from "node:path";
import type PocketBase from "pocketbase";
import type { CollectionModel } from "pocketbase";
import { afterEach, expect, test } from "vitest";
import { migrationCount, migrationsSince, newInstance, stopAll } from "./migrations-instance";

const TARGET = "ASWNDUBAI_erpConsolidateData";
const TARGET_ID = "xil63txo81b8yd7";

afterEach(stopAll);

const settings = { name: "other", source_url: "http://127.0.0.1:1/", target_collection: TARGET, on_missing: "keep" };
const raw = (erp_id: string, more: object = {}) => ({ stream: "other", erp_id, payload_json: { a: 1 }, ...more });
const names = (collections: CollectionModel[]) =>
  collections
    .filter((c) => !c.system)
    .map((c) => c.name)
    .sort();

/** The collections of the example stream. */
const SHOP = ["inventory", "products"];
const OURS = [
  "erp_raw_data",
  "failed_records",
  "job_queue",
  "push_log",
  "sync_alerts",
  "sync_fields",
  "webhook_calls",
  "sync_overview",
  "sync_runs",
  "sync_settings",
];

test("creates our collections for superusers only, each field with its help text", async () => {
  const pb = await (await newInstance()).serve();
  const collections = await pb.collections.getFullList();
  expect(names(collections)).toEqual([TARGET, ...OURS, ...SHOP, "users"].sort());
  for (const collection of collections.filter((c) => OURS.includes(c.name))) {
    const { listRule, viewRule, createRule, updateRule, deleteRule } = collection;
    expect([listRule, viewRule, createRule, updateRule, deleteRule]).toEqual([null, null, null, null, null]);
    if (collection.type === "view") continue;
    const silent = collection.fields
      .filter((field) => !field.system && field.type !== "autodate" && !field.help)
      .map((field) => field.name);
    expect(silent, collection.name).toEqual([]);
  }
});

test("goes down to nothing and up again", async () => {
  const pocketbase = await newInstance();
  pocketbase.migrate("up");
  pocketbase.migrate("down", String(migrationCount));
  expect(names(await (await pocketbase.serveWithoutMigrations()).collections.getFullList())).toEqual(["users"]);
  await pocketbase.stop();
  pocketbase.migrate("up");
  expect(names(await (await pocketbase.serve()).collections.getFullList())).toEqual(
    [TARGET, ...OURS, ...SHOP, "users"].sort(),
  );
});

test("creates a missing target with the ids, types, required flags and rules of the 0.22 export", async () => {
  const [exported] = JSON.parse(
    readFileSync(join(import.meta.dirname, "fixtures", `${TARGET}.v022-export.json`), "utf8"),
  );
  const pb = await (await newInstance()).serve();
  const target = await pb.collections.getOne(TARGET);
  const outline = (field: Record<string, unknown>) => [field.id, field.name, field.type, field.required];
  const fields = target.fields.filter((field) => !["id", "created", "updated"].includes(field.name));
  expect(fields.map(outline)).toEqual(exported.schema.map(outline));
  for (const key of ["id", "name", "type", "listRule", "viewRule", "createRule", "updateRule", "deleteRule"]) {
    expect(target[key], key).toEqual(exported[key]);
  }
  const autodates = target.fields.filter((field) => field.type === "autodate");
  expect(autodates.map((field) => [field.name, field.onCreate, field.onUpdate])).toEqual([
    ["created", true, false],
    ["updated", true, true],
  ]);
});

test.each([
  ["with its rows", [{ BOM_PART_ID: "DP0036", note: "by hand" }]],
  ["even if it is empty", []],
])("leaves a target that is there as it is, %s, up and down", async (_, records) => {
  const pocketbase = await newInstance();
  let pb = await pocketbase.serveWithoutMigrations();
  const fields = [
    { name: "BOM_PART_ID", type: "text", required: true },
    { name: "note", type: "text" },
  ];
  await pb.collections.create({ id: TARGET_ID, name: TARGET, type: "base", listRule: "note != ''", fields });
  for (const record of records) await pb.collection(TARGET).create(record);
  const look = async () => [await pb.collections.getOne(TARGET), await pb.collection(TARGET).getFullList()];
  const before = await look();
  await pocketbase.stop();
  await new Promise((done) => setTimeout(done, 300)); // down() takes only what is as old as its own entry, give or take 250 ms

  pb = await pocketbase.serve();
  expect(await look()).toEqual(before);
  await pocketbase.stop();

  pocketbase.migrate("down", String(migrationCount));
  pb = await pocketbase.serveWithoutMigrations();
  expect(await look()).toEqual(before);
});

test.each<[string, (pb: PocketBase) => Promise<unknown>]>([
  ["that holds a row", (pb) => pb.collection(TARGET).create({ BOM_WORKORDER_BASE_ID: "A", BOM_WORKORDER_SUB_ID: "0" })],
  ["whose rules a person closed", (pb) => pb.collections.update(TARGET, { deleteRule: null })],
])("does not delete a target %s when it goes down", async (_, change) => {
  const pocketbase = await newInstance();
  await change(await pocketbase.serve());
  await pocketbase.stop();
  pocketbase.migrate("down", String(migrationCount));
  const pb = await pocketbase.serveWithoutMigrations();
  expect(names(await pb.collections.getFullList())).toEqual([TARGET, "users"]);
});

test("sets up the stream aswan_bom", async () => {
  const pb = await (await newInstance()).serve();
  const stream = await pb.collection("sync_settings").getFirstListItem("name = 'aswan_bom'");
  expect(stream).toMatchObject({
    paused: false,
    schedule: "0 * * * *",
    source_url: "${ERP_BASE_URL:-https://aswanservice.aswan.com:8088}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM",
    from_date: "2025-12-01",
    target_collection: TARGET,
    mapping: {},
    timezone: "UTC",
    on_missing: "keep",
    options: { source: { rows_path: "$", from_date_param: "fromDate" } },
  });
  const target = await pb.collections.getOne(TARGET);
  const fields = target.fields.map((field) => field.name);
  expect(stream.group_fields).toHaveLength(8);
  expect(stream.key_fields).toHaveLength(15);
  expect(stream.key_fields.slice(0, 8)).toEqual(stream.group_fields);
  expect(fields).toEqual(expect.arrayContaining(stream.key_fields));
});

test("leaves a stream of that name that is there alone", async () => {
  const pocketbase = await newInstance();
  pocketbase.migrate("up");
  pocketbase.migrate("down", String(migrationsSince("1770000009_erp_aswan_bom.js")));
  let pb = await pocketbase.serveWithoutMigrations();
  const mine = await pb.collection("sync_settings").create({ ...settings, name: "aswan_bom", schedule: "5 4 * * *" });
  await pocketbase.stop();
  pb = await pocketbase.serve();
  expect(await pb.collection("sync_settings").getFullList({ filter: "name = 'aswan_bom'" })).toEqual([mine]);
});

test("allows one open job per raw row, one raw row per key and per target record", async () => {
  const pb = await (await newInstance()).serve();
  const rows = pb.collection("erp_raw_data");
  const jobs = pb.collection("job_queue");
  const refused = (field: string) => ({ response: { data: { [field]: { code: "validation_not_unique" } } } });

  const row = await rows.create(raw("1", { target_collection: TARGET, target_id: "t1" }));
  await expect(rows.create(raw("1"))).rejects.toMatchObject(refused("erp_id"));
  await expect(rows.create(raw("2", { target_collection: TARGET, target_id: "t1" }))).rejects.toMatchObject(
    refused("target_id"),
  );
  await rows.create(raw("3"));
  await rows.create(raw("4"));

  const job = { payload_ref: row.id, stream: "other" };
  for (const status of ["done", "done", "dead", "dead", "queued"]) await jobs.create({ ...job, status });
  for (const status of ["queued", "processing", "failed"]) {
    await expect(jobs.create({ ...job, status })).rejects.toMatchObject(refused("payload_ref"));
  }
});

test("takes jobs and quarantine along with a raw row, and leaves the log", async () => {
  const pb = await (await newInstance()).serve();
  const row = await pb.collection("erp_raw_data").create(raw("1"));
  const job = await pb.collection("job_queue").create({ payload_ref: row.id, stream: "other", status: "done" });
  await pb.collection("failed_records").create({ raw_row: row.id, stream: "other", stage: "push" });
  await pb.collection("push_log").create({ job_id: job.id, stream: "other", erp_id: "1", response_code: 201 });
  await pb.collection("erp_raw_data").delete(row.id);
  expect(await pb.collection("job_queue").getFullList()).toEqual([]);
  expect(await pb.collection("failed_records").getFullList()).toEqual([]);
  expect(await pb.collection("push_log").getFullList()).toMatchObject([{ job_id: "", erp_id: "1" }]);
});

test("takes a raw row far larger than PocketBase's own limit for json", async () => {
  const pb = await (await newInstance()).serve();
  const row = await pb.collection("erp_raw_data").create(raw("1", { payload_json: { text: "x".repeat(5_000_000) } }));
  expect(row.payload_json.text).toHaveLength(5_000_000);
});
