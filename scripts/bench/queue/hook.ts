import { PocketBaseStore } from "../../../src/pocketbase/db";
import { claimJobs, readClaim } from "../../../src/queue/claim";
import { completeJobs } from "../../../src/queue/complete";
import { toDbTime } from "../../../src/sync/clock";

const STREAM = "bench_queue";
const BATCH = 1000;

/** Numbers from 1 to {:count}; as a subquery, since no writing statement may begin with WITH. */
const NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {:count}) SELECT i FROM n";

/**
 * Claims and finishes `jobs` jobs in batches, as a drain does but without mapping and pushing their rows, in a queue that
 * holds `finished` finished jobs. Returns how long that took, in ms.
 */
export function measureQueue(jobs: number, finished: number): { ms: number; done: number } {
  const store = new PocketBaseStore($app, { info: ignore, warn: ignore, error: ignore, debug: ignore } as never);
  const now = toDbTime(Date.now());
  fillRows(store, jobs, now);
  fillJobs(store, { from: "done", count: finished, status: "done", now });
  fillJobs(store, { from: "due", count: jobs, status: "queued", now });
  return store.writingMuch(() => workOff(store));
}

function workOff(store: PocketBaseStore): { ms: number; done: number } {
  const began = Date.now();
  let done = 0;
  for (;;) {
    const claim = `claim${done}`;
    const claimed = store.transaction((tx) => claimJobs(tx, STREAM, claim, Date.now(), BATCH));
    if (claimed === 0) return { ms: Date.now() - began, done };
    const rows = readClaim(store, STREAM, claim);
    const outcomes = rows.map(({ id, rawId, erpId, mappedHash }) => ({
      ...{ jobId: id, rawId, erpId, claimedHash: mappedHash, pushedHash: mappedHash },
      ...{ outcome: "unchanged" as const, changes: [] },
    }));
    store.transaction((tx) => completeJobs(tx, STREAM, "", Date.now(), outcomes));
    done += claimed;
  }
}

function fillRows(store: PocketBaseStore, count: number, now: string): void {
  store.run(
    `INSERT INTO erp_raw_data (id, stream, erp_id, group_key, payload_json, fingerprint, mapped_hash, target_collection, target_id, fetched_at)
     SELECT printf('benchraw%07d', i), {:stream}, 'row ' || i, 'row ' || i, '{}', 'f' || i, 'hash', 'bench', 't' || i, {:now}
       FROM (${NUMBERS})`,
    { stream: STREAM, count, now },
  );
}

function fillJobs(
  store: PocketBaseStore,
  { from, count, status, now }: { from: string; count: number; status: string; now: string },
): void {
  store.run(
    `INSERT INTO job_queue (id, payload_ref, stream, operation, mapped_hash, status, next_attempt_at, processed_at, created_at, updated_at)
     SELECT printf('job%04s%08d', {:from}, i), printf('benchraw%07d', i), {:stream}, 'upsert', 'hash', {:status}, {:now}, {:now}, {:now}, {:now}
       FROM (${NUMBERS})`,
    { stream: STREAM, from, count, status, now },
  );
}

function ignore(): void {}
