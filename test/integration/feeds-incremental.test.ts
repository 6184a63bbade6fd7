import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { Factory, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { countsOf, expectMirror, type Installation } from "./outcomes-instance";

const CHANGED = "INV_TRANS_CREATE_DATE";
const INCREMENTAL = { param: "since", cursor_field: CHANGED, lookback_minutes: 10 };
const SOURCE = { from_date_param: "", query: { field: CHANGED }, incremental: INCREMENTAL };

/** Rows that were changed one hour after the other, the first on 2026-01-01 at 00:00. */
function stamped(rows: ErpRow[]): ErpRow[] {
  return rows.map((row, at) => ({ ...row, [CHANGED]: new Date(Date.UTC(2026, 0, 1, at)).toISOString().slice(0, 19) }));
}

interface Feed extends Installation {
  rows: ErpRow[];
  /** What the ERP was asked for last; undefined: everything. */
  since(): string | undefined;
  cursor(): Promise<string>;
}

/** An incremental stream of 20 rows that ran once, in full. */
async function startFeed(source: object = {}, diff: object = {}, path = "changes"): Promise<Feed> {
  const factory = new Factory({ seed: 3, rows: 20 });
  const erp = await startErp({ factory });
  const rows = stamped(factory.rows()).slice(0, 20);
  erp.setRows(rows);
  const server = await startQuietly(erp, { env: { ERP_FETCH_RETRY_SECONDS: "0" } });
  await server.updateSettings({ source_url: `\${ERP_BASE_URL}/api/${path}`, from_date: "", on_missing: "delete" });
  await setOptions(server, { diff, source: { ...SOURCE, ...source } });
  expect(await server.runSync()).toMatchObject({ status: "succeeded", sync_type: "full", rows_new: 20 });
  return {
    ...{ factory, erp, server, rows },
    since: () => erp.requests.at(-1)?.query.since,
    cursor: async () => (await server.runs('ingested_at != ""'))[0]?.cursor,
  };
}

const NEWEST = "2026-01-01 19:00:00.000Z";

describe("an incremental stream", () => {
  it("asks for what is new since its cursor, and deletes only in a full run", async () => {
    const all = await startFeed();
    const { server, erp, rows } = all;
    expect(all.since()).toBeUndefined();
    expect(await all.cursor()).toBe(NEWEST);
    const changed = { ...rows[3], BOM_QTY: 55, [CHANGED]: "2026-01-02T08:30:00" } as ErpRow;
    const added = { ...rows[4], BOM_PIECE_NO: 999, [CHANGED]: "2026-01-02T08:31:00.250" } as ErpRow;
    const after = [...rows.slice(0, 3), changed, ...rows.slice(4, 19), added];
    erp.setRows(after);
    const run = await server.runSync();
    expect(all.since()).toBe("2026-01-01T18:50:00.000Z");
    expect(run).toMatchObject({ status: "succeeded", sync_type: "incremental" });
    expect(countsOf(run)).toEqual({ fetched: 2, changed: 1, new: 1, updated: 1, inserted: 1 });
    await server.expectTarget([...after, rows[19] as ErpRow]);
    expect(await all.cursor()).toBe("2026-01-02 08:31:00.250Z");

    expect(await server.runSync()).toMatchObject({ sync_type: "incremental", rows_fetched: 2, rows_unchanged: 2 });
    const full = await server.runSync({ full: true });
    expect(full).toMatchObject({ sync_type: "full", rows_left: 1, pushed_deleted: 1 });
    await server.expectTarget(after);
    expect(await all.cursor()).toBe("2026-01-02 08:31:00.250Z");
  });

  it("asks for everything when the last full run is too long ago, or its question has changed", async () => {
    const all = await startFeed({ incremental: { ...INCREMENTAL, full_every_hours: 5 } });
    const { server } = all;
    expect(await server.runSync()).toMatchObject({ sync_type: "incremental" });
    const [, first] = await server.runs();
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().replace("T", " ");
    await server.pb.collection("sync_runs").update(String(first?.id), { started_at: hoursAgo(4.9) });
    expect(await server.runSync()).toMatchObject({ sync_type: "incremental" });
    await server.pb.collection("sync_runs").update(String(first?.id), { started_at: hoursAgo(5) });
    expect(await server.runSync()).toMatchObject({ sync_type: "full" });
    expect(all.since()).toBeUndefined();
    await setOptions(server, { source: { ...SOURCE, query: { field: CHANGED, plant: "dubai" } } });
    expect(await server.runSync()).toMatchObject({ sync_type: "full" });
    expect(await server.runSync()).toMatchObject({ sync_type: "incremental" });
  });

  it("is not led astray by values that are missing, unreadable or in the future", async () => {
    const all = await startFeed();
    const { server, erp, rows } = all;
    const odd = [null, "soon", "2999-01-01T00:00:00", "0001-01-01T00:00:00"].map((value, at) => ({
      ...(rows[at] as ErpRow),
      [CHANGED]: value,
    }));
    erp.setRows([...odd, ...rows.slice(4)]);
    await server.runSync({ full: true });
    expect(await all.cursor()).toBe(NEWEST);
    await server.runSync();
    expect(all.since()).toBe("2026-01-01T18:50:00.000Z");
    expect(await all.cursor()).toBe(NEWEST);
  });

  it("asks for everything when its cursor was spoiled", async () => {
    const all = await startFeed();
    for (const cursor of ["soon", "2999-01-01 00:00:00.000Z", ""]) {
      const [newest] = await all.server.runs();
      await all.server.pb.collection("sync_runs").update(String(newest?.id), { cursor });
      expect(await all.server.runSync()).toMatchObject({ sync_type: "full" });
      expect(await all.cursor()).toBe(NEWEST);
    }
  });

  it("moves its cursor only when the rows are stored", async () => {
    const all = await startFeed();
    const { server, erp, rows } = all;
    const later = { ...rows[0], BOM_QTY: 77, [CHANGED]: "2026-01-03T00:00:00" } as ErpRow;
    erp.setRows([later, ...rows.slice(1)]);
    erp.fault({ kind: "status", status: 404 });
    expect(await server.runSync()).toMatchObject({ status: "failed" });
    expect(await all.cursor()).toBe(NEWEST);
    erp.fault({ kind: "cut", framing: "close" }, 2);
    expect(await server.runSync()).toMatchObject({ status: "failed" });
    expect(await all.cursor()).toBe(NEWEST);
    expect(await server.runSync({ max_records: 1 })).toMatchObject({ rows_changed: 1 });
    expect(await all.cursor()).toBe(NEWEST);
    await server.runSync();
    expect(await all.cursor()).toBe("2026-01-03 00:00:00.000Z");
    await server.expectTarget([later, ...rows.slice(1)]);
  });

  it("is no failure when nothing is new", async () => {
    const all = await startFeed({ incremental: { ...INCREMENTAL, lookback_minutes: 0 } });
    all.erp.setRows(all.rows.slice(0, 19));
    expect(await all.server.runSync()).toMatchObject({ status: "succeeded", rows_fetched: 0, pushed_deleted: 0 });
    expect(await all.cursor()).toBe(NEWEST);
    await all.server.expectTarget(all.rows);
  });

  it("keeps its cursor when the pages end early", async () => {
    const paging = { kind: "offset", page_size: 4 };
    const all = await startFeed({ paging }, {}, "paged/offset");
    const { server, erp, rows } = all;
    const later = rows.map((row) => ({ ...row, BOM_QTY: row.BOM_QTY + 1, [CHANGED]: "2026-01-05T00:00:00" }));
    erp.setRows(later);
    erp.fault({ kind: "none" });
    erp.fault({ kind: "status", status: 404 });
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "partial", sync_type: "incremental", rows_changed: 4 });
    await server.expectTarget([...later.slice(0, 4), ...rows.slice(4)]);
    expect(await all.cursor()).toBe(NEWEST);
    await server.runSync();
    await server.expectTarget(later);
    expect(await all.cursor()).toBe("2026-01-05 00:00:00.000Z");
  });
});

it("goes on by a number that grows with each change", async () => {
  const field = "PART_LEADTIME_DAYS";
  const numbered = { param: "since", cursor_field: field, format: "number" };
  const all = await startFeed({ query: { field }, incremental: numbered });
  const { server, erp, rows } = all;
  const first = rows.map((row, at) => ({ ...row, [field]: 100 + at }));
  erp.setRows(first);
  await server.runSync({ full: true });
  expect(await all.cursor()).toBe("119");
  const changed = { ...first[2], BOM_QTY: 3, [field]: 120 } as ErpRow;
  erp.setRows([...first.slice(0, 2), changed, ...first.slice(3)]);
  expect(await server.runSync()).toMatchObject({ rows_fetched: 2, rows_changed: 1 });
  expect(all.since()).toBe("119");
  expect(await all.cursor()).toBe("120");
});

it("never lets an older version overwrite a newer one", async () => {
  const version_field = "PART_LEADTIME_DAYS";
  const all = await startFeed({}, { version_field, on_duplicate: "last" });
  const { server, erp, rows } = all;
  const at = (version: number, qty: number) => ({ ...rows[0], BOM_QTY: qty, [version_field]: version }) as ErpRow;
  const rest = rows.slice(1);
  erp.setRows([at(9, 90), ...rest]);
  await server.runSync({ full: true });
  erp.setRows([at(8, 80), ...rest]);
  for (const body of [{ full: true }, { max_records: 5 }]) {
    const { status, rows_changed, error } = await server.runSync(body);
    expect({ status, rows_changed }).toEqual({ status: "succeeded", rows_changed: 0 });
    expect(error).toMatch(
      /^rows that are not taken, because their PART_LEADTIME_DAYS \(options\.diff\.version_field\) is lower than that of the stored row: 1; the first: \S+.* came with 8, 9 is stored$/,
    );
    await server.expectTarget([at(9, 90), ...rest]);
  }
  expect(await server.action("dry-run", { full: true })).toMatchObject({
    notes: [expect.stringContaining("came with 8, 9 is stored")],
  });
  erp.setRows([at(11, 110), at(10, 100), ...rest]);
  expect(await server.runSync({ max_records: 100 })).toMatchObject({ rows_changed: 1 });
  await server.expectTarget([at(11, 110), ...rest]);
});

it("is still an exact mirror after any number of hours and a full run", async () => {
  const factory = new Factory({ seed: 9, rows: 20 });
  const erp = await startErp({ factory });
  const server = await startQuietly(erp);
  await server.updateSettings({ source_url: "${ERP_BASE_URL}/api/changes", from_date: "", on_missing: "delete" });
  await setOptions(server, { source: SOURCE, diff: { max_shrink_percent: 100 } });
  for (let hour = 0; hour < 4; hour++) {
    await server.runSync();
    factory.tick();
  }
  expect(await server.runSync({ full: true })).toMatchObject({ status: "succeeded" });
  await expectMirror({ factory, erp, server });
});
