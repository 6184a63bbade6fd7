import { canonicalValues } from "../mapping/hash-input";
import type { ClaimedJob } from "../queue/claim";
import type { Work } from "./heal";
import { streamMapper } from "./mapper";
import type { TargetWrite } from "./ports";
import type { Rejection } from "./quarantine";
import { markHash } from "./raw";
import { mappingRejection } from "./snapshot";

/** A claimed job and what it will do, decided outside the transaction. */
export interface Prepared {
  job: ClaimedJob;
  /** Absent when the row cannot be mapped. */
  write?: TargetWrite;
  /** Hash of what the target has after the write. */
  pushedHash: string;
  rejection?: Rejection;
}

/** Decides for a claimed job what the target should have: nothing, the mark of a left row, or the mapped row. */
export function makePreparer(work: Work): (job: ClaimedJob) => Prepared {
  const { map, fieldNames } = streamMapper(work.engine, work.stream);
  const mark = markHash(work);
  return (job) => {
    if (job.mappedHash === "") {
      return { job, pushedHash: "", write: { id: job.targetId, values: null, partial: false } };
    }
    if (job.missingSince !== "" && job.mappedHash === mark) {
      const values = work.stream.options.mark.fields;
      return { job, pushedHash: mark, write: { id: job.targetId, values, partial: true } };
    }
    const mapped = map(JSON.parse(job.payload) as Record<string, unknown>);
    if (mapped.problems.length > 0) return { job, pushedHash: job.pushedHash, rejection: mappingRejection(mapped) };
    const pushedHash = work.engine.hash.md5(canonicalValues(mapped.values, fieldNames));
    return { job, pushedHash, write: { id: job.targetId, values: mapped.values, partial: false } };
  };
}
