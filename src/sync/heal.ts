import { enqueuePending } from "../queue/enqueue";
import type { Stream } from "../settings/stream";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";
import { fence, type Lease } from "./lease";
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
 * Target records that somebody deleted: rows the ERP still has are asked for again, tombstones are settled (design,
 * promise 10). Returns how many records were gone.
 */
export function heal(work: Work): number {
  const { engine, stream } = work;
  const gone = engine.store.all(
    `SELECT r.id AS id FROM erp_raw_data r
      WHERE r.stream = {:stream} AND r.pushed_hash <> ''
        AND NOT EXISTS (SELECT 1 FROM ${quoted(stream.targetCollection)} t WHERE t.id = r.target_id)`,
    { stream: stream.name },
    { id: "" },
  );
  for (let at = 0; at < gone.length; at += AT_ONCE) {
    work.checkpoint();
    const ids = JSON.stringify(gone.slice(at, at + AT_ONCE).map((row) => row.id));
    engine.store.transaction((tx) => {
      fence(engine, tx, work.lease);
      tx.run(
        `UPDATE erp_raw_data SET pushed_hash = '', mapped_hash = CASE WHEN missing_since = '' THEN mapped_hash ELSE '' END
          WHERE id IN (SELECT value FROM json_each({:ids}))`,
        { ids },
      );
    });
  }
  return gone.length;
}

/** Queues every pending row that has no job (000, scenario B); returns how many. */
export function reconcile(work: Work): number {
  const { engine, stream, lease } = work;
  let queued = 0;
  for (;;) {
    work.checkpoint();
    const some = engine.store.transaction((tx) => {
      fence(engine, tx, lease);
      const now = toDbTime(engine.clock());
      return enqueuePending(tx, { stream: stream.name, run: work.runId, now }, AT_ONCE);
    });
    queued += some;
    if (some < AT_ONCE) return queued;
  }
}
