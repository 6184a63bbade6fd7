import { describe, expect, it } from "vitest";
import { detailOf } from "../../../src/operate/job";
import { JOB, type JobRow, sagaOf } from "../../../src/operate/jobs";

const job = (part: Partial<JobRow> = {}): JobRow => ({
  ...JOB,
  id: "job000000000001",
  stream: "aswan_bom",
  run: "run000000000001",
  operation: "upsert",
  mappedHash: "h1",
  status: "queued",
  createdAt: "2024-10-13 10:00:00.000Z",
  updatedAt: "2024-10-13 10:00:00.000Z",
  nextAttemptAt: "2024-10-13 10:00:00.000Z",
  erpId: "BOM|W|1",
  ...part,
});
const failed = job({
  status: "failed",
  retryCount: 3,
  lastError: "Connection timeout",
  lastAttemptAt: "2024-10-13 14:29:58.000Z",
  updatedAt: "2024-10-13 14:30:00.000Z",
  nextAttemptAt: "2024-10-13 14:40:12.400Z",
});

describe("sagaOf", () => {
  it("calls a job by the words of requirement 001", () => {
    expect(sagaOf(failed)).toEqual({
      saga_id: "job000000000001",
      tenant_id: null,
      event_type: "aswan_bom.upsert",
      idempotency_key: "aswan_bom:BOM|W|1:h1",
      status: "pending",
      job_status: "failed",
      attempts: 3,
      last_error: "Connection timeout",
      next_run_at: "2024-10-13T14:40:12.400Z",
      created_at: "2024-10-13T10:00:00.000Z",
      updated_at: "2024-10-13T14:30:00.000Z",
      stream: "aswan_bom",
      erp_id: "BOM|W|1",
      run: "run000000000001",
    });
  });

  it.each([
    ["queued", "pending"],
    ["failed", "pending"],
    ["processing", "in_progress"],
    ["done", "completed"],
    ["dead", "dead"],
  ])("a %s job is %s", (status, word) => {
    expect(sagaOf(job({ status })).status).toBe(word);
  });

  it.each(["processing", "done", "dead"])("a %s job waits for no next attempt", (status) => {
    expect(sagaOf(job({ status })).next_run_at).toBeNull();
  });

  it("has no error before one happened, and names a delete", () => {
    expect(sagaOf(job({ operation: "delete", mappedHash: "" }))).toMatchObject({
      last_error: null,
      event_type: "aswan_bom.delete",
      idempotency_key: "aswan_bom:BOM|W|1:",
    });
  });
});

describe("detailOf", () => {
  it("says how long a failed job waits", () => {
    expect(detailOf(failed, { A: 1 }, null)).toMatchObject({
      payload: { A: 1 },
      result_payload: null,
      processing_started_at: "2024-10-13T14:29:58.000Z",
      processed_at: null,
      backoff_seconds: 612,
      time_in_queue_seconds: null,
    });
  });

  it("says how long a finished job took, from its making", () => {
    const done = job({
      status: "done",
      processedAt: "2024-10-13 10:00:02.600Z",
      lastAttemptAt: "2024-10-13 10:00:02.000Z",
    });
    const push = {
      response_code: 201,
      response_body: "inserted",
      changes: [],
      sent_at: "2024-10-13T10:00:02.600Z",
      run: "",
    };
    expect(detailOf(done, null, push)).toMatchObject({
      result_payload: push,
      processed_at: "2024-10-13T10:00:02.600Z",
      backoff_seconds: null,
      time_in_queue_seconds: 3,
    });
  });

  it("has nothing to tell of a job that was never tried", () => {
    expect(detailOf(job(), null, null)).toMatchObject({ processing_started_at: null, backoff_seconds: null });
  });
});
