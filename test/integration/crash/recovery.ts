import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RecordModel } from "pocketbase";
import { expect } from "vitest";
import type { ErpRow } from "../../erp/row";
import type { PocketBaseServer } from "../harness";

export interface Recovery {
  /** What erp_raw_data should hold, where that is not what the target should hold (a row in quarantine). */
  raw?: readonly ErpRow[];
  /** Open quarantine records; default 0. */
  quarantined?: number;
}

/** What must hold after a crash and one quiet run, looked up row by row (000, "Crash and Recovery Scenarios"). */
export async function expectRecovered(server: PocketBaseServer, rows: readonly ErpRow[], more: Recovery = {}) {
  await server.expectTarget(rows);
  const found = await readAll(server);
  expectRaw(found, more.raw ?? rows);
  expectJobs(found);
  expectRuns(found);
  const open = found.quarantine.filter((record) => record.resolved_at === "");
  expect(open.map((record) => `${record.erp_id}: ${record.error_message}`)).toHaveLength(more.quarantined ?? 0);
  expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });
  expect(spools(server)).toEqual([]);
}

/** The folders of runs that still have their answer on disk. */
export function spools(server: PocketBaseServer): string[] {
  const root = join(server.dataDir, "erp_spool");
  return existsSync(root) ? readdirSync(root) : [];
}

interface Everything {
  target: RecordModel[];
  raw: RecordModel[];
  jobs: RecordModel[];
  log: RecordModel[];
  runs: RecordModel[];
  quarantine: RecordModel[];
}

async function readAll(server: PocketBaseServer): Promise<Everything> {
  return {
    target: await server.targetRows(),
    raw: await server.rows("erp_raw_data"),
    jobs: await server.jobs(),
    log: await server.rows("push_log"),
    runs: await server.runs(),
    quarantine: await server.rows("failed_records"),
  };
}

/** Raw rows are the ERP's, each was told to the target, and the records they own are all that is there. */
function expectRaw({ raw, target, jobs, log }: Everything, rows: readonly ErpRow[]): void {
  const live = raw.filter((row) => row.missing_since === "");
  const texts = live.map((row) => JSON.stringify(row.payload_json));
  expect(surplus(texts, rows.map(text)), "raw rows that the ERP does not have").toEqual([]);
  expect(surplus(rows.map(text), texts), "ERP rows that are not in erp_raw_data").toEqual([]);
  expect(named(raw, (row) => row.mapped_hash !== row.pushed_hash)).toEqual([]);
  const owned = raw.filter((row) => row.pushed_hash !== "").map((row) => row.target_id as string);
  expect(owned.sort()).toEqual(target.map((record) => record.id).sort());
  expectNothingTwice(raw, jobs, log);
}

/** Inserts less deletes of a row are the record it has: one more is a push that was done twice, one less a lost one. */
function expectNothingTwice(raw: RecordModel[], jobs: RecordModel[], log: RecordModel[]): void {
  const rowOfJob = new Map(jobs.map((job) => [job.id, job.payload_ref as string]));
  const records = new Map<string, number>();
  for (const { job_id, response_body } of log) {
    const row = rowOfJob.get(job_id) ?? "";
    const more = response_body === "inserted" ? 1 : response_body === "deleted" ? -1 : 0;
    records.set(row, (records.get(row) ?? 0) + more);
  }
  expect(named(raw, (row) => (records.get(row.id) ?? 0) !== (row.pushed_hash === "" ? 0 : 1))).toEqual([]);
}

function expectJobs({ jobs, log }: Everything): void {
  expect(named(jobs, (job) => job.status !== "done")).toEqual([]);
  const logged = new Set(log.map((entry) => entry.job_id as string));
  expect(named(jobs, (job) => !logged.has(job.id))).toEqual([]);
}

/** No run is left running, and what a run says it pushed is what push_log has of it, also when it was interrupted. */
function expectRuns({ runs, log }: Everything): void {
  expect(named(runs, (run) => run.status === "running" || run.finished_at === "")).toEqual([]);
  const counted = new Map<string, number>();
  for (const { run, response_body } of log) {
    counted.set(`${run} ${response_body}`, (counted.get(`${run} ${response_body}`) ?? 0) + 1);
  }
  for (const outcome of ["inserted", "updated", "deleted", "unchanged"]) {
    const wrong = (run: RecordModel) => run[`pushed_${outcome}`] !== (counted.get(`${run.id} ${outcome}`) ?? 0);
    expect(named(runs, wrong), `runs whose pushed_${outcome} is not what push_log has`).toEqual([]);
  }
}

/** The first of those that are wrong, short enough to read. */
function named(records: RecordModel[], isWrong: (record: RecordModel) => boolean): string[] {
  const wrong = records.filter(isWrong).map((record) => JSON.stringify({ ...record, payload_json: undefined }));
  return wrong.length > 3 ? [...wrong.slice(0, 3), `… and ${wrong.length - 3} more`] : wrong;
}

function text(row: ErpRow): string {
  return JSON.stringify(row);
}

/** What `from` has more often than `other`, the first three. */
function surplus(from: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of other) left.set(each, (left.get(each) ?? 0) + 1);
  const more: string[] = [];
  for (const each of from) {
    const times = left.get(each) ?? 0;
    if (times > 0) left.set(each, times - 1);
    else if (more.length < 3) more.push(each);
  }
  return more;
}
