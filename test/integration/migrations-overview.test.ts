import { afterEach, expect, test } from "vitest";
import { newInstance, stopAll } from "./migrations-instance";

afterEach(stopAll);

const settings = {
  ...{ name: "other", source_url: "http://127.0.0.1:1/", on_missing: "keep" },
  target_collection: "ASWNDUBAI_erpConsolidateData",
};
const raw = (erp_id: string, more: object = {}) => ({ stream: "other", erp_id, payload_json: { a: 1 }, ...more });

test("shows a stream at a glance in sync_overview", async () => {
  const pb = await (await newInstance()).serve();
  const add = (collection: string, ...records: object[]) =>
    Promise.all(records.map((record) => pb.collection(collection).create({ stream: "other", ...record })));
  await pb.collection("sync_settings").create(settings);
  const rows = await add(
    "erp_raw_data",
    raw("1", { mapped_hash: "a", pushed_hash: "a" }),
    raw("2", { mapped_hash: "b", pushed_hash: "a", held_by: "run" }),
    raw("3", { mapped_hash: "c" }),
    raw("4", { missing_since: "2026-01-01 00:00:00.000Z" }),
    raw("5", { missing_since: "2026-01-01 00:00:00.000Z", mapped_hash: "a", pushed_hash: "a" }),
  );
  const job = (i: number, status: string, next_attempt_at: string) => ({
    payload_ref: rows[i]?.id,
    status,
    next_attempt_at,
  });
  await add(
    "job_queue",
    job(0, "failed", "2026-01-01 07:00:00.000Z"),
    job(1, "queued", "2026-01-01 06:00:00.000Z"),
    job(2, "queued", "2100-01-01 00:00:00.000Z"),
    job(3, "processing", "2026-01-01 01:00:00.000Z"),
    job(4, "dead", "2026-01-01 02:00:00.000Z"),
    job(4, "done", "2026-01-01 03:00:00.000Z"),
  );
  await add(
    "sync_runs",
    { status: "succeeded", started_at: "2026-01-01 04:00:00.000Z" },
    { status: "failed", started_at: "2026-01-01 05:00:00.000Z" },
    { status: "skipped", started_at: "2026-01-01 06:00:00.000Z" },
  );
  await add("failed_records", {}, { ignored_at: "2026-01-01 00:00:00Z" }, { resolved_at: "2026-01-01 00:00:00Z" });

  const overview = pb.collection("sync_overview");
  expect(await overview.getFirstListItem("stream = 'other'")).toMatchObject({
    ...{ paused: false, jobs_queued: 2, jobs_processing: 1, jobs_failed: 1, jobs_dead: 1 },
    ...{ oldest_due_at: "2026-01-01 06:00:00.000Z", last_run_at: "2026-01-01 05:00:00.000Z" },
    ...{ last_run_status: "failed", last_success_at: "2026-01-01 04:00:00.000Z" },
    ...{ rows_raw: 3, rows_target: 3, rows_missing: 2, rows_held: 1, rows_quarantined: 1 },
  });
  expect(await overview.getFirstListItem("stream = 'aswan_bom'")).toMatchObject({
    ...{ jobs_queued: 0, oldest_due_at: "", last_run_at: "", last_run_status: "", last_success_at: "", rows_raw: 0 },
  });
});

test("answers the questions of the main path from an index", async () => {
  const pb = await (await newInstance()).serve();
  const plan = async (sql: string) => (await pb.send("/plan", { method: "POST", body: { sql } })).join("; ");
  const raws = "SELECT id FROM erp_raw_data WHERE stream = 's' AND";
  const jobs = "SELECT id FROM job_queue WHERE";
  const questions: [index: string, sql: string][] = [
    [
      "INDEX idx_job_queue_due (stream=? AND next_attempt_at<?)",
      `${jobs} stream = 's' AND status IN ('queued', 'failed') AND next_attempt_at <= 'n' ORDER BY next_attempt_at, id LIMIT 9`,
    ],
    [
      "INDEX idx_job_queue_open (payload_ref=?)",
      `${jobs} payload_ref = 'r' AND status IN ('queued', 'processing', 'failed')`,
    ],
    ["INDEX idx_job_queue_payload (payload_ref=?)", `${jobs} payload_ref = 'r' AND status = 'dead'`],
    ["INDEX idx_erp_raw_data_pending (stream=?", `${raws} mapped_hash <> pushed_hash ORDER BY id LIMIT 9`],
    ["INDEX idx_erp_raw_data_group (stream=? AND group_key=?)", `${raws} group_key = 'g'`],
    ["INDEX idx_erp_raw_data_fingerprint (stream=? AND fingerprint=?)", `${raws} fingerprint = 'f'`],
    ["INDEX idx_erp_raw_data_version (stream=? AND mapping_version<?)", `${raws} mapping_version < 'v' LIMIT 9`],
    ["INDEX idx_erp_raw_data_version (stream=? AND mapping_version>?)", `${raws} mapping_version > 'v' LIMIT 9`],
    [
      "INDEX idx_erp_raw_data_missing (stream=? AND missing_since>? AND missing_since<?)",
      `${raws} missing_since > '' AND missing_since < 'd'`,
    ],
    [
      "INDEX idx_job_queue_status (stream=? AND status=?)",
      "SELECT created_at FROM job_queue WHERE stream = 's' AND status = 'queued' ORDER BY rowid DESC LIMIT 1",
    ],
    ["INDEX idx_erp_raw_data_held (stream=? AND held_by=?)", `${raws} held_by = 'run' AND held_by != ''`],
    ["INDEX idx_push_log_raw_row (raw_row=?)", "SELECT id FROM push_log WHERE raw_row = 'r'"],
    ["INDEX idx_push_log_erp_id (erp_id=?)", "SELECT id FROM push_log WHERE stream = 's' AND erp_id = 'e'"],
    [
      "COVERING INDEX idx_erp_raw_data_fingerprint (stream=?",
      "SELECT group_concat(fingerprint) FROM erp_raw_data WHERE stream = 's' AND missing_since = ''",
    ],
  ];
  for (const [index, sql] of questions) {
    const steps = await plan(sql);
    expect(steps).toContain(index);
    expect(steps).not.toContain("TEMP B-TREE");
  }
  const overview = await plan("SELECT * FROM sync_overview");
  expect(overview.match(/(SEARCH|SCAN) (erp_raw_data|failed_records|job_queue) USING INDEX \w+/g)).toEqual([
    "SEARCH job_queue USING INDEX idx_job_queue_due",
  ]);
  expect(overview).not.toMatch(/SCAN (erp_raw_data|failed_records|job_queue|sync_runs)/);
});
