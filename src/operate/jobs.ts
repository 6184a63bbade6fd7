/** A job as requirement 001 shows it, under the name saga. */
export interface Saga {
  /** The job's id. */
  saga_id: string;
  /** There is one tenant only. */
  tenant_id: null;
  /** `<stream>.<operation>` */
  event_type: string;
  /** `<stream>:<erp_id>:<mapped_hash>`; a delete has no hash. */
  idempotency_key: string;
  /** 001's word; job_status is ours. */
  status: "pending" | "in_progress" | "completed" | "dead";
  job_status: string;
  /** Those that failed. */
  attempts: number;
  last_error: string | null;
  /** When it is tried (again); null when it is not waiting. */
  next_run_at: string | null;
  created_at: string;
  updated_at: string;
  stream: string;
  erp_id: string;
  /** The run that queued it; "" for the worker. */
  run: string;
}

/** Columns of JOBS, and an example of each. */
export const JOB = {
  id: "",
  stream: "",
  run: "",
  operation: "",
  mappedHash: "",
  status: "",
  retryCount: 0,
  lastError: "",
  lastAttemptAt: "",
  nextAttemptAt: "",
  processedAt: "",
  createdAt: "",
  updatedAt: "",
  rawId: "",
  erpId: "",
};

export type JobRow = typeof JOB;

/** Every job with its raw row. */
export const JOBS = `
  SELECT j.id AS id, j.stream AS stream, j.run AS run, j.operation AS operation, j.mapped_hash AS mappedHash,
         j.status AS status, j.retry_count AS retryCount, j.last_error AS lastError, j.last_attempt_at AS lastAttemptAt,
         j.next_attempt_at AS nextAttemptAt, j.processed_at AS processedAt, j.created_at AS createdAt,
         j.updated_at AS updatedAt, j.payload_ref AS rawId, COALESCE(r.erp_id, '') AS erpId
    FROM job_queue j LEFT JOIN erp_raw_data r ON r.id = j.payload_ref`;

const WORDS: Record<string, Saga["status"]> = {
  queued: "pending",
  failed: "pending",
  processing: "in_progress",
  done: "completed",
  dead: "dead",
};

export function sagaOf(job: JobRow): Saga {
  const status = WORDS[job.status] ?? "pending";
  return {
    saga_id: job.id,
    tenant_id: null,
    event_type: `${job.stream}.${job.operation || "upsert"}`,
    idempotency_key: `${job.stream}:${job.erpId}:${job.mappedHash}`,
    status,
    job_status: job.status,
    attempts: job.retryCount,
    last_error: job.lastError === "" ? null : job.lastError,
    next_run_at: status === "pending" ? isoOrNull(job.nextAttemptAt) : null,
    created_at: iso(job.createdAt),
    updated_at: iso(job.updatedAt),
    stream: job.stream,
    erp_id: job.erpId,
    run: job.run,
  };
}

/** A stored time as 001 writes it: `2024-10-13T10:30:00.000Z`; null for "". */
export function isoOrNull(time: string): string | null {
  return time === "" ? null : iso(time);
}

function iso(time: string): string {
  return time.replace(" ", "T");
}
