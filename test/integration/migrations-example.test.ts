import { afterEach, expect, test } from "vitest";
import { migrationCount, newInstance, stopAll } from "./migrations-instance";

afterEach(stopAll);

/** The collections of the example stream. */
const SHOP = ["inventory", "products"];

test("sets up the example stream inventory with its collections, switched off", async () => {
  const pb = await (await newInstance()).serve();
  const stream = await pb.collection("sync_settings").getFirstListItem("name = 'inventory'");
  expect(stream).toMatchObject({ paused: true, schedule: "0 2 * * *", key_fields: ["sku"], on_missing: "mark" });
  for (const name of SHOP) {
    const { listRule, viewRule, createRule, updateRule, deleteRule } = await pb.collections.getOne(name);
    expect([listRule, viewRule, createRule, updateRule, deleteRule]).toEqual([null, null, null, null, null]);
  }
  const product = await pb.collection("products").create({ sku: "A" });
  await expect(pb.collection("products").create({ sku: "A" })).rejects.toMatchObject({ status: 400 });
  await pb.collection("inventory").create({ product: product.id });
  await expect(pb.collection("inventory").create({ product: product.id })).rejects.toMatchObject({ status: 400 });
});

test("leaves collections named inventory and products alone, up and down, and then has no example stream", async () => {
  const pocketbase = await newInstance();
  let pb = await pocketbase.serveWithoutMigrations();
  const fields = [{ name: "shelf", type: "text" }];
  for (const name of SHOP) await pb.collections.create({ name, type: "base", fields });
  await pb.collection("inventory").create({ shelf: "B" });
  const look = () =>
    Promise.all(SHOP.flatMap((name) => [pb.collections.getOne(name), pb.collection(name).getFullList()]));
  const before = await look();
  await pocketbase.stop();
  pb = await pocketbase.serve();
  expect(await look()).toEqual(before);
  expect(await pb.collection("sync_settings").getFullList()).toMatchObject([{ name: "aswan_bom" }]);
  await pocketbase.stop();
  pocketbase.migrate("down", String(migrationCount));
  pb = await pocketbase.serveWithoutMigrations();
  expect(await look()).toEqual(before);
});

test("leaves a view named products alone, and then has no example either", async () => {
  const pocketbase = await newInstance();
  let pb = await pocketbase.serveWithoutMigrations();
  await pb.collections.create({ name: "goods", type: "base", fields: [{ name: "sku", type: "text" }] });
  await pb.collections.create({ name: "products", type: "view", viewQuery: "SELECT id, sku FROM goods" });
  await pocketbase.stop();
  pb = await pocketbase.serve();
  expect(await pb.collection("sync_settings").getFullList()).toMatchObject([{ name: "aswan_bom" }]);
  expect(await pb.collections.getOne("products")).toMatchObject({ type: "view" });
  await expect(pb.collections.getOne("inventory")).rejects.toMatchObject({ status: 404 });
});

test("goes down around a collection of yours that relates to products", async () => {
  const pocketbase = await newInstance();
  let pb = await pocketbase.serve();
  const { id } = await pb.collections.getOne("products");
  const fields = [{ name: "product", type: "relation", collectionId: id, maxSelect: 1 }];
  await pb.collections.create({ name: "labels", type: "base", fields });
  await pocketbase.stop();
  pocketbase.migrate("down", String(migrationCount));
  pb = await pocketbase.serveWithoutMigrations();
  expect(await pb.collections.getOne("products")).toMatchObject({ id });
  await expect(pb.collections.getOne("inventory")).rejects.toMatchObject({ status: 404 });
  await expect(pb.collections.getOne("sync_settings")).rejects.toMatchObject({ status: 404 });
});
