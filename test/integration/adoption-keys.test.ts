import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

/** Keys that are not simply equal to a target's column. */
describe("records that were in the target before", () => {
  let feed: Feed;
  let server: PocketBaseServer;
  const make = (collection: string, record: Record<string, unknown>) =>
    server.pb
      .collection(collection)
      .create(record)
      .then(({ id }) => id);

  beforeAll(async () => {
    feed = await startFeed();
    server = await startPocketBase({ env: { ERP_FEED_URL: feed.url } });
  });

  it.each(["date", "text"])("are found by the window that their time falls into, in a %s field", async (type) => {
    const name = `sales_${type}`;
    const fields = [
      { name: "till", type: "number" },
      { name: "at", type },
      { name: "note", type: "text" },
    ];
    await server.pb.collections.create({ name, type: "base", fields });
    await createStream(server, {
      name,
      source_url: `\${ERP_FEED_URL}/${name}`,
      key_fields: ["till", { field: "at", bucket_minutes: 5 }],
      target_collection: name,
      timezone: "Asia/Dubai",
      options: { diff: { on_duplicate: "last" } },
    });
    // 14:21 in Dubai is 10:21 UTC; a text keeps the wall clock as the ERP wrote it.
    const at = (time: string) => (type === "date" ? `2025-12-08 10:${time}.000Z` : `2025-12-08T14:${time}`);
    const old = await make(name, { till: 1, at: at("21:00"), note: "old" });
    const next = await make(name, { till: 1, at: at("25:00"), note: "of the next window" });
    const other = await make(name, { till: 2, at: at("21:00"), note: "of another till" });
    feed.rows[`/${name}`] = [{ till: 1, at: "2025-12-08T14:24:59", note: "as sent" }];
    expect(await server.runSync({}, name)).toMatchObject({
      status: "succeeded",
      pushed_updated: 1,
      pushed_inserted: 0,
    });
    expect((await rawRows(server, name)).get("1|2025-12-08T10:20Z")?.target_id).toBe(old);
    const records = await server.rows(name, "", "note");
    expect(records.map((record) => [record.id, record.note])).toEqual([
      [old, "as sent"],
      [other, "of another till"],
      [next, "of the next window"],
    ]);
  });

  it("are found by their parent, once its stream has adopted it", async () => {
    const orders = await server.pb.collections.create({
      name: "orders",
      type: "base",
      fields: [{ name: "NO", type: "text" }],
    });
    await server.pb.collections.create({
      name: "lines",
      type: "base",
      fields: [
        { name: "order", type: "relation", collectionId: orders.id, maxSelect: 1 },
        { name: "LINE", type: "number" },
        { name: "QTY", type: "number" },
      ],
    });
    await createStream(server, {
      name: "orders",
      source_url: "${ERP_FEED_URL}/orders",
      key_fields: ["NO"],
      target_collection: "orders",
    });
    await createStream(server, {
      name: "lines",
      source_url: "${ERP_FEED_URL}/lines",
      key_fields: ["ORDER", "LINE"],
      target_collection: "lines",
      options: { parent: { stream: "orders", key: "ORDER", field: "order" } },
    });
    const [one, two] = [await make("orders", { NO: "SO-1" }), await make("orders", { NO: "SO-2" })];
    const lines = {
      "SO-2|1": await make("lines", { order: two, LINE: 1, QTY: 5 }),
      "SO-1|1": await make("lines", { order: one, LINE: 1, QTY: 99 }),
    };
    feed.rows["/orders"] = [{ NO: "SO-1" }, { NO: "SO-2" }];
    feed.rows["/lines"] = [
      { ORDER: "SO-1", LINE: 1, QTY: 5 },
      { ORDER: "SO-2", LINE: 1, QTY: 5 },
      { ORDER: null, LINE: 7, QTY: 1 },
    ];
    const early = await server.runSync({}, "lines");
    expect(early).toMatchObject({ status: "partial", pushed_inserted: 0, pushed_waiting: 0 });
    expect(early.error).toContain(
      'lines holds records from before, whose parents nobody knows before stream "orders" has pushed; run that one first',
    );
    expect(await server.runSync({}, "orders")).toMatchObject({ status: "succeeded", pushed_unchanged: 2 });
    const run = await server.runSync({}, "lines");
    expect(run).toMatchObject({ status: "succeeded", pushed_updated: 1, pushed_unchanged: 1, pushed_inserted: 1 });
    const owned = [...(await rawRows(server, "lines"))].map(([erpId, raw]) => [erpId, raw.target_id]);
    expect(Object.fromEntries(owned)).toMatchObject(lines);
    expect(await server.rows("lines")).toHaveLength(3);
    expect(await server.action("verify", {}, "lines")).toMatchObject({ equal: true });
  });
});
