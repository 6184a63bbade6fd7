import { beforeAll, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url });
});

const FIELDS = [
  { name: "SKU", type: "text" },
  { name: "PRICE", type: "number" },
];

/** A stream with a target of its own that says nothing about how it is pushed, unless its options do. */
async function makeStream(name: string, more: object[] = [], options: object = {}): Promise<void> {
  await server.pb.collections.create({ type: "base", name, fields: [...FIELDS, ...more] });
  const source_url = `\${ERP_BASE_URL}/${name}`;
  await createStream(server, { name, source_url, key_fields: ["SKU"], target_collection: name, options });
}

/** A run on so many rows at this price: how it wrote, and how many it wrote. */
async function pushed(stream: string, prices: number[]): Promise<[string, number]> {
  feed.rows[`/${stream}`] = prices.map((PRICE, at) => ({ SKU: `S-${at}`, PRICE }));
  const run = await server.runSync({}, stream);
  expect(run.status).toBe("succeeded");
  expect((await server.rows(stream)).map((record) => record.PRICE).sort()).toEqual([...prices].sort());
  return [run.push_mode, run.pushed_inserted + run.pushed_updated];
}

it("writes the first load in bulk, and then only what is above 1,000 rows", async () => {
  await makeStream("goods");
  expect(await pushed("goods", [1, 1, 1])).toEqual(["bulk", 3]);
  expect(await pushed("goods", [1, 2, 1])).toEqual(["records", 1]);
  expect(await pushed("goods", Array(1001).fill(2))).toEqual(["records", 1000]);
  expect(await pushed("goods", Array(1001).fill(3))).toEqual(["bulk", 1001]);
});

it("goes record by record where another collection relates to the target", async () => {
  await makeStream("parts");
  const { id } = await server.pb.collections.getOne("parts");
  const relation = { name: "part", type: "relation", collectionId: id, maxSelect: 1 };
  await server.pb.collections.create({ type: "base", name: "drawings", fields: [relation] });
  expect(await pushed("parts", [1, 1])).toEqual(["records", 2]);
});

it("goes record by record where the target holds files", async () => {
  await makeStream("papers", [{ name: "scan", type: "file", maxSelect: 1 }]);
  expect(await pushed("papers", [1, 1])).toEqual(["records", 2]);
});

it.each([
  // A json field is for PocketBase to check.
  ["records", [{ name: "SIZES", type: "json" }]],
  ["bulk", []],
])("finds what changed in a record of very many fields: %s", async (mode, more) => {
  const stream = `wide_${mode}`;
  const names = Array.from({ length: 130 }, (_, at) => `F${at}`);
  const fields = [...names.map((name) => ({ name, type: "text" })), { name: "OPEN", type: "bool" }, ...more];
  await makeStream(stream, fields, { push: { mode } });
  const row = { SKU: "S", PRICE: 0.1 + 0.2, OPEN: true, ...(more.length > 0 && { SIZES: [1, { a: "b" }] }) };
  const values = Object.fromEntries(names.map((name) => [name, `${name} "x"`]));
  feed.rows[`/${stream}`] = [{ ...row, ...values }];
  expect(await server.runSync({}, stream)).toMatchObject({ push_mode: mode, pushed_inserted: 1 });
  feed.rows[`/${stream}`] = [{ ...row, ...values, OPEN: false, F7: "", F129: "new" }];
  expect(await server.runSync({}, stream)).toMatchObject({ push_mode: mode, pushed_updated: 1 });
  const [, update] = await server.rows("push_log", `stream = "${stream}"`, "@rowid");
  expect(update?.changes).toEqual([
    { field: "F7", from: 'F7 "x"', to: "" },
    { field: "F129", from: 'F129 "x"', to: "new" },
    { field: "OPEN", from: true, to: false },
  ]);
  const now = { F7: "", F128: 'F128 "x"', F129: "new", OPEN: false, PRICE: 0.1 + 0.2 };
  expect(await server.rows(stream)).toMatchObject([now]);
});
