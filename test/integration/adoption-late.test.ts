import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

const SKUS = ["A", "B", "C", "D", "E", "F"];
let feed: Feed;
let server: PocketBaseServer;
let name = "";

beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ env: { ERP_FEED_URL: feed.url } });
});

/** Each test has a target of its own, with a record of every SKU. */
let count = 0;
beforeEach(async () => {
  name = `stock_${++count}`;
  await server.pb.collections.create({
    name,
    type: "base",
    fields: [
      { name: "SKU", type: "text" },
      { name: "QTY", type: "number" },
    ],
  });
  for (const SKU of SKUS) await server.pb.collection(name).create({ SKU, QTY: 0 });
});

async function records(): Promise<string[]> {
  const list = await server.pb.collection(name).getFullList({ sort: "SKU" });
  return list.map(({ SKU, QTY }) => `${SKU} ${QTY}`);
}

const stream = (options: object = {}) =>
  createStream(server, {
    ...{ name, source_url: `\${ERP_FEED_URL}/${name}`, key_fields: ["SKU"], target_collection: name },
    options,
  });
const rowsOf = (quantity: unknown) => SKUS.map((SKU) => ({ SKU, QTY: quantity }));
const updated = SKUS.map((SKU) => `${SKU} 1`);

describe("records that were in the target before are found", () => {
  it("by the whole answer, although a person asked for a few rows first", async () => {
    await stream();
    feed.rows[`/${name}`] = rowsOf(1);
    expect(await server.runSync({ max_records: 2 }, name)).toMatchObject({ status: "succeeded", pushed_updated: 2 });
    expect(await server.runSync({}, name)).toMatchObject({ pushed_inserted: 0, pushed_updated: 4 });
    expect(await records()).toEqual(updated);
  });

  it("by the whole answer, although its first page came twice at first", async () => {
    await stream({ source: { rows_path: "rows", paging: { kind: "cursor", cursor_path: "next" } } });
    const page = (rows: object[], next: string) => ({ rows, next }) as unknown as unknown[];
    feed.rows[`/${name}`] = page(rowsOf(1).slice(0, 2), "second");
    expect(await server.runSync({}, name)).toMatchObject({ status: "partial", pushed_updated: 2 });
    feed.rows[`/${name}`] = page(rowsOf(1), "");
    expect(await server.runSync({}, name)).toMatchObject({ pushed_inserted: 0, pushed_updated: 4 });
    expect(await records()).toEqual(updated);
  });

  it("by a row that could not be mapped when it came first", async () => {
    await stream();
    feed.rows[`/${name}`] = [...rowsOf(1).slice(1), { SKU: "A", QTY: "many" }];
    expect(await server.runSync({}, name)).toMatchObject({ status: "partial", pushed_updated: 5, rows_invalid: 1 });
    expect(await records()).toEqual(["A 0", ...updated.slice(1)]);
    feed.rows[`/${name}`] = rowsOf(1);
    expect(await server.runSync({}, name)).toMatchObject({ pushed_inserted: 0, pushed_updated: 1 });
    expect(await records()).toEqual(updated);
  });
});

it("records that somebody makes after a whole answer was synced are not taken over", async () => {
  await stream();
  feed.rows[`/${name}`] = rowsOf(1).slice(1);
  await server.runSync({}, name);
  feed.rows[`/${name}`] = rowsOf(1);
  expect(await server.runSync({}, name)).toMatchObject({ pushed_inserted: 1, pushed_updated: 0 });
  expect(await records()).toEqual(["A 0", ...updated]);
});
