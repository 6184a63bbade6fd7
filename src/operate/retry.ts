import { JOB_STATUSES } from "../queue/filter";
import { retryJobs } from "../queue/retry";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption, UnknownRecord } from "./action";

export const RETRY_FLAGS: ActionFlag[] = [
  { name: "job", type: "text", default: "", help: "only this job's id" },
  { name: "status", type: "text", default: "", help: "only dead ones, or only failed ones that wait" },
  { name: "text", type: "text", default: "", help: "only those with this text in the row's erp_id or the error" },
];

/** Makes dead and waiting jobs due again, as many as match; the worker takes them at its next tick. */
export function retry(engine: Engine, { stream, flags }: ActionInput): ActionResult {
  if (stream !== "") readSettings(engine.store, stream);
  const status = String(flags.status ?? "");
  if (!["", "dead", "failed"].includes(status)) {
    throw new BadOption(`status: "${status}" cannot be tried again (expected dead or failed)`);
  }
  const jobId = String(flags.job ?? "");
  const statuses = status === "" ? JOB_STATUSES : [status];
  const retried = retryJobs(engine.store, engine.clock(), { stream, jobId, statuses, text: String(flags.text ?? "") });
  if (retried === 0 && jobId !== "" && !hasJob(engine, jobId)) throw new UnknownRecord("job_queue", jobId);
  return { ok: true, data: { retried }, lines: [`${retried} jobs are due again`] };
}

function hasJob(engine: Engine, id: string): boolean {
  return engine.store.one("SELECT id AS id FROM job_queue WHERE id = {:id}", { id }, { id: "" }) !== undefined;
}
