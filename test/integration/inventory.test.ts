import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { type Feed, NEW_YEAR, rawRows, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";
import { countsOf, pushes } from "./outcomes-instance";

const STREAM = "inventory";
const TOKEN = "inventory-token";

describe("the built-in stream inventory", () => {
  let feed: Feed;
  let server: PocketBaseServer;
  const skuOf = new Map<string, string>();

  const run = (): Promise<RecordModel> => server.runSync({}, STREAM);
  const send = (rows: Record<string, unknown>): void => {
    feed.rows["/inventory"] = Object.entries(rows).map(([sku, qty]) => ({ sku, qty }));
  };
  const addProduct = async (sku: string): Promise<void> => {
    const { id } = await server.pb.collection("products").create({ sku, name: `Article ${sku}` });
    skuOf.set(id, sku);
  };
  /** The stock of each product, by its SKU. */
  const stock = async (): Promise<Record<string, RecordModel>> => {
    const records = await server.rows("inventory");
    return Object.fromEntries(records.map((record) => [skuOf.get(record.product) ?? "?", record]));
  };

  beforeAll(async () => {
    feed = await startFeed();
    server = await startPocketBase({ erpUrl: feed.url, example: true });
    for (const sku of ["A-1", "B-2", "C-3"]) await addProduct(sku);
  });

  it("lets erp doctor find no error, although it has no token", async () => {
    const { code, stdout } = await server.cli(["doctor"]);
    expect(stdout).toContain("warning  inventory settings: ");
    expect(stdout).toContain("ERP_INVENTORY_TOKEN is not set");
    expect(code).toBe(0);
  });

  it("is off, and cannot be switched on without its token", async () => {
    expect(await server.settings(STREAM)).toMatchObject({
      paused: true,
      schedule: "0 2 * * *",
      target_collection: "inventory",
      on_missing: "mark",
    });
    await expect(server.updateSettings({ paused: false }, STREAM)).rejects.toMatchObject({ status: 400 });
    await server.restart({ ERP_INVENTORY_TOKEN: TOKEN });
    await server.updateSettings({ paused: false, schedule: NEW_YEAR }, STREAM);
  });

  it("brings stock counts to the products of their SKU, with its token", async () => {
    send({ "A-1": 45, "B-2": 0, "C-3": 12 });
    const first = await run();
    expect(first).toMatchObject({ status: "succeeded", error: "" });
    expect(countsOf(first)).toEqual({ fetched: 3, new: 3, inserted: 3 });
    expect(feed.requests.at(-1)?.authorization).toBe(`Bearer ${TOKEN}`);
    const now = await stock();
    expect(Object.entries(now).map(([sku, record]) => [sku, record.in_stock, record.is_discontinued])).toEqual(
      expect.arrayContaining([
        ["A-1", 45, false],
        ["B-2", 0, false],
        ["C-3", 12, false],
      ]),
    );
  });

  it("stamps last_synced_at in every row the ERP sends, and pushes only the changed one", async () => {
    const before = await stock();
    for (const record of Object.values(before)) expect(record.last_synced_at).not.toBe("");
    send({ "A-1": 44, "B-2": 0, "C-3": 12 });
    const second = await run();
    expect(countsOf(second)).toEqual({ fetched: 3, unchanged: 2, changed: 1, updated: 1 });
    expect(await pushes(server, second)).toEqual([["200 A-1", [{ field: "in_stock", from: 45, to: 44 }]]]);
    const after = await stock();
    for (const [sku, record] of Object.entries(after)) {
      expect(record.last_synced_at > before[sku]?.last_synced_at, sku).toBe(true);
      if (sku !== "A-1") expect({ ...record, last_synced_at: "" }).toEqual({ ...before[sku], last_synced_at: "" });
    }
    const verified = await server.action("verify", { local: true }, STREAM);
    expect(JSON.stringify(verified)).not.toContain("last_synced_at");
  });

  it("stamps discontinued_at once when a SKU is gone, and clears it when it is back", async () => {
    send({ "A-1": 44, "B-2": 0 });
    expect(countsOf(await run())).toMatchObject({ left: 1, updated: 1 });
    const { "C-3": gone } = await stock();
    const raw = (await rawRows(server, STREAM)).get("C-3");
    expect(gone).toMatchObject({ in_stock: 12, is_discontinued: true, discontinued_at: raw?.missing_since });
    expect(gone?.discontinued_at).not.toBe("");
    const again = await run();
    expect(await pushes(server, again)).toEqual([]);
    expect((await stock())["C-3"]).toEqual(gone);

    send({ "A-1": 44, "B-2": 0, "C-3": 7 });
    await run();
    const { "C-3": back } = await stock();
    expect(back).toMatchObject({ id: gone?.id, in_stock: 7, is_discontinued: false, discontinued_at: "" });
    expect(back?.last_synced_at > gone?.last_synced_at).toBe(true);
  });

  it("skips and counts invalid rows, keeps their last good stock and does not call it synced", async () => {
    const before = await stock();
    send({ "A-1": "many", "B-2": 3, "C-3": 7 });
    const bad = await run();
    expect(bad.status).toBe("partial");
    expect(countsOf(bad)).toEqual({ fetched: 3, unchanged: 1, changed: 1, invalid: 1, updated: 1 });
    const after = await stock();
    expect(after["A-1"]).toEqual(before["A-1"]);
    expect(after["B-2"]).toMatchObject({ in_stock: 3 });
    const [failed] = await server.rows("failed_records", `stream = "${STREAM}" && resolved_at = ""`);
    expect(failed).toMatchObject({ erp_id: "A-1", error_type: "not_a_number", field: "in_stock", value: "many" });
    send({ "A-1": 43, "B-2": 3, "C-3": 7 });
    expect((await run()).status).toBe("succeeded");
    expect((await stock())["A-1"]).toMatchObject({ in_stock: 43 });
  });

  it("runs beside another stream", async () => {
    const target = await server.pb.collections.create({
      name: "prices",
      type: "base",
      fields: [
        { name: "sku", type: "text" },
        { name: "price", type: "number" },
      ],
    });
    feed.rows["/prices"] = Array.from({ length: 40 }, (_, at) => ({ sku: `P-${at}`, price: at }));
    await server.pb.collection("sync_settings").create({
      name: "prices",
      schedule: NEW_YEAR,
      source_url: "${ERP_BASE_URL}/prices",
      key_fields: ["sku"],
      target_collection: target.name,
      on_missing: "keep",
    });
    send({ "A-1": 1, "B-2": 2, "C-3": 3 });
    const [prices, inventory] = await Promise.all([server.runSync({}, "prices"), run()]);
    expect([prices.status, inventory.status]).toEqual(["succeeded", "succeeded"]);
    expect(countsOf(prices)).toEqual({ fetched: 40, new: 40, inserted: 40 });
    expect(countsOf(inventory)).toEqual({ fetched: 3, changed: 3, updated: 3 });
    const found = await server.rows("prices");
    expect(found.map(({ sku, price }) => [sku, price]).sort()).toEqual(
      feed.rows["/prices"]?.map((row) => Object.values(row as object)).sort(),
    );
    expect((await server.jobs('status != "done"')).length).toBe(0);
  });

  it("refuses a second stream into its target, and a touch_field that is no date of it", async () => {
    const { id: _, name: __, ...form } = await server.settings(STREAM);
    await expect(server.pb.collection("sync_settings").create({ ...form, name: "again" })).rejects.toMatchObject({
      response: { data: { target_collection: { code: "invalid_target_collection" } } },
    });
    const options = { ...form.options, push: { touch_field: "in_stock" } };
    await expect(server.updateSettings({ options }, STREAM)).rejects.toMatchObject({
      response: { data: { options: { message: expect.stringContaining('"in_stock" is a number field') } } },
    });
  });
});
