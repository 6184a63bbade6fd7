import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { hooksWith, type PocketBaseServer, startPocketBase } from "./harness";
import { LATER_HOOK, tickLater } from "./later";

const NAME = "stock";

describe("a row whose lookup finds nothing", () => {
  let feed: Feed;
  let server: PocketBaseServer;

  const send = (...skus: string[]): Promise<RecordModel> => {
    feed.rows["/stock"] = skus.map((SKU) => ({ SKU, QTY: 1 }));
    return server.runSync({}, NAME);
  };
  const product = (sku: string) => server.pb.collection("products").create({ sku });
  const open = () => server.rows("failed_records", 'resolved_at = ""', "erp_id");
  const tick = () => tickLater(server, NAME);
  const stored = async (): Promise<string[]> => {
    const records = await server.pb.collection(NAME).getFullList({ expand: "product" });
    return records.map((record) => record.expand?.product?.sku ?? "?").sort();
  };

  beforeAll(async () => {
    feed = await startFeed();
    server = await startPocketBase({ env: { ERP_FEED_URL: feed.url }, hooksDir: hooksWith(LATER_HOOK), example: true });
    const { id } = await server.pb.collections.getOne("products");
    await server.pb.collections.create({
      name: NAME,
      type: "base",
      fields: [
        { name: "product", type: "relation", required: true, collectionId: id, maxSelect: 1 },
        { name: "QTY", type: "number" },
      ],
    });
    await createStream(server, {
      name: NAME,
      source_url: "${ERP_FEED_URL}/stock",
      key_fields: ["SKU"],
      target_collection: NAME,
      // The products are lower case: what is looked for is not what the ERP sent.
      mapping: { product: { from: "SKU", transforms: ["lower"], lookup: { collection: "products", field: "sku" } } },
    });
    await product("a-1");
  });

  it("goes to quarantine, and to the target at the next tick once the record is there", async () => {
    expect(await send("A-1", "B-2", "C-3")).toMatchObject({ status: "partial", rows_invalid: 2, pushed_inserted: 1 });
    expect(await open()).toMatchObject([
      { erp_id: "B-2", stage: "validate", error_type: "not_found", value: "B-2", waits_for: "b-2", count: 1 },
      { erp_id: "C-3", waits_for: "c-3", count: 1 },
    ]);
    expect(await tick()).toEqual([]);
    await product("b-2");
    expect(await tick()).toMatchObject([{ did: "worked", pushed: 1 }]);
    expect(await stored()).toEqual(["a-1", "b-2"]);
    expect(await open()).toMatchObject([{ erp_id: "C-3", count: 1 }]);
    expect(await tick()).toEqual([]);
  });

  it("goes there with the next run as well, although the ERP sends the same text", async () => {
    await product("c-3");
    expect(await send("A-1", "B-2", "C-3")).toMatchObject({
      status: "succeeded",
      rows_unchanged: 3,
      pushed_inserted: 1,
    });
    expect(await stored()).toEqual(["a-1", "b-2", "c-3"]);
    expect(await open()).toEqual([]);
    expect(await server.action("verify", {}, NAME)).toMatchObject({ equal: true });
  });

  it("stays away when a person ignores it, until that is taken back", async () => {
    await send("A-1", "B-2", "C-3", "D-4");
    const [record] = await open();
    await server.pb.send(`/api/erp/failed/${record?.id}/ignore`, { method: "POST" });
    await product("d-4");
    expect(await tick()).toEqual([]);
    expect(await stored()).not.toContain("d-4");
    await server.pb.send(`/api/erp/failed/${record?.id}/ignore`, { method: "POST", body: { undo: true } });
    await tick();
    expect(await stored()).toContain("d-4");
  });

  it("comes by the hundred at once, and the others are not touched", async () => {
    const many = Array.from({ length: 450 }, (_, at) => `M-${at}`);
    expect(await send("A-1", ...many)).toMatchObject({ rows_invalid: 450 });
    const batch = server.pb.createBatch();
    for (const sku of many.slice(0, 440)) batch.collection("products").create({ sku: sku.toLowerCase() });
    await server.pb.settings.update({ batch: { enabled: true, maxRequests: 1000, timeout: 60 } });
    await batch.send();
    expect(await tick()).toMatchObject([{ did: "worked", pushed: 440 }]);
    expect((await stored()).filter((sku) => sku.startsWith("m-"))).toHaveLength(440);
    const left = await open();
    expect(left.map((record) => [record.erp_id, record.count])).toEqual(
      many
        .slice(440)
        .map((sku) => [sku, 1])
        .sort(),
    );
  });

  it("waits without harm while the other collection cannot be asked", async () => {
    const products = await server.pb.collections.getOne("products");
    const fields = products.fields.map((field) => (field.name === "sku" ? { ...field, name: "code" } : field));
    await server.pb.collections.update("products", { fields, indexes: [] });
    expect(await tick()).toEqual([]);
    expect(await send("A-1", "Z-9")).toMatchObject({ status: "partial" });
    expect((await rawRows(server, NAME)).get("Z-9")?.pushed_hash).toBe("");
    expect((await server.pb.send("/api/erp/status", {})).streams.map((stream: RecordModel) => stream.name)).toContain(
      NAME,
    );
  });
});
