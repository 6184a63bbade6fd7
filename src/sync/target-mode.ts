import { BulkTarget } from "../targets/bulk";
import { refusedByShape } from "../targets/shape";
import type { Work } from "./heal";
import { writtenShape } from "./mapper";
import type { Target } from "./ports";
import type { RefusedBy } from "./prepare";
import { hasPushed } from "./pushed";
import { streamLog } from "./stage";

/** Above so many open jobs `auto` writes in bulk. */
const BULK_ABOVE = 1000;

export interface ChosenTarget {
  mode: "records" | "bulk";
  target: Target;
  refusedBy: RefusedBy;
}

/** Record by record or in bulk, by options.push.mode and what the target collection allows. */
export function chooseTarget(work: Work): ChosenTarget {
  const { engine, stream } = work;
  const shape = writtenShape(engine, stream);
  const records: ChosenTarget = { mode: "records", target: engine.recordsTarget, refusedBy: () => null };
  if (!shape || !wantsBulk(work, 0)) return records;
  if (shape.onlyRecords !== "") {
    if (stream.options.push.mode === "bulk") {
      const fields = { stream: stream.name, target: stream.targetCollection, reason: shape.onlyRecords };
      streamLog(work).warn("bulk push is not possible here, writing record by record", fields);
    }
    return records;
  }
  return {
    mode: "bulk",
    target: new BulkTarget(shape, engine.clock),
    refusedBy: (values) => refusedByShape(shape, values),
  };
}

/** Whether options.push.mode asks for bulk. `more`: rows that are to be pushed beside those in the queue. */
export function wantsBulk(work: Work, more: number): boolean {
  const { mode } = work.stream.options.push;
  return mode === "bulk" || (mode === "auto" && (more > BULK_ABOVE || !hasPushed(work) || manyAreOpen(work)));
}

function manyAreOpen({ engine, stream }: Work): boolean {
  const row = engine.store.one(
    `SELECT count(*) AS n FROM (SELECT 1 FROM job_queue
       WHERE stream = {:stream} AND status IN ('queued', 'failed') LIMIT {:limit})`,
    { stream: stream.name, limit: BULK_ABOVE + 1 },
    { n: 0 },
  );
  return (row?.n ?? 0) > BULK_ABOVE;
}

/** Bulk fires no record events: subscribers of `erp/<target collection>` hear that it changed. */
export function announceBatch({ engine, stream, runId }: Work, rows: number): void {
  engine.announce(`erp/${stream.targetCollection}`, { stream: stream.name, run: runId, rows });
}
