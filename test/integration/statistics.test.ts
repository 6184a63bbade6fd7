import { expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { hooksWith, startPocketBase } from "./harness";

const COUNTED = `routerAdd("GET", "/test/counted", (e) => {
  const tables = arrayOf(new DynamicModel({ tbl: "" }));
  $app.nonconcurrentDB().newQuery("SELECT DISTINCT tbl FROM sqlite_stat1").all(tables);
  return e.json(200, tables.map((row) => row.tbl));
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

function rows(count: number) {
  return Array.from({ length: count }, (_, at) => ({ sku: `S-${at}`, price: at }));
}
