import PocketBase, { type RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { Monitored } from "./monitoring-instance";
import { sql } from "./test-hooks";

const here = new Monitored();
/** All done, by id. */
let jobs: RecordModel[];
beforeAll(async () => {
  jobs = await here.server.jobs();
});

const iso = (time: string) => time.replace(" ", "T");

describe("metrics, failed jobs and single jobs", () => {
  it("are for superusers only", async () => {
    const account = { email: "a@example.com", password: "a-password", passwordConfirm: "a-password" };
    await here.server.pb.collection("users").create(account);
    const user = new PocketBase(here.server.url);
    await user.collection("users").authWithPassword(account.email, account.password);
    for (const path of ["metrics", "failed", `jobs/${jobs[0]?.id}`, `saga/${jobs[0]?.id}`]) {
      expect(await here.get(path, ""), path).toMatchObject({ status: 401 });
      expect(await here.get(path, user.authStore.token), path).toMatchObject({ status: 403 });
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
    expect(await here.get(path)).toMatchObject({ status: 400, answer: { error } });
  });

  it("know no stream and no job that is not there", async () => {
    const stream = { status: 404, answer: { error: 'there is no stream "nowhere"; sync_settings has: aswan_bom' } };
    expect(await here.get("metrics?stream=nowhere")).toMatchObject(stream);
    expect(await here.get("failed?stream=nowhere")).toMatchObject(stream);
    for (const route of ["jobs", "saga"]) {
      const error = 'job_queue has no record "nosuchjob"';
      expect(await here.get(`${route}/nosuchjob`)).toMatchObject({ status: 404, answer: { error } });
    }
  });

  it("add up what was done in the period that was asked for", async () => {
    const { answer } = await here.get("metrics");
    expect(answer).toEqual({
      success_rate: 100,
      avg_latency_seconds: expect.any(Number),
      total_processed: here.rows,
      total_succeeded: here.rows,
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
    await sql(here.server, "UPDATE job_queue SET processed_at = {:at} WHERE id IN ({:a}, {:b})", {
      at: yesterday,
      a: jobs[0]?.id,
      b: jobs[1]?.id,
    });
    expect((await here.get("metrics?hours=24&stream=aswan_bom")).answer.total_processed).toBe(here.rows - 2);
    expect((await here.get("metrics?hours=168")).answer.total_processed).toBe(here.rows);
  });

  it("show one job under both of its names, with its row and what the target was told", async () => {
    const job = jobs[5] as RecordModel;
    const raw = await here.server.pb.collection("erp_raw_data").getOne(job.payload_ref);
    const [push] = await here.server.rows("push_log", `job_id = "${job.id}"`);
    const { answer } = await here.get(`jobs/${job.id}`);
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
    expect((await here.get(`saga/${job.id}`)).answer).toEqual(answer);
    const console = await here.server.cli(["job", job.id, "--json"]);
    expect(console).toMatchObject({ code: 0 });
    expect(JSON.parse(console.stdout)).toEqual(answer);
  });

  it("list jobs that failed page by page, and the dead ones when asked to", async () => {
    const [waiting, died, dead, fresh] = jobs.slice(6, 10).map((job) => job.id);
    const fail = (id: string | undefined, status: string, retries: number, minute: number) =>
      sql(
        here.server,
        `UPDATE job_queue SET status = {:status}, retry_count = {:retries}, last_error = 'no', processed_at = '',
                last_attempt_at = updated_at, next_attempt_at = '2999-01-01 00:00:00.000Z',
                updated_at = '2025-01-01 00:0' || {:minute} || ':00.000Z' WHERE id = {:id}`,
        { id, status, retries, minute },
      );
    await fail(waiting, "failed", 3, 1);
    await fail(died, "queued", 1, 2);
    await fail(dead, "dead", 6, 3);
    await fail(fresh, "queued", 0, 4);

    const ids = ({ answer }: Awaited<ReturnType<typeof here.get>>) =>
      answer.items.map((item: RecordModel) => item.saga_id);
    const page = await here.get("failed");
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
    expect(ids(await here.get("failed?include_dead=true"))).toEqual([dead, died, waiting]);
    expect(ids(await here.get("failed?include-dead=1&page_size=2&page=2"))).toEqual([waiting]);
    expect((await here.get("failed?include_dead=true&page=9")).answer).toMatchObject({
      items: [],
      total_count: 3,
      page: 9,
    });

    expect((await here.get("metrics?hours=168")).answer).toMatchObject({
      total_succeeded: here.rows - 4,
      total_failed: 3,
      dead_letter_queue_size: 1,
      retry_metrics: { total_retries: 10, max_retries_saga_id: dead, max_retries_count: 6, sagas_with_retries: 3 },
    });
    const { answer: status } = await here.get("status");
    expect(status).toMatchObject({
      pending_count: 3,
      completed_count: here.rows - 4,
      dead_count: 1,
      total_queue_size: 3,
    });
  });
});
