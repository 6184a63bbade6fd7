import { retryJobs } from "../queue/retry";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionInput, type ActionResult, UnknownRecord } from "./action";

/** Makes dead and waiting jobs due again; the worker takes them at its next tick. */
export function retry(engine: Engine, input: ActionInput): ActionResult {
  if (input.stream !== "") readSettings(engine.store, input.stream);
  const filter = { stream: input.stream, jobId: String(input.flags.job ?? "") };
  const retried = engine.store.transaction((tx) => retryJobs(tx, engine.clock(), filter));
  if (retried === 0 && filter.jobId !== "" && !hasJob(engine, filter.jobId)) {
    throw new UnknownRecord("job_queue", filter.jobId);
  }
  return { ok: true, data: { retried }, lines: [`${retried} jobs are due again`] };
}

function hasJob(engine: Engine, id: string): boolean {
  return engine.store.one("SELECT id AS id FROM job_queue WHERE id = {:id}", { id }, { id: "" }) !== undefined;
}
