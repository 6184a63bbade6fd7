import { beforeAll, expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

let server: PocketBaseServer;
beforeAll(async () => {
  const feed = await startFeed({ "/stock": [] });
  server = await startPocketBase({ env: { ERP_FEED_URL: feed.url } });
  const fields = [{ name: "note", type: "text" }];
  await server.pb.collections.create({ name: "stock", type: "base", fields });
  await createStream(server, {
    ...{ name: "stock", source_url: "${ERP_FEED_URL}/stock", key_fields: ["SKU"], target_collection: "stock" },
    mapping: { note: { from: "NOTE" } },
  });
});

const problem = async (): Promise<string> => {
  const { items } = await server.pb.send("/api/erp/sources", {});
  return items.find(({ name }: { name: string }) => name === "stock").problem;
};
const health = async (part: string): Promise<string> => (await server.cli(["health", part, "--json"])).stdout;

it("a mapping of a field that the target has no longer is told before a run fails for it", async () => {
  expect(await problem()).toBe("");
  const collection = await server.pb.collections.getOne("stock");
  const fields = collection.fields.map((field) => (field.name === "note" ? { ...field, name: "remark" } : field));
  await server.pb.collections.update("stock", { fields });
  expect(await problem()).toMatch(/^mapping\.note: "note" is not a field of the target collection/);
  expect(await health("source")).toContain("is not a field of the target collection");
});

it("and so is a target that was renamed", async () => {
  await server.pb.collections.update("stock", { name: "stores" });
  expect(await problem()).toMatch(/^target_collection "stock" does not exist/);
  expect(await health("target")).toContain("does not exist");
});

it("a new stream that says nothing of rows that are gone keeps them", async () => {
  const settings = { source_url: "${ERP_FEED_URL}/stock", key_fields: ["SKU"], target_collection: "stores" };
  const record = await server.pb.collection("sync_settings").create({ name: "plain", ...settings });
  expect(record.on_missing).toBe("keep");
});
