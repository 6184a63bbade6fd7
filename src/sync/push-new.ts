import { doneInserts, type Inserted } from "../queue/insert-done";
import { BulkTarget } from "../targets/bulk";
import { mayAdopt } from "./adopt";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { streamMapper, writtenShape } from "./mapper";
import type { WriteRows } from "./raw";
import { addPushes, noPushes, type PushCounts, updateRun } from "./runs";
import { announceBatch, wantsBulk } from "./target-mode";

/** A row that is stored for the first time and goes to the target in the same transaction. */
export interface NewRow extends Inserted {
  targetId: string;
  /** Its values as a JSON list, see MappedText. */
  mapped: string;
}

/**
 * Pushes new rows in the very transaction that stores them: raw row, target record, finished job and log entry. A row
 * that is queued, claimed, read and mapped again takes three times as long. Only where nothing but the row itself decides
 * what is written, and how: everything else goes through the queue.
 */
export class NewRowPush {
  /** What was pushed so far. */
  readonly counts: PushCounts = noPushes();

  constructor(
    private readonly run: RunContext,
    private readonly target: BulkTarget,
  ) {}

  /** What pushes these rows; it throws TargetRefusal when a record is at fault: nothing of the transaction may be kept. */
  prepare(rows: NewRow[], nowMs: number): WriteRows {
    if (rows.length === 0) return () => undefined;
    const { stream, runId } = this.run;
    const insertRecords = this.target.insertsOf(stream.targetCollection, rows);
    const insertJobs = doneInserts({ stream: stream.name, run: runId, now: toDbTime(nowMs) }, rows);
    return (tx) => {
      insertRecords(tx);
      insertJobs(tx);
      addPushes(tx, runId, { ...noPushes(), pushed_inserted: rows.length });
    };
  }

  /** Called when the transaction is stored. */
  stored(rows: number): void {
    if (rows === 0) return;
    this.counts.pushed_inserted += rows;
    announceBatch(this.run, rows);
  }
}

/**
 * How the run's new rows are pushed at once, or null when they take the way of all others: record by record, into a
 * target whose records may have to be adopted first, or with values that other records have a say in.
 */
export function chooseNewRowPush(run: RunContext): NewRowPush | null {
  const { engine, stream, rows } = run;
  const shape = writtenShape(engine, stream);
  if (rows.rows_new === 0 || !shape || shape.onlyRecords !== "" || looksElsewhere(run)) return null;
  // The rows were mapped into the fields that the target had then, in their order.
  if (streamMapper(engine, stream).version !== run.mappingVersion) return null;
  if (!wantsBulk(run, rows.rows_new + rows.rows_changed + rows.rows_rekeyed)) return null;
  if (mayAdopt(run)) return null;
  updateRun(engine.store, run.runId, { push_mode: "bulk" });
  return new NewRowPush(run, new BulkTarget(shape, engine.clock));
}

function looksElsewhere({ stream }: RunContext): boolean {
  const overrides = Object.values(stream.mapping) as { lookup?: unknown }[];
  return stream.options.parent.stream !== "" || overrides.some((override) => override.lookup !== undefined);
}
