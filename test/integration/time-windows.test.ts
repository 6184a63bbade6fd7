import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";
import { countsOf } from "./outcomes-instance";

/** Sales of a till (003): the same sale may be sent twice, a few minutes apart. */
const sale = (till: number, amount: number, at: string, text = "") => ({ till, amount, at, text });

describe("a key with a time window of 5 minutes", () => {
  let feed: Feed;
  let server: PocketBaseServer;
  const stored = async (stream: string) => {
    const records = await server.rows(`${stream}_target`, "", "at,text");
    return records.map(({ till, at, text }) => [till, at.slice(11, 19), text]);
  };

  beforeAll(async () => {
    feed = await startFeed();
    server = await startPocketBase({ env: { ERP_FEED_URL: feed.url } });
    for (const policy of ["last", "keep", "reject"]) {
      const fields = [
        { name: "till", type: "number" },
        { name: "amount", type: "number" },
        { name: "at", type: "date" },
        { name: "text", type: "text" },
      ];
      await server.pb.collections.create({ name: `${policy}_target`, type: "base", fields });
      await createStream(server, {
        name: policy,
        source_url: "${ERP_FEED_URL}/sales",
        key_fields: ["till", "amount", { field: "at", bucket_minutes: 5 }],
        target_collection: `${policy}_target`,
        options: { diff: { on_duplicate: policy } },
      });
    }
    feed.rows["/sales"] = [
      sale(1, 10, "2025-12-08T10:20:00", "first"),
      sale(1, 10, "2025-12-08T10:24:59", "again"),
      sale(1, 10, "2025-12-08T10:25:00", "next window"),
      sale(2, 10, "2025-12-08T14:21:00+04:00", "another till"),
    ];
  });

  it("takes the last row of a window, and counts the others", async () => {
    const run = await server.runSync({}, "last");
    expect(run.status).toBe("succeeded");
    expect(countsOf(run)).toEqual({ fetched: 4, new: 3, duplicate: 1, inserted: 3 });
    expect(await stored("last")).toEqual([
      [2, "10:21:00", "another till"],
      [1, "10:24:59", "again"],
      [1, "10:25:00", "next window"],
    ]);
    expect([...(await rawRows(server, "last")).keys()]).toEqual([
      "1|10|2025-12-08T10:20Z",
      "1|10|2025-12-08T10:25Z",
      "2|10|2025-12-08T10:20Z",
    ]);
  });

  it("keeps them all under keep, told apart by an ordinal", async () => {
    expect(countsOf(await server.runSync({}, "keep"))).toEqual({ fetched: 4, new: 4, duplicate: 1, inserted: 4 });
    expect([...(await rawRows(server, "keep")).keys()].slice(0, 2)).toEqual([
      "1|10|2025-12-08T10:20Z",
      "1|10|2025-12-08T10:20Z#2",
    ]);
    expect(await stored("keep")).toHaveLength(4);
  });

  it("puts them all into quarantine under reject", async () => {
    const run = await server.runSync({}, "reject");
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toEqual({ fetched: 4, new: 2, duplicate: 2, invalid: 2, inserted: 2 });
    const failed = await server.rows("failed_records", 'stream = "reject"');
    expect(failed.map(({ error_type, erp_id }) => [error_type, erp_id])).toEqual([
      ["duplicate_key", "1|10|2025-12-08T10:20Z"],
      ["duplicate_key", "1|10|2025-12-08T10:20Z"],
    ]);
    expect(await stored("reject")).toHaveLength(2);
  });

  it("updates the record of the window when the ERP sends the sale again, moments later", async () => {
    const [before] = (await rawRows(server, "last")).values();
    feed.rows["/sales"] = [sale(1, 10, "2025-12-08T10:23:00", "a third time"), ...(feed.rows["/sales"] ?? []).slice(2)];
    const run = await server.runSync({}, "last");
    expect(countsOf(run)).toEqual({ fetched: 3, unchanged: 2, changed: 1, updated: 1 });
    const [after] = (await rawRows(server, "last")).values();
    expect(after?.target_id).toBe(before?.target_id);
    expect(await stored("last")).toContainEqual([1, "10:23:00", "a third time"]);
  });

  it("puts a row without a readable time into quarantine, and lets the others through", async () => {
    feed.rows["/sales"]?.push(sale(3, 5, "soon"));
    const run = await server.runSync({}, "last");
    expect(countsOf(run)).toEqual({ fetched: 4, unchanged: 3, invalid: 1 });
    const [failed] = await server.rows("failed_records", 'stream = "last"');
    expect(failed).toMatchObject({ stage: "key", error_type: "unreadable_key", field: "at", value: '"soon"' });
    expect(failed?.error_message).toContain('key field at: "soon" is not a date in a known form');
  });

  it("is refused under its field when its length does not divide a day", async () => {
    const refused = server.updateSettings({ key_fields: ["till", { field: "at", bucket_minutes: 7 }] }, "keep");
    await expect(refused).rejects.toMatchObject({
      response: { data: { key_fields: { message: expect.stringContaining("has bucket_minutes 7") } } },
    });
  });
});
