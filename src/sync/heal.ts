import { closeSettled } from "../queue/complete";
import { enqueueRows, pendingWithoutJob } from "../queue/enqueue";
import type { Stream } from "../settings/stream";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";
import { fence, type Lease } from "./lease";
import { streamMapper } from "./mapper";
import { readParent } from "./parents";
import { quoted } from "./target-id";

const AT_ONCE = 1000;

export interface Work {
  engine: Engine;
  stream: Stream;
  lease: Lease;
  /** The run that jobs and log entries name, or "" for a tick. */
  runId: string;
  checkpoint(): void;
}

/**
 * What somebody else did to target records without a trace in the raw rows: deleted records are asked for again, and so
 * are those that lost their parent's record or have another one. Returns how many rows that were.
 */
export function heal(work: Work): number {
  return healGone(work) + healParents(work);
}

/** Rows the ERP still has are asked for again, tombstones are settled (design, promise 10). */
function healGone(work: Work): number {
  const { engine, stream } = work;
  const gone = engine.store.all(
    // Two indexes in the same order tell which records are gone, half as long as looking each one up takes; only the
    // rows of those are read. LIMIT keeps SQLite from turning it around.
    `SELECT r.id AS id FROM (
       SELECT target_id AS id FROM erp_raw_data INDEXED BY idx_erp_raw_data_target
        WHERE target_collection = {:target} AND target_id <> ''
       EXCEPT SELECT id FROM ${quoted(stream.targetCollection)} ORDER BY 1 LIMIT -1) AS gone
       CROSS JOIN erp_raw_data r INDEXED BY idx_erp_raw_data_target
          ON r.target_collection = {:target} AND r.target_id = gone.id AND r.target_id <> ''
      WHERE r.stream = {:stream} AND r.pushed_hash <> ''`,
    { stream: stream.name, target: stream.targetCollection },
    { id: "" },
  );
  setInPages(work, gone, "pushed_hash = '', mapped_hash = CASE WHEN missing_since = '' THEN mapped_hash ELSE '' END");
  return gone.length;
}

/** A pushed_hash that no row has: the record is there, with another parent than it was given. */
const OTHER_PARENT = "other parent";

/**
 * Records that no longer point to their parent's record: PocketBase blanks a relation when the record it points to is
 * deleted, and a key may have got another record since.
 */
function healParents(work: Work): number {
  const { engine, stream } = work;
  const parent = readParent(engine.store, stream);
  if (!parent) return 0;
  const astray = engine.store.all(
    `SELECT r.id AS id FROM erp_raw_data r JOIN ${quoted(stream.targetCollection)} t ON t.id = r.target_id
      WHERE r.stream = {:stream} AND r.parent_key <> '' AND r.missing_since = '' AND r.mapped_hash = r.pushed_hash
        AND r.mapping_version = {:version} AND t.${quoted(parent.field)} <> COALESCE((SELECT p.target_id
            FROM erp_raw_data p WHERE p.stream = {:parent} AND p.erp_id = r.parent_key), '')
        AND NOT EXISTS (SELECT 1 FROM failed_records f WHERE f.raw_row = r.id AND f.resolved_at = '')`,
    { stream: stream.name, parent: parent.stream, version: streamMapper(engine, stream).version },
    { id: "" },
  );
  setInPages(work, astray, `pushed_hash = '${OTHER_PARENT}'`);
  return astray.length;
}

function setInPages({ engine, lease, checkpoint }: Work, rows: { id: string }[], columns: string): void {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    checkpoint();
    const some = rows.slice(at, at + AT_ONCE).map((row) => row.id);
    const ids = JSON.stringify(some);
    engine.store.transaction((tx) => {
      fence(engine, tx, lease);
      tx.run(`UPDATE erp_raw_data SET ${columns} WHERE id IN (SELECT value FROM json_each({:ids}))`, { ids });
      // A delete that was given up has nothing to delete any more.
      closeSettled(tx, lease.stream, engine.clock(), some);
    });
  }
}

/**
 * Queues every pending row that has no job (000, scenario B); returns how many. Looked for outside the transactions: after
 * a first load nearly every row is pending and has one.
 */
export function reconcile(work: Work): number {
  const { engine, stream, lease } = work;
  let queued = 0;
  for (;;) {
    work.checkpoint();
    const ids = pendingWithoutJob(engine.store, stream.name, AT_ONCE);
    if (ids.length === 0) return queued;
    const some = engine.store.transaction((tx) => {
      fence(engine, tx, lease);
      return enqueueRows(tx, { stream: stream.name, run: work.runId, now: toDbTime(engine.clock()) }, ids);
    });
    queued += some;
    if (some === 0 || ids.length < AT_ONCE) return queued;
  }
}
