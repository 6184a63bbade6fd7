import { expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { hooksWith, startPocketBase } from "./harness";
import { LATER_HOOK, tickLater } from "./later";

const COUNTED = `routerAdd("GET", "/test/counted", (e) => {
  const tables = arrayOf(new DynamicModel({ tbl: "" }));
  $app.nonconcurrentDB().newQuery("SELECT DISTINCT tbl FROM sqlite_stat1").all(tables);
  return e.json(200, tables.map((row) => row.tbl));
}, $apis.requireSuperuserAuth());`;
/** How the connection that writes would find the rows of a batch. */
const PLAN = `routerAdd("GET", "/test/plan", (e) => {
  const steps = arrayOf(new DynamicModel({ detail: "" }));
  const sql = "UPDATE job_queue SET status = c.status FROM (SELECT j.value ->> 0 AS id, r.erp_id AS status FROM jsonb_each('[]') j JOIN erp_raw_data r ON r.id = j.value ->> 1) AS c WHERE job_queue.id = c.id";
  $app.nonconcurrentDB().newQuery("EXPLAIN QUERY PLAN " + sql).all(steps);
  return e.json(200, steps.map((row) => row.detail));
}, $apis.requireSuperuserAuth());`;
const TABLES = ["erp_raw_data", "job_queue", "push_log", "failed_records", "second"];

it("a stream that begins when its tables were counted small is not slowed down by the counts", async () => {
  const feed = await startFeed({ "/first": rows(3), "/second": rows(300) });
  const server = await startPocketBase({ erpUrl: feed.url, hooksDir: hooksWith(COUNTED) });
  const counted = async (): Promise<string[]> => {
    const tables: string[] = await server.pb.send("/test/counted", {});
    return tables.filter((table) => TABLES.includes(table));
  };
  for (const name of ["first", "second"]) {
    const fields = [
      { name: "sku", type: "text" },
      { name: "price", type: "number" },
    ];
    // Saving a collection has SQLite count the tables.
    await server.pb.collections.create({ name, type: "base", fields });
    const settings = { source_url: `\${ERP_BASE_URL}/${name}`, key_fields: ["sku"], target_collection: name };
    await createStream(server, { name, ...settings });
    if (name === "second") expect(await counted()).not.toEqual([]);
    expect(await server.runSync({}, name)).toMatchObject({ status: "succeeded" });
    expect(await counted()).toEqual([]);
  }
  expect((await server.rows("second")).map(({ price }) => price).sort((a, b) => a - b)).toEqual(
    rows(300).map(({ price }) => price),
  );
});

it("counts that are made while a run stores its rows are forgotten before its next batch", async () => {
  const feed = await startFeed({ "/first": rows(300) });
  // As if somebody saved a collection between two batches of a run; it says what it finds at the batch after.
  const hooks = `onRecordCreate((e) => {
    const tables = arrayOf(new DynamicModel({ tbl: "" }));
    if (e.record.getString("sku") === "S-200") sleep(1500);
    if (e.record.getString("sku") === "S-100") e.app.nonconcurrentDB().newQuery("ANALYZE").execute();
    if (e.record.getString("sku") === "S-299") {
      e.app.nonconcurrentDB().newQuery("SELECT DISTINCT tbl FROM sqlite_stat1 WHERE tbl = 'job_queue'").all(tables);
      console.log("counted " + tables.length);
    }
    e.next();
  }, "first");`;
  const server = await startPocketBase({ env: { ERP_FEED_URL: feed.url }, hooksDir: hooksWith(hooks) });
  await server.pb.collections.create({ name: "first", type: "base", fields: [{ name: "sku", type: "text" }] });
  const options = { push: { mode: "records", batch_size: 20 } };
  const settings = { source_url: "${ERP_FEED_URL}/first", key_fields: ["sku"], target_collection: "first" };
  await createStream(server, { name: "first", ...settings, options });
  expect(await server.runSync({}, "first")).toMatchObject({ status: "succeeded" });
  expect(server.log()).toContain("counted 0");
});

it("a server is not slowed down by counts that another process has taken away", async () => {
  const feed = await startFeed({ "/first": rows(2), "/second": rows(500) });
  const hooksDir = hooksWith(`${LATER_HOOK}\n${PLAN}`);
  const server = await startPocketBase({ env: { ERP_FEED_URL: feed.url }, hooksDir });
  for (const name of ["first", "second"]) {
    await server.pb.collections.create({ name, type: "base", fields: [{ name: "sku", type: "text" }] });
    const settings = { source_url: `\${ERP_FEED_URL}/${name}`, key_fields: ["sku"], target_collection: name };
    await createStream(server, { name, ...settings });
    expect(await server.cli(["sync", name])).toMatchObject({ code: 0 });
  }
  expect((await server.pb.send("/test/plan", {})).join("; ")).toContain("SCAN");
  const [record] = await server.rows("second");
  await server.pb.collection("second").update(record?.id ?? "", { sku: "HAND" });
  await server.cli(["verify", "second", "--repair"]);
  expect(await tickLater(server, "second")).toMatchObject([{ pushed: 1 }]);
  const plan: string[] = await server.pb.send("/test/plan", {});
  expect(plan.filter((step) => /SCAN (job_queue|r)\b/.test(step))).toEqual([]);
});

function rows(count: number) {
  return Array.from({ length: count }, (_, at) => ({ sku: `S-${at}`, price: at }));
}
