import type { RecordModel } from "pocketbase";
import { expect } from "vitest";
import type { Erp } from "../erp/server";
import { type PocketBaseServer, type StartOptions, startPocketBase, waitFor } from "./harness";

/** A schedule that does not come due while tests run, but gives the stream its cron job. */
const NEW_YEAR = "0 0 1 1 *";
const SOURCE = { rows_path: "$", from_date_param: "fromDate" };

/** A PocketBase whose stream runs only when a test asks for it. */
export async function startQuietly(erp: Erp, options: StartOptions = {}): Promise<PocketBaseServer> {
  const server = await startPocketBase({ erpUrl: erp.url, ...options });
  await server.updateSettings({ schedule: NEW_YEAR });
  return server;
}

/** The stream's options; `source` is added to what the built-in stream has. */
export async function setOptions(
  server: PocketBaseServer,
  { source = {}, ...others }: Record<string, object>,
): Promise<void> {
  await server.updateSettings({ options: { source: { ...SOURCE, ...source }, ...others } });
}

/** One record a transaction: a run that can be met in the middle of its push. */
export const SLOW_PUSH = { push: { mode: "records", batch_size: 1 } };

/** Presses "run now" for a cron job in the admin UI. */
export function runCron(server: PocketBaseServer, job: "erp_sync_aswan_bom" | "erp_worker"): Promise<unknown> {
  return server.pb.send(`/api/crons/${job}`, { method: "POST" });
}

/** Starts a run whose answer takes about this long, and waits until the ERP was asked. */
export async function startSlowRun(server: PocketBaseServer, erp: Erp, ms: number): Promise<string> {
  slowAnswer(erp, ms);
  const asked = erp.requests.length;
  const { run } = await server.action("sync");
  await waitFor(() => erp.requests.length > asked, "the run to ask the ERP");
  return String(run);
}

/** The ERP's next answer takes about this long. */
export function slowAnswer(erp: Erp, ms: number): void {
  erp.fault({ kind: "slow", bytesPerMs: JSON.stringify(erp.factory.rows()).length / ms });
}

/** The ERP has a changed row, one under another key, and a new one. */
export function changeSome({ factory }: Erp): void {
  factory.changeRow(0);
  factory.rekeyRow(1);
  factory.addRow();
}

/** Waits until the run in progress has pushed at least `rows` rows, and answers it. */
export function pushingRun(server: PocketBaseServer, rows = 20): Promise<RecordModel> {
  return waitFor(async () => {
    const [run] = await server.runs('status = "running"');
    return run && run.pushed_inserted + run.pushed_updated >= rows && run;
  }, "a run that pushes");
}

/** Waits until nobody holds the stream and no rerun is owed. */
export async function untilQuiet(server: PocketBaseServer): Promise<void> {
  let free = 0;
  await waitFor(
    async () => {
      const { lock_owner } = await server.settings();
      const running = await server.runs('status = "running"');
      free = lock_owner === "" && running.length === 0 ? free + 1 : 0;
      // Between a run and its rerun the lock is free for a moment.
      return free > 4;
    },
    "the stream to be free",
    30_000,
  );
}

/** What the runs were, the oldest first, as "trigger status". */
export async function story(server: PocketBaseServer): Promise<string[]> {
  const runs = await server.rows("sync_runs", "", "@rowid");
  return runs.map((run) => `${run.trigger} ${run.status}${run.skipped_count > 0 ? ` x${run.skipped_count}` : ""}`);
}

/** Nothing is left over: no lock, no open job, and the target is what the ERP has. */
export async function expectSettled(server: PocketBaseServer, erp: Erp): Promise<void> {
  expect((await server.settings()).lock_owner).toBe("");
  expect(await server.jobs('status != "done"')).toEqual([]);
  await server.expectTarget(erp.factory.rows());
}
