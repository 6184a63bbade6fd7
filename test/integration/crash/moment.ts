import type { RecordModel } from "pocketbase";
import type { PocketBaseServer } from "../harness";

/** What a run was doing when its process was killed, in the order of the run. */
export const PHASES = ["fetch", "diff", "ingest", "drain", "finish"] as const;
export type Phase = (typeof PHASES)[number];

/**
 * The phase of a run, read from what it has stored: `transport` is written when the answer is on disk, raw rows carry
 * the time of the ingest that wrote them, `ingested_at` is written with the last of them. Undefined when the run has
 * ended, or when somebody has taken it over since, so that nothing can be told any more.
 */
export async function phaseOf(server: PocketBaseServer, runId: string): Promise<Phase | undefined> {
  const run = await server.pb.collection("sync_runs").getOne(runId);
  if (run.status !== "running") return undefined;
  if (run.ingested_at !== "") return (await hasOpenJobs(server)) ? "drain" : "finish";
  if (run.transport === "") return "fetch";
  return (await hasIngested(server, run)) ? "ingest" : "diff";
}

const OPEN_JOBS = "status = 'queued' || status = 'processing' || status = 'failed'";

function hasOpenJobs(server: PocketBaseServer): Promise<boolean> {
  return isThere(server, "job_queue", OPEN_JOBS);
}

async function hasIngested(server: PocketBaseServer, run: RecordModel): Promise<boolean> {
  const since = run.started_at;
  return (
    (await isThere(server, "erp_raw_data", `fetched_at >= '${since}' || missing_since >= '${since}'`)) ||
    (await isThere(server, "failed_records", `run = '${run.id}'`))
  );
}

async function isThere(server: PocketBaseServer, collection: string, filter: string): Promise<boolean> {
  const page = await server.pb.collection(collection).getList(1, 1, { filter, skipTotal: true, fields: "id" });
  return page.items.length > 0;
}

/** Starts a run and leaves it alone; answers its id. */
export async function startRun(server: PocketBaseServer): Promise<string> {
  const { run, status } = await server.action("sync");
  if (status !== "running") throw new Error(`the run was to start, but its status is "${status}"`);
  return run;
}

/** Looks as fast as it can until the run is in the phase or has ended; false when that was too late. */
export async function reaches(server: PocketBaseServer, runId: string, phase: Phase): Promise<boolean> {
  for (;;) {
    const now = await phaseOf(server, runId);
    if (now === undefined) return false;
    if (PHASES.indexOf(now) >= PHASES.indexOf(phase)) return now === phase;
  }
}
