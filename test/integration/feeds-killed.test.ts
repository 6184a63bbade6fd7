import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { startWithOthers } from "./crash/hooks-of-others";
import { phaseOf, reaches, startRun } from "./crash/moment";
import { expectRecovered, spools } from "./crash/recovery";
import { Factory, type PocketBaseServer, TARGET, waitFor } from "./harness";
import { countsOf, type Installation } from "./outcomes-instance";

const CHANGED = "INV_TRANS_CREATE_DATE";
const PAGING = { kind: "page", page_size: 10 };
const PAGED = { from_date_param: "", rows_path: "data.items", paging: PAGING };
const INCREMENTAL = { query: { field: CHANGED }, incremental: { param: "since", cursor_field: CHANGED } };

/** A stream that is read in pages, after its first run. */
async function startPaged(rows: number, source: object = {}): Promise<Installation> {
  const factory = new Factory({ seed: 5, rows });
  changeAll(factory, "2026-01-01T00:00:00", () => ({}));
  const { erp, server } = await startWithOthers(factory);
  const settings = { source_url: "${ERP_BASE_URL}/api/paged/page", from_date: "", on_missing: "delete" };
  await server.updateSettings({ ...settings, options: { push: { mode: "records" }, source: { ...PAGED, ...source } } });
  await server.runSync();
  return { factory, erp, server };
}

/** Changes a row at this time of the ERP. */
function changeAt(factory: Factory, at: number, time: string, patch: Partial<ErpRow> = {}): void {
  factory.changeRow(at, { ...patch, [CHANGED]: time });
}

function changeAll(factory: Factory, time: string, patch: (at: number) => Partial<ErpRow>): void {
  const { length } = factory.rows();
  for (let at = 0; at < length; at++) changeAt(factory, at, time, patch(at));
}

/** Every record that a sync writes. */
function everything(server: PocketBaseServer) {
  const collections = [TARGET, "erp_raw_data", "job_queue", "push_log", "failed_records"];
  return Promise.all(collections.map((collection) => server.rows(collection)));
}

async function newestCursor(server: PocketBaseServer): Promise<string> {
  return (await server.runs('ingested_at != ""'))[0]?.cursor;
}

/** Starts a run and kills it in the middle of page `page`, when those before it are whole on disk. */
async function killInPage({ server, erp }: Installation, page: number, transport: string): Promise<string> {
  erp.requests.length = 0;
  erp.fault({ kind: "none" }, page - 1);
  erp.fault({ kind: "slow", bytesPerMs: 1 });
  const runId = await startRun(server);
  const file = (at: number) => join(server.dataDir, "erp_spool", runId, `page-${at}.json`);
  const begun = () => existsSync(file(page)) && statSync(file(page)).size > 0;
  await waitFor(transport === "curl" ? begun : () => erp.requests.length === page, `page ${page} to begin`);
  for (let before = 1; before < page; before++) expect(existsSync(file(before))).toBe(true);
  await server.kill();
  erp.clearFaults();
  await server.restart();
  return runId;
}

describe.each(["curl", "http"])("a kill between two pages by %s", (transport) => {
  it("leaves everything as it was, and the run after it is exact", async () => {
    const all = await startPaged(50, { transport });
    const { server, factory, erp } = all;
    factory.changeRow(0, { BOM_QTY: 4711 });
    const gone = factory.removeRow(25);
    const before = await everything(server);
    const runId = await killInPage(all, 3, transport);
    expect(await everything(server)).toEqual(before);
    expect(spools(server)).toEqual([]);

    erp.requests.length = 0;
    const run = await server.runSync();
    expect(erp.requests.map((request) => request.query.page).slice(0, 4)).toEqual(["1", "2", "3", "4"]);
    expect(run).toMatchObject({ status: "succeeded", rows_changed: 1, pushed_updated: 1, pushed_deleted: 0 });
    expect(await server.pb.collection("sync_runs").getOne(runId)).toMatchObject({
      ...{ status: "interrupted", ingested_at: "", scope_hash: "", rows_fetched: 0 },
    });
    await server.expectTarget([...factory.rows(), ...gone]);
    // The killed run was no snapshot: only the second one after it may delete.
    expect(await server.runSync()).toMatchObject({ pushed_deleted: gone.length });
    await expectRecovered(server, factory.rows());
  });
});

describe("a kill of an incremental run in pages", () => {
  it("during the fetch leaves the cursor, and the next run asks for the same again", async () => {
    const all = await startPaged(60, INCREMENTAL);
    const { server, factory, erp } = all;
    for (let at = 0; at < 45; at++) changeAt(factory, at, `2026-01-02T00:00:${10 + at}`, { BOM_QTY: 1000 + at });
    const cursor = await newestCursor(server);
    const before = await everything(server);
    await killInPage(all, 4, "curl");
    const since = erp.requests[0]?.query.since;
    expect(since).toBeDefined();
    expect(await everything(server)).toEqual(before);
    expect(await newestCursor(server)).toBe(cursor);

    erp.requests.length = 0;
    const run = await server.runSync();
    expect(new Set(erp.requests.map((request) => request.query.since))).toEqual(new Set([since]));
    expect(run).toMatchObject({ status: "succeeded", sync_type: "incremental" });
    expect(countsOf(run)).toMatchObject({ changed: 45, updated: 45 });
    expect(await newestCursor(server)).toBe("2026-01-02 00:00:54.000Z");
    await expectRecovered(server, factory.rows());
  });

  it("while its pages are stored keeps what is stored, leaves the cursor, and the rest follows", async () => {
    const paging = { ...PAGING, page_size: 500 };
    const all = await startPaged(1500, { ...INCREMENTAL, paging });
    const { server, factory, erp } = all;
    let times = 0;
    const strike = async (): Promise<boolean> => {
      const time = `2026-02-01T00:00:0${times++}`;
      changeAll(factory, time, (at) => ({ BOM_QTY: 1000 * times + at }));
      const runId = await startRun(server);
      await reaches(server, runId, "ingest");
      await server.kill();
      await server.restart();
      if ((await phaseOf(server, runId)) === "ingest") return true;
      await server.runSync();
      return false;
    };
    const cursors: string[] = [];
    do {
      cursors.push(await newestCursor(server));
      if (times > 5) throw new Error("no kill hit the ingest: give the factory more rows");
    } while (!(await strike()));
    expect(await newestCursor(server)).toBe(cursors.at(-1));

    const stored = (await server.rows("erp_raw_data")).filter((raw) => raw.mapped_hash !== raw.pushed_hash).length;
    erp.requests.length = 0;
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", sync_type: "incremental", rows_unchanged: stored });
    expect(run).toMatchObject({ rows_changed: factory.rows().length - stored, pushed_deleted: 0 });
    expect(await newestCursor(server)).toBe(`2026-02-01 00:00:0${times - 1}.000Z`);
    await expectRecovered(server, factory.rows());
  });
});
