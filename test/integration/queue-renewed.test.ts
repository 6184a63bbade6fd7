import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { hooksWith, type PocketBaseServer, startPocketBase, waitFor } from "./harness";
import { LATER_HOOK, tickLater } from "./later";
import { SQL_ROUTE, sql } from "./test-hooks";

const NAME = "stock";
/** What the target does not take for now, and what it never takes. */
const [BUSY, NEVER] = [666, 777];
const ALLOW_DELETES = `routerAdd("POST", "/test/allow", (e) => { $app.store().set("allowed", true); e.json(200, {}); });`;

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  const hooks = `${LATER_HOOK}\n${SQL_ROUTE}\n${ALLOW_DELETES}
onRecordUpdate((e) => {
  const quantity = e.record.getFloat("QTY");
  if ($os.getenv("TEST_SLOW") === "1") sleep(250);
  if (quantity === ${BUSY}) throw new Error("busy");
  if (quantity === ${NEVER}) throw new BadRequestError("no");
  e.next();
}, "stock");
onRecordCreateExecute((e) => {
  e.next();
  if (e.record.getFloat("QTY") === ${NEVER} && $os.getenv("TEST_STALL") === "1") { console.log("stalled"); sleep(60000); }
}, "stock");
onRecordDelete((e) => { if (!$app.store().get("allowed")) throw new BadRequestError("it is in use"); e.next(); }, "stock");`;
  server = await startPocketBase({ env: { ERP_FEED_URL: feed.url }, hooksDir: hooksWith(hooks) });
  const fields = [
    { name: "SKU", type: "text" },
    { name: "QTY", type: "number" },
  ];
  await server.pb.collections.create({ name: NAME, type: "base", fields });
  await createStream(server, {
    ...{ name: NAME, source_url: "${ERP_FEED_URL}/stock", key_fields: ["SKU"], target_collection: NAME },
    on_missing: "delete",
    options: { push: { mode: "records" } },
  });
});

const send = (quantities: Record<string, number>) => {
  feed.rows["/stock"] = Object.entries(quantities).map(([SKU, QTY]) => ({ SKU, QTY }));
  return server.runSync({}, NAME);
};
const target = async () =>
  Object.fromEntries((await server.pb.collection(NAME).getFullList()).map(({ SKU, QTY }) => [SKU, QTY]));
const openJobs = async () =>
  (await server.jobs('status != "done"')).map(({ status, retry_count }) => [status, retry_count]);

describe("a job that waits for its next attempt", () => {
  const nearlyGivenUp =
    "UPDATE job_queue SET retry_count = 4, next_attempt_at = strftime('%Y-%m-%d %H:%M:%fZ', 'now', '30 minutes') WHERE status = 'failed'";

  it("is due at once, with all its attempts, when the ERP sends something else", async () => {
    await send({ A: 1, B: 1 });
    expect(await send({ A: BUSY, B: 1 })).toMatchObject({ status: "partial", pushed_failed: 1 });
    await sql(server, nearlyGivenUp);
    expect(await send({ A: BUSY, B: 2 })).toMatchObject({ pushed_updated: 1, pushed_failed: 0 });
    expect(await openJobs()).toEqual([["failed", 4]]);
    expect(await send({ A: 2, B: 2 })).toMatchObject({ status: "succeeded", pushed_updated: 1 });
    expect(await target()).toEqual({ A: 2, B: 2 });
  });

  it("is due at once when a person mends its row", async () => {
    await send({ A: BUSY, B: 2 });
    await sql(server, nearlyGivenUp);
    const raw = (await rawRows(server, NAME)).get("A");
    await server.pb.collection("erp_raw_data").update(raw?.id ?? "", { payload_json: { SKU: "A", QTY: 3 } });
    expect(await tickLater(server, NAME)).toMatchObject([{ pushed: 1, failed: 0 }]);
    expect(await target()).toEqual({ A: 3, B: 2 });
  });
});

it("a row that is changed while its job is at its last attempt is tried as often as any other", async () => {
  const skus = ["A", "B", "C", "D", "E", "F"];
  await send(Object.fromEntries(skus.map((sku) => [sku, 1])));
  await server.restart({ TEST_SLOW: "1" });
  // The first row is refused, so the others are pushed by halves, in transactions of their own.
  const values = `replace(payload_json, '"QTY":1', CASE erp_id WHEN 'A' THEN '"QTY":${NEVER}' ELSE '"QTY":5' END)`;
  await sql(server, "DELETE FROM job_queue WHERE rowid NOT IN (SELECT max(rowid) FROM job_queue GROUP BY payload_ref)");
  await sql(server, "UPDATE job_queue SET status = 'failed', retry_count = 5, next_attempt_at = updated_at");
  await sql(server, `UPDATE erp_raw_data SET pushed_hash = 'x', payload_json = ${values}`);
  const ticking = tickLater(server, NAME);
  await waitFor(async () => (await server.jobs('status = "processing"')).length === skus.length, "the claim");
  const raw = (await rawRows(server, NAME)).get("F");
  await server.pb.collection("erp_raw_data").update(raw?.id ?? "", { payload_json: { SKU: "F", QTY: BUSY } });
  await ticking;
  const [job] = await server.jobs(`payload_ref = "${raw?.id}"`);
  expect([job?.status, job?.retry_count, job?.last_error]).toEqual(["failed", 1, "Error: busy"]);
  await server.restart({ TEST_SLOW: "" });
  await send(Object.fromEntries(skus.map((sku) => [sku, 6])));
  expect(await openJobs()).toEqual([]);
});

it("a delete that was given up is closed when somebody deletes the record", async () => {
  await send({ A: 1, B: 1, D: 1 });
  expect(await send({ A: 1, B: 1 })).toMatchObject({ status: "partial" });
  expect(await openJobs()).toEqual(expect.arrayContaining([["dead", 1]]));
  await server.pb.send("/test/allow", { method: "POST" });
  const [record] = await server.pb.collection(NAME).getFullList({ filter: 'SKU = "D"' });
  await server.pb.collection(NAME).delete(record?.id ?? "");
  expect(await send({ A: 1, B: 1 })).toMatchObject({ status: "succeeded" });
  expect(
    await server.jobs(`status != "done" && payload_ref = "${(await rawRows(server, NAME)).get("D")?.id}"`),
  ).toEqual([]);
  const raw = (await rawRows(server, NAME)).get("D");
  expect(await server.rows("failed_records", `resolved_at = "" && raw_row = "${raw?.id}"`)).toEqual([]);
  await server.pb.send("/api/erp/jobs/retry", { method: "POST", body: { stream: NAME } });
  await tickLater(server, NAME);
  expect(await openJobs()).toEqual([]);
});

it("a job that a wrong clock put off for years is due", async () => {
  await send({ A: 1, B: 1 });
  await sql(server, "UPDATE erp_raw_data SET pushed_hash = 'x' WHERE erp_id = 'A'");
  await sql(
    server,
    "UPDATE job_queue SET status = 'queued', next_attempt_at = '2099-01-01 00:00:00.000Z' WHERE rowid = (SELECT max(j.rowid) FROM job_queue j JOIN erp_raw_data r ON r.id = j.payload_ref WHERE r.erp_id = 'A')",
  );
  expect(await tickLater(server, NAME)).toMatchObject([{ did: "worked", pushed: 1 }]);
  expect(await openJobs()).toEqual([]);
});

it("a kill makes no job dead that was not claimed alone, even where nothing is retried", async () => {
  const settings = await server.settings(NAME);
  await server.updateSettings({ options: { ...settings.options, retry: { max_retries: 0 } } }, NAME);
  await server.restart({ TEST_STALL: "1" });
  const more = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`K${10 + at}`, at === 19 ? NEVER : at]));
  feed.rows["/stock"] = Object.entries({ A: 1, B: 1, ...more }).map(([SKU, QTY]) => ({ SKU, QTY }));
  await server.action("sync", {}, NAME);
  await waitFor(() => server.log().includes("stalled"), "a push that does not end");
  await server.kill();
  await server.restart({ TEST_STALL: "" });
  expect(await tickLater(server, NAME)).toMatchObject([{ pushed: 20, failed: 0 }]);
  expect(await openJobs()).toEqual([]);
  expect(await target()).toEqual({ A: 1, B: 1, ...more });
});
