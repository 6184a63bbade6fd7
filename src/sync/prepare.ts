import type { ClaimedJob } from "../queue/claim";
import type { Work } from "./heal";
import { keptFields, keptFor } from "./kept-fields";
import { streamMapper } from "./mapper";
import { markValuesOf } from "./mark";
import type { TargetWrite } from "./ports";
import type { Rejection } from "./quarantine";
import { isMark, markHash } from "./raw";
import { rowTextsReader } from "./row-texts";
import { mappingRejection } from "./snapshot";

/** A claimed job and what it will do, decided outside the transaction. */
export interface Prepared {
  job: ClaimedJob;
  /** Absent when the row cannot be mapped. */
  write?: TargetWrite;
  /** Hash of what the target has after the write. */
  pushedHash: string;
  /** The parent's erp_id of a row that has one; the id of its record takes its place in the push's transaction. */
  parentKey: string;
  rejection?: Rejection;
  /** The mapped row that was rejected, as far as it could be mapped. */
  mapped?: Record<string, unknown>;
}

/** What the target would refuse, as far as that can be told before writing. */
export type RefusedBy = (values: Record<string, unknown>) => { field: string; message: string } | null;

/** Decides for a claimed job what the target should have: nothing, the mark of a left row, or the mapped row. */
export function makePreparer(work: Work, refusedBy: RefusedBy): (job: ClaimedJob) => Prepared {
  const { mapHashed, fields } = streamMapper(work.engine, work.stream);
  const markValues = markValuesOf(work.engine, work.stream, fields);
  const readTexts = rowTextsReader(work.engine.hash);
  const mark = markHash(work);
  const { field: parentField } = work.stream.options.parent;
  const kept = Object.keys(keptFields(work.engine, work.stream));
  return (job) => {
    // A row that is there but asks for nothing went bad before its first push: it is mapped below, and refused.
    if (job.mappedHash === "" && job.missingSince !== "") {
      return { job, pushedHash: "", parentKey: "", write: { id: job.targetId, values: null, partial: false } };
    }
    if (job.missingSince !== "" && isMark(job.mappedHash)) {
      const values = markValues(job.missingSince);
      const refused = refusedBy(values);
      if (refused) return rejected(job, pushRejection(values, refused, true), values);
      return { job, pushedHash: mark, parentKey: "", write: { id: job.targetId, values, partial: true } };
    }
    const row = JSON.parse(job.payload) as Record<string, unknown>;
    const mapped = mapHashed(row, readTexts(job.payload, false) !== "odd");
    const { values, hash: pushedHash, plain } = mapped;
    if (mapped.problems.length > 0) return rejected(job, mappingRejection(mapped.problems), values);
    const refused = plain ? null : refusedBy(values);
    if (refused) return rejected(job, pushRejection(values, refused, true), values);
    const parentKey = parentField === "" ? "" : String(values[parentField]);
    const keeps = keptFor(kept, row, work.stream);
    return { job, pushedHash, parentKey, write: { id: job.targetId, values, partial: false, keeps } };
  };
}

/** A row that is not written: the target keeps what it has. */
export function rejected(job: ClaimedJob, rejection: Rejection, mapped?: Record<string, unknown>): Prepared {
  return { job, pushedHash: job.pushedHash, parentKey: "", rejection, ...(mapped && { mapped }) };
}

/** A row the target does not take: the sentence is the target's own. */
export function pushRejection(
  values: Record<string, unknown>,
  refused: { field: string; message: string },
  fatal: boolean,
): Rejection {
  return {
    stage: "push",
    type: fatal ? "refused_by_target" : "gave_up",
    message: refused.message,
    field: refused.field,
    value: String(values[refused.field] ?? "").slice(0, 500),
    expected: "a value the target collection accepts",
  };
}
