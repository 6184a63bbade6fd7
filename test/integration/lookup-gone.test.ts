import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { hooksWith, type PocketBaseServer, startPocketBase, waitFor } from "./harness";
import { LATER_HOOK, tickLater } from "./later";

const NAME = "stock";
const BROKEN_HOOK = `routerAdd("POST", "/test/broken", (e) => {
  const engine = require(\`\${__hooks}/erp_sync/engine.js\`);
  const lookup = { find() { throw new Error("disk I/O error (10)"); } };
  return e.json(200, engine.tick({ ...engine.liveEngine(), lookup }, "stock"));
}, $apis.requireSuperuserAuth());`;

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  const hooks = `${LATER_HOOK}\n${BROKEN_HOOK}\nonRecordCreate((e) => { sleep(40); e.next(); }, "stock");`;
  server = await startPocketBase({ env: { ERP_FEED_URL: feed.url }, hooksDir: hooksWith(hooks), example: true });
  const { id } = await server.pb.collections.getOne("products");
  const fields = [
    { name: "product", type: "relation", collectionId: id, maxSelect: 1 },
    { name: "QTY", type: "number" },
  ];
  await server.pb.collections.create({ name: NAME, type: "base", fields });
  await createStream(server, {
    ...{ name: NAME, source_url: "${ERP_FEED_URL}/stock", key_fields: ["NO"], target_collection: NAME },
    mapping: { product: { from: "SKU", lookup: { collection: "products", field: "sku" } } },
    options: { push: { mode: "records", batch_size: 10 } },
  });
});

const product = (sku: string) => server.pb.collection("products").create({ sku });
const records = () => server.pb.collection(NAME).getFullList();
const verify = (body: object = {}) => server.action("verify", { local: true, ...body }, NAME);

describe("when the record that a lookup found is deleted", () => {
  it("verify says so, repair tells why the row cannot be pushed, and it is mended once the record is there again", async () => {
    const { id } = await product("A");
    feed.rows["/stock"] = [{ NO: 1, SKU: "A", QTY: 1 }];
    expect(await server.runSync({}, NAME)).toMatchObject({ status: "succeeded" });
    await server.pb.collection("products").delete(id);
    expect(await records()).toMatchObject([{ product: "" }]);
    expect((await verify()).target.different.items).toMatchObject([{ state: { code: "changed" } }]);

    expect((await verify({ repair: true })).repair).toMatchObject({ queued: 1 });
    await tickLater(server, NAME);
    const waiting = { raw_row: expect.any(String), error_type: "not_found", value: "A", waits_for: "A" };
    expect(await server.rows("failed_records", 'resolved_at = ""')).toMatchObject([waiting]);

    const again = await product("A");
    await tickLater(server, NAME);
    expect(await records()).toMatchObject([{ product: again.id }]);
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
    expect(await verify()).toMatchObject({ equal: true });
  });

  it("and made again before anybody looked, repair writes the new one", async () => {
    const [record] = await records();
    await server.pb.collection("products").delete(record?.product);
    const again = await product("A");
    expect(await verify()).toMatchObject({ equal: false });
    expect((await verify({ repair: true })).repair).toMatchObject({ queued: 1 });
    await tickLater(server, NAME);
    expect(await records()).toMatchObject([{ product: again.id }]);
  });

  it("and made again in the middle of a push, the rows that still name the old one are tried again", async () => {
    const { id } = await product("B");
    const rows = Array.from({ length: 60 }, (_, at) => ({ NO: 10 + at, SKU: "B", QTY: at }));
    feed.rows["/stock"] = [{ NO: 1, SKU: "A", QTY: 1 }, ...rows];
    await server.action("sync", {}, NAME);
    await waitFor(async () => (await server.runs('status = "running"'))[0]?.pushed_inserted > 5, "the first batch");
    await server.pb.collection("products").delete(id);
    await product("B");
    await waitFor(async () => (await server.runs('status = "running"')).length === 0, "the end of the run");
    expect(await server.jobs('status = "dead"')).toEqual([]);
    await tickLater(server, NAME, 5);
    expect(await server.jobs('status != "done"')).toEqual([]);
    expect(await records()).toHaveLength(61);
    await verify({ repair: true });
    await tickLater(server, NAME);
    expect(await verify()).toMatchObject({ equal: true });
  });
});

it("a database that fails in the middle of a lookup costs no attempt and blames no row", async () => {
  feed.rows["/stock"] = [{ NO: 1, SKU: "A", QTY: 1 }];
  await server.runSync({}, NAME);
  const [raw] = await server.rows("erp_raw_data", 'erp_id = "1"');
  await server.pb.collection("erp_raw_data").update(raw?.id ?? "", { payload_json: { NO: 1, SKU: "A", QTY: 2 } });
  const broken = await server.pb.send("/test/broken", { method: "POST" });
  expect(broken).toMatchObject([{ pushed: 0, failed: 0, error: "disk I/O error (10)" }]);
  expect(await server.jobs('status != "done"')).toMatchObject([{ status: "queued", retry_count: 0 }]);
  expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
  expect(await tickLater(server, NAME, 5)).toMatchObject([{ pushed: 1 }]);
});
