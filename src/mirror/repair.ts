import { enqueueRows } from "../queue/enqueue";
import { toDbTime } from "../sync/clock";
import type { Work } from "../sync/heal";
import { fence } from "../sync/lease";
import { underLease } from "../sync/under-lease";
import { lookClosely } from "./look";
import { type Compared, readRows } from "./rows";
import { isMendable } from "./verdict";

/** What a repair did. */
export interface Repair {
  queued: number;
  /** A run had the stream: rows that were found then are not queued. */
  busy: boolean;
}

/** Repairs page by page, each under a lease of its own, so that a long verify keeps nobody waiting. */
export class Repairer {
  readonly done: Repair = { queued: 0, busy: false };

  constructor(private readonly compared: Compared) {}

  /** Also while the stream is paused: what is queued waits until it is resumed. */
  mend(rawIds: string[]): void {
    const { engine, stream } = this.compared;
    const done = underLease(engine, stream, true, (work) => repairRows(this.compared, work, rawIds));
    if (done) this.done.queued += done.result;
    else this.done.busy = true;
  }
}

/**
 * Queues rows whose record somebody else deleted or changed; returns how many. They are looked at once more under the
 * lease, since the first look had none. What the record holds now is taken as what the target was last told, so that
 * the row is pending and its push is logged field by field (design, promise 10).
 */
function repairRows(compared: Compared, { engine, stream, lease }: Work, rawIds: string[]): number {
  const mendable = lookClosely(compared, readRows(compared, rawIds)).filter(({ verdict }) => isMendable(verdict));
  if (mendable.length === 0) return 0;
  return engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    tx.run(
      `UPDATE erp_raw_data SET pushed_hash = c.held
         FROM (SELECT value ->> 0 AS raw, value ->> 1 AS held FROM jsonb_each({:rows})) AS c
        WHERE id = c.raw`,
      { rows: JSON.stringify(mendable.map(({ row }) => [row.rawId, row.record ?? ""])) },
    );
    const now = toDbTime(engine.clock());
    const ids = mendable.map(({ row }) => row.rawId);
    return enqueueRows(tx, { stream: stream.name, run: "", now }, ids);
  });
}
