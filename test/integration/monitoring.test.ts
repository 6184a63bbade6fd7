import PocketBase, { type RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { parseExposition } from "../unit/operate/exposition-parser";
import { Factory, type PocketBaseServer, startErp, TARGET, waitFor } from "./harness";
import { startQuietly } from "./in-flight";
import { hooksWithSql, sql } from "./test-hooks";

const TOKEN = "a token for Prometheus";
const ROWS = 20;

let erp: Erp;
let server: PocketBaseServer;
/** All done, by id. */
let jobs: RecordModel[];
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: ROWS }) });
  const env = { ERP_METRICS_TOKEN: TOKEN, ERP_FETCH_RETRY_SECONDS: "0" };
  server = await startQuietly(erp, { hooksDir: hooksWithSql(), env });
  await server.runSync();
  jobs = await server.jobs();
  expect(jobs).toHaveLength(ROWS);
});

async function get(path: string, authorization = server.pb.authStore.token) {
  const response = await fetch(`${server.url}/api/erp/${path}`, {
    headers: { ...(authorization && { Authorization: authorization }) },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, text, answer: isJson ? JSON.parse(text) : undefined };
}

const iso = (time: string) => time.replace(" ", "T");

describe("metrics, failed jobs and single jobs", () => {
  it("are for superusers only", async () => {
    const account = { email: "a@example.com", password: "a-password", passwordConfirm: "a-password" };
    await server.pb.collection("users").create(account);
    const user = new PocketBase(server.url);
    await user.collection("users").authWithPassword(account.email, account.password);
    for (const path of ["metrics", "failed", `jobs/${jobs[0]?.id}`, `saga/${jobs[0]?.id}`]) {
      expect(await get(path, ""), path).toMatchObject({ status: 401 });
      expect(await get(path, user.authStore.token), path).toMatchObject({ status: 403 });
    }
  });

  it.each([
    ["metrics?hours=0", 'hours: "0" is not a whole number from 1 to 168'],
    ["metrics?hours=169", 'hours: "169" is not a whole number from 1 to 168'],
    ["metrics?hours=1.5", 'hours: "1.5" is not a whole number from 1 to 168'],
    ["metrics?hours=day", 'hours: "day" is not a whole number from 1 to 168'],
    ["failed?page=0", 'page: "0" is not a whole number from 1 to 1000000'],
    ["failed?page_size=0", 'page_size: "0" is not a whole number from 1 to 200'],
    ["failed?page_size=201", 'page_size: "201" is not a whole number from 1 to 200'],
  ])("refuse %s with a sentence", async (path, error) => {
    expect(await get(path)).toMatchObject({ status: 400, answer: { error } });
  });

  it("know no stream and no job that is not there", async () => {
    const stream = { status: 404, answer: { error: 'there is no stream "nowhere"; sync_settings has: aswan_bom' } };
    expect(await get("metrics?stream=nowhere")).toMatchObject(stream);
    expect(await get("failed?stream=nowhere")).toMatchObject(stream);
    for (const route of ["jobs", "saga"]) {
      const error = 'job_queue has no record "nosuchjob"';
      expect(await get(`${route}/nosuchjob`)).toMatchObject({ status: 404, answer: { error } });
    }
  });

  it("add up what was done in the period that was asked for", async () => {
    const { answer } = await get("metrics");
    expect(answer).toEqual({
      success_rate: 100,
      avg_latency_seconds: expect.any(Number),
      total_processed: ROWS,
      total_succeeded: ROWS,
      total_failed: 0,
      retry_metrics: {
        total_retries: 0,
        avg_retries_per_saga: 0,
        max_retries_saga_id: null,
        max_retries_count: 0,
        sagas_with_retries: 0,
      },
      dead_letter_queue_size: 0,
      period_start: expect.any(String),
      period_end: expect.any(String),
    });
    expect(Date.parse(answer.period_end) - Date.parse(answer.period_start)).toBe(24 * 3_600_000);
    const yesterday = new Date(Date.now() - 30 * 3_600_000).toISOString().replace("T", " ");
    await sql(server, "UPDATE job_queue SET processed_at = {:at} WHERE id IN ({:a}, {:b})", {
      at: yesterday,
      a: jobs[0]?.id,
      b: jobs[1]?.id,
    });
    expect((await get("metrics?hours=24&stream=aswan_bom")).answer.total_processed).toBe(ROWS - 2);
    expect((await get("metrics?hours=168")).answer.total_processed).toBe(ROWS);
  });

  it("show one job under both of its names, with its row and what the target was told", async () => {
    const job = jobs[5] as RecordModel;
    const raw = await server.pb.collection("erp_raw_data").getOne(job.payload_ref);
    const [push] = await server.rows("push_log", `job_id = "${job.id}"`);
    const { answer } = await get(`jobs/${job.id}`);
    expect(answer).toEqual({
      saga_id: job.id,
      tenant_id: null,
      event_type: "aswan_bom.upsert",
      idempotency_key: `aswan_bom:${raw.erp_id}:${raw.mapped_hash}`,
      status: "completed",
      job_status: "done",
      attempts: 0,
      last_error: null,
      next_run_at: null,
      created_at: iso(job.created_at),
      updated_at: iso(job.updated_at),
      stream: "aswan_bom",
      erp_id: raw.erp_id,
      run: job.run,
      payload: raw.payload_json,
      result_payload: {
        response_code: 201,
        response_body: "inserted",
        changes: [],
        sent_at: iso(push?.sent_at),
        run: job.run,
      },
      processing_started_at: iso(job.last_attempt_at),
      processed_at: iso(job.processed_at),
      backoff_seconds: null,
      time_in_queue_seconds: expect.any(Number),
    });
    expect((await get(`saga/${job.id}`)).answer).toEqual(answer);
  });

  it("list jobs that failed page by page, and the dead ones when asked to", async () => {
    const [waiting, died, dead, fresh] = jobs.slice(6, 10).map((job) => job.id);
    const fail = (id: string | undefined, status: string, retries: number, minute: number) =>
      sql(
        server,
        `UPDATE job_queue SET status = {:status}, retry_count = {:retries}, last_error = 'no', processed_at = '',
                last_attempt_at = updated_at, next_attempt_at = '2999-01-01 00:00:00.000Z',
                updated_at = '2025-01-01 00:0' || {:minute} || ':00.000Z' WHERE id = {:id}`,
        { id, status, retries, minute },
      );
    await fail(waiting, "failed", 3, 1);
    await fail(died, "queued", 1, 2);
    await fail(dead, "dead", 6, 3);
    await fail(fresh, "queued", 0, 4);

    const ids = ({ answer }: Awaited<ReturnType<typeof get>>) => answer.items.map((item: RecordModel) => item.saga_id);
    const page = await get("failed");
    expect(page.answer).toMatchObject({ total_count: 2, page: 1, page_size: 50 });
    expect(ids(page)).toEqual([died, waiting]);
    expect(page.answer.items[1]).toMatchObject({
      status: "pending",
      job_status: "failed",
      attempts: 3,
      last_error: "no",
      next_run_at: "2999-01-01T00:00:00.000Z",
      payload_summary: expect.stringContaining("BOM|"),
    });
    expect(ids(await get("failed?include_dead=true"))).toEqual([dead, died, waiting]);
    expect(ids(await get("failed?include-dead=1&page_size=2&page=2"))).toEqual([waiting]);
    expect((await get("failed?include_dead=true&page=9")).answer).toMatchObject({ items: [], total_count: 3, page: 9 });

    expect((await get("metrics?hours=168")).answer).toMatchObject({
      total_succeeded: ROWS - 4,
      total_failed: 3,
      dead_letter_queue_size: 1,
      retry_metrics: { total_retries: 10, max_retries_saga_id: dead, max_retries_count: 6, sagas_with_retries: 3 },
    });
    const { answer: status } = await get("status");
    expect(status).toMatchObject({ pending_count: 3, completed_count: ROWS - 4, dead_count: 1, total_queue_size: 3 });
  });
});

describe("GET status", () => {
  it("says when a stream ran and when it runs next, in UTC, and that a paused one does not", async () => {
    const [run] = await server.runs();
    const [before] = (await get("status")).answer.streams;
    const year = new Date().getUTCFullYear() + 1;
    expect(before).toMatchObject({ paused: false, next_run_at: `${year}-01-01 00:00:00.000Z`, last_run: { id: run?.id } });
    await server.action("pause");
    const [paused] = (await get("status")).answer.streams;
    expect(paused).toMatchObject({ paused: true, next_run_at: "" });
    await server.action("resume");
  });
});

describe("GET metrics/prometheus", () => {
  it("wants the token, and not a superuser's", async () => {
    const wrong = ["", TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, "Bearer ", `Bearer ${server.pb.authStore.token}`];
    for (const authorization of wrong) {
      const { status, headers, answer } = await get("metrics/prometheus", authorization);
      expect({ authorization, status }).toEqual({ authorization, status: 401 });
      expect(headers.get("www-authenticate")).toBe("Bearer");
      expect(answer.error).toContain("ERP_METRICS_TOKEN");
    }
  });

  it("tells in Prometheus' format what the database holds", async () => {
    const { status, headers, text } = await get("metrics/prometheus", `Bearer ${TOKEN}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const metrics = new Map(parseExposition(text).map((metric) => [metric.name, metric.samples]));
    const value = (name: string, labels: Record<string, string> = {}) =>
      metrics.get(name)?.find((each) => Object.entries(labels).every(([label, is]) => each.labels[label] === is))?.value;
    const [run] = await server.runs();
    expect(value("erp_sync_known_rows", { stream: "aswan_bom" })).toBe(ROWS);
    expect(value("erp_sync_last_run_rows", { outcome: "new" })).toBe(ROWS);
    expect(value("erp_sync_rows_past_day", { outcome: "new" })).toBe(ROWS);
    expect(value("erp_sync_pushes_past_day", { outcome: "inserted" })).toBe(ROWS);
    expect(value("erp_sync_bytes_past_day")).toBe(run?.bytes);
    expect(value("erp_sync_run_seconds_past_day")).toBe(run && run.duration_ms / 1000);
    expect(value("erp_sync_runs_past_day", { status: "succeeded" })).toBe(1);
    expect(value("erp_sync_runs_past_day_by_duration", { up_to_seconds: "14400" })).toBe(1);
    expect(value("erp_sync_runs_past_day_by_duration", { up_to_seconds: "+Inf" })).toBe(1);
    expect(value("erp_sync_last_success_timestamp_seconds")).toBe(Date.parse(run?.started_at) / 1000);
    expect(value("erp_sync_jobs", { status: "dead" })).toBe(1);
    expect(value("erp_sync_jobs", { status: "done" })).toBe(ROWS - 4);
    expect(value("erp_sync_success_overdue")).toBe(0);
  });
});

describe("GET health", () => {
  it("tells everybody the status, and superusers why", async () => {
    const dead = "aswan_bom: 1 dead job: erp failed aswan_bom --include-dead";
    const { status, headers, answer } = await get("health");
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(answer).toEqual({
      status: "degraded",
      reasons: [dead],
      warnings: [expect.stringContaining(`anybody who reaches this server may use ${TARGET}`)],
      parts: { database: "ok", source: "ok", target: "degraded" },
    });
    expect(await get("health", "")).toMatchObject({ status: 200, answer: { status: "degraded" } });
    expect((await get("health", "")).answer).toEqual({ status: "degraded" });
    expect((await get("health/database")).answer).toEqual({ ...nothing, status: "ok", parts: { database: "ok" } });
    expect((await get("health/source", "")).answer).toEqual({ status: "ok" });
    expect((await get("health/target")).answer).toMatchObject({ reasons: [dead], parts: { target: "degraded" } });

    const console = await server.cli(["health", "target", "--json"]);
    expect(console).toMatchObject({ code: 1 });
    expect(JSON.parse(console.stdout)).toMatchObject({ status: "degraded", reasons: [dead] });
    await sql(server, "UPDATE job_queue SET status = 'done', retry_count = 0");
    expect((await get("health", "")).answer).toEqual({ status: "ok" });
  });

  it("learns of a failing ERP from the newest run, without asking it", async () => {
    erp.fault({ kind: "status", status: 404 });
    await server.runSync();
    const asked = erp.requests.length;
    const { status, answer } = await get("health/source");
    expect(status).toBe(200);
    expect(answer).toMatchObject({ status: "degraded", reasons: [expect.stringContaining("answered 404")] });
    expect((await get("health", "")).answer).toEqual({ status: "degraded" });
    expect(erp.requests).toHaveLength(asked);
    await server.runSync();
    expect((await get("health/source")).answer).toMatchObject({ status: "ok", reasons: [] });
  });

  it("sees rows that come into quarantine, and is used to them once a run has seen them again", async () => {
    erp.factory.addRow();
    const rows = erp.factory.rows();
    Object.assign(rows.at(-1) ?? {}, { BOM_QTY: "many" });
    await server.runSync();
    expect((await get("health/target")).answer).toMatchObject({
      status: "degraded",
      reasons: ["aswan_bom: 1 more row in quarantine since the newest run began; see failed_records"],
    });
    await server.runSync();
    expect((await get("health/target")).answer).toMatchObject({ status: "ok", reasons: [] });
  });

  it("answers 503 when the sync cannot work", async () => {
    await sql(server, "UPDATE sync_settings SET target_collection = 'gone'");
    for (const path of ["health", "health/target"]) {
      expect(await get(path)).toMatchObject({
        status: 503,
        answer: { status: "failed", reasons: ["aswan_bom: collection gone does not exist"] },
      });
      expect(await get(path, "")).toMatchObject({ status: 503 });
    }
    await sql(server, "UPDATE sync_settings SET target_collection = {:name}", { name: TARGET });
    expect(await get("health", "")).toMatchObject({ status: 200 });
  });
});

describe("without ERP_METRICS_TOKEN", () => {
  it("the metrics are closed, also to who sends no token or an empty one", async () => {
    await server.restart({ ERP_METRICS_TOKEN: "" });
    for (const authorization of ["", "Bearer ", `Bearer ${TOKEN}`, `Bearer ${server.pb.authStore.token}`]) {
      expect(await get("metrics/prometheus", authorization)).toMatchObject({
        status: 404,
        answer: { error: "metrics are not served: ERP_METRICS_TOKEN is not set" },
      });
    }
  });
});

const nothing = { reasons: [], warnings: [] };
