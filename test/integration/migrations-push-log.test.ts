import { afterEach, expect, test } from "vitest";
import { migrationsSince, newInstance, stopAll } from "./migrations-instance";

afterEach(stopAll);

const MIGRATION = "1770000032_erp_push_log_raw_row.js";

test("finds the raw rows of a log that is older than its column raw_row, and goes down again", async () => {
  const pocketbase = await newInstance();
  pocketbase.migrate("up");
  pocketbase.migrate("down", String(migrationsSince(MIGRATION)));
  let pb = await pocketbase.serveWithoutMigrations();
  const row = await pb.collection("erp_raw_data").create({ stream: "s", erp_id: "new key", payload_json: {} });
  const other = await pb.collection("erp_raw_data").create({ stream: "t", erp_id: "old key", payload_json: {} });
  const job = await pb.collection("job_queue").create({ payload_ref: row.id, stream: "s", status: "done" });
  const entry = (erp_id: string, more: object = {}) =>
    pb.collection("push_log").create({ stream: "s", erp_id, response_code: 200, ...more });
  await entry("old key", { job_id: job.id });
  await entry("new key");
  await entry("old key", { stream: "t" });
  await entry("of a row that is gone");
  await pocketbase.stop();

  pb = await pocketbase.serve();
  const log = await pb.collection("push_log").getFullList({ sort: "@rowid" });
  expect(log.map((each) => [each.stream, each.erp_id, each.raw_row])).toEqual([
    ["s", "old key", row.id],
    ["s", "new key", row.id],
    ["t", "old key", other.id],
    ["s", "of a row that is gone", ""],
  ]);
  await pocketbase.stop();

  pocketbase.migrate("down", String(migrationsSince(MIGRATION)));
  pb = await pocketbase.serveWithoutMigrations();
  const { fields, indexes } = await pb.collections.getOne("push_log");
  expect(fields.map((field: { name: string }) => field.name)).not.toContain("raw_row");
  expect(indexes.join()).toContain("`idx_push_log_row`");
  expect(await pb.collection("push_log").getFullList()).toHaveLength(4);
});
