import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startWithOthers } from "./crash/hooks-of-others";
import { startRun } from "./crash/moment";
import { expectRecovered } from "./crash/recovery";
import { Factory, waitFor } from "./harness";
import type { Installation } from "./outcomes-instance";

const SOURCE = {
  ...{ from_date_param: "", rows_path: "data.items", daily_rows: 100_000 },
  paging: { kind: "page", page_size: 100 },
};

async function startLoad(rows: number, transport: string): Promise<Installation> {
  const factory = new Factory({ seed: 5, rows });
  const { erp, server } = await startWithOthers(factory);
  const settings = { source_url: "${ERP_BASE_URL}/api/paged/page", from_date: "", on_missing: "delete" };
  await server.updateSettings({ ...settings, options: { source: { ...SOURCE, transport } } });
  return { factory, erp, server };
}

async function placeOf({ server }: Installation): Promise<{ pages: number; rows: number }> {
  const [newest] = await server.runs('ingested_at != ""');
  return JSON.parse(newest?.cursor || "{}").load?.place ?? { pages: 0, rows: 0 };
}

describe.each(["curl", "http"])("a load that is killed, by %s", (transport) => {
  it("in the fetch of a page keeps those before it, and goes on with that page", async () => {
    const all = await startLoad(600, transport);
    const { server, erp, factory } = all;
    erp.fault({ kind: "none" }, 3);
    erp.fault({ kind: "slow", bytesPerMs: 10 });
    const runId = await startRun(server);
    await waitFor(() => erp.requests.length === 4, "page 4 to be asked for");
    await server.kill();
    erp.clearFaults();
    await server.restart();
    expect(await placeOf(all)).toMatchObject({ pages: 3, rows: 300 });
    expect(await server.rows("erp_raw_data")).toHaveLength(300);

    erp.requests.length = 0;
    const run = await server.runSync();
    expect(erp.requests[0]?.query.page).toBe("4");
    expect(run).toMatchObject({ status: "succeeded", rows_new: factory.rows().length - 300, rows_unchanged: 0 });
    const killed = await server.pb.collection("sync_runs").getOne(runId);
    expect(killed).toMatchObject({ status: "interrupted", rows_fetched: 300, rows_new: 300 });
    await expectRecovered(server, factory.rows());
  });
});

it("a load that is killed at any moment repeats no more than one page and loses none", async () => {
  const all = await startLoad(1500, "curl");
  const { server, erp, factory } = all;
  const size = factory.rows().length;
  for (let pages = 2; (await placeOf(all)).rows < size && pages < 14; pages += 3) {
    const before = await placeOf(all);
    erp.requests.length = 0;
    const runId = await startRun(server);
    await waitFor(async () => {
      const { status } = await server.pb.collection("sync_runs").getOne(runId);
      return status !== "running" || erp.requests.length >= 3;
    }, "some pages to be asked for");
    await server.kill();
    await server.restart();
    expect(existsSync(join(server.dataDir, "erp_spool", runId))).toBe(false);
    expect(erp.requests[0]?.query.page).toBe(String(before.pages + 1));
    const { pages: now, rows } = await placeOf(all);
    if (rows === 0) break;
    const asked = erp.requests.length;
    expect(now).toBeGreaterThanOrEqual(before.pages + asked - 1);
    const stored = (await server.rows("erp_raw_data")).length;
    expect(stored).toBeGreaterThanOrEqual(rows);
    expect(stored).toBeLessThanOrEqual(rows + 100);
  }
  await server.runSync();
  const runs = await server.runs('ingested_at != ""');
  expect(runs[0]?.cursor).toBe("");
  expect(runs.reduce((sum, run) => sum + run.rows_new, 0)).toBeLessThanOrEqual(size);
  await expectRecovered(server, factory.rows());
});
