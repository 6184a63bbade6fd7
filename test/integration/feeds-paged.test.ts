import { describe, expect, it } from "vitest";
import type { PocketBaseServer } from "./harness";
import { Factory, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { countsOf, expectMirror, type Installation } from "./outcomes-instance";

const STYLES = {
  offset: { paging: { kind: "offset", page_size: 7 } },
  page: { rows_path: "data.items", paging: { kind: "page", page_size: 7 } },
  cursor: { rows_path: "data.items", paging: { kind: "cursor", page_size: 7, cursor_path: "next_cursor" } },
  link: { paging: { kind: "link", page_size: 7 } },
};

/** A PocketBase whose stream is read in pages, before its first run. */
async function startPaged(style: keyof typeof STYLES, source: object = {}, rows = 30): Promise<Installation> {
  const factory = new Factory({ seed: 3, rows });
  const erp = await startErp({ factory });
  const server = await startQuietly(erp, { env: { ERP_FETCH_RETRY_SECONDS: "0,0" } });
  await server.updateSettings({
    source_url: `\${ERP_BASE_URL}/api/paged/${style}`,
    from_date: "",
    on_missing: "delete",
  });
  await setOptions(server, { source: { from_date_param: "", ...STYLES[style], ...source } });
  return { factory, erp, server };
}

async function expectUntouched(server: PocketBaseServer, before: string): Promise<void> {
  expect(JSON.stringify(await server.targetRows())).toBe(before);
}

describe.each(Object.keys(STYLES) as (keyof typeof STYLES)[])("paging by %s", (style) => {
  it("brings every row once, however often it runs", async () => {
    const all = await startPaged(style);
    const { server, factory, erp } = all;
    const size = factory.rows().length;
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", sync_type: "full", error: "" });
    expect(countsOf(run)).toEqual({ fetched: size, new: size, inserted: size });
    expect(erp.requests).toHaveLength(Math.ceil(size / 7));
    expect(new Set(erp.requests.map((request) => request.query.limit))).toEqual(new Set(["7"]));
    await expectMirror(all);
    factory.changeRow(9);
    expect(countsOf(await server.runSync())).toEqual({ fetched: size, unchanged: size - 1, changed: 1, updated: 1 });
    await expectMirror(all);
  });

  it("tries each page again like a single answer", async () => {
    const all = await startPaged(style);
    all.erp.fault({ kind: "none" });
    all.erp.fault({ kind: "status", status: 503 });
    all.erp.fault({ kind: "cut", framing: "close" });
    expect(await all.server.runSync()).toMatchObject({ status: "succeeded" });
    await expectMirror(all);
  });
});

describe("a paged fetch that dies half-way", () => {
  it("takes the whole pages, deletes nothing, and is no snapshot", async () => {
    const all = await startPaged("page");
    const { server, factory, erp } = all;
    await server.runSync();
    const before = factory.rows();
    const changed = factory.changeRow(0, { BOM_QTY: 4711 });
    factory.removeRow(1);
    factory.removeRow(20);
    erp.fault({ kind: "none" }, 2);
    erp.fault({ kind: "status", status: 500 }, 3);
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(run.error).toContain("the pages ended early after 2 (14 rows): ");
    expect(run.error).toContain("answered 500");
    expect(run.error).not.toContain("nothing was changed");
    expect(countsOf(run)).toEqual({ fetched: 14, unchanged: 13, changed: 1, updated: 1 });
    await server.expectTarget([changed.after, ...before.slice(1)]);
    expect(await server.rows("erp_raw_data", 'missing_since != "" || missed_by != ""')).toEqual([]);
    const [record] = await server.runs(`id = "${run.id}"`);
    expect(record).toMatchObject({ scope_hash: "", sync_type: "full" });
    await server.runSync();
    await server.runSync();
    await expectMirror(all);
  });

  it("changes nothing when the first page cannot be had", async () => {
    const { server, erp } = await startPaged("offset");
    await server.runSync();
    const before = JSON.stringify(await server.targetRows());
    erp.fault({ kind: "status", status: 404 });
    expect(await server.runSync()).toMatchObject({ status: "failed", rows_fetched: 0 });
    await expectUntouched(server, before);
  });

  it("takes no page that is cut or of another shape", async () => {
    const { server, erp, factory } = await startPaged("cursor");
    erp.fault({ kind: "none" });
    erp.fault({ kind: "login-page" });
    const run = await server.runSync();
    expect(run.error).toContain("the pages ended early after 1 (7 rows): the answer is an HTML page");
    await server.expectTarget(factory.rows().slice(0, 7));
    const outcome = await server.cli(["verify", "aswan_bom"]);
    expect(outcome.code).toBe(1);
    erp.fault({ kind: "none" });
    erp.fault({ kind: "login-page" });
    const cut = await server.cli(["verify", "aswan_bom"]);
    expect(cut.stdout + cut.stderr).toContain("the pages ended early after 1");
  });
});

it("deletes a row of a paged source only when two snapshots in a row miss it", async () => {
  const all = await startPaged("offset");
  const { server, factory } = all;
  await server.runSync();
  const left = factory.removeRow(2);
  const first = await server.runSync();
  expect(countsOf(first)).toMatchObject({ left: left.length });
  expect(first).toMatchObject({ status: "succeeded", pushed_deleted: 0, rows_superseded: 0 });
  await server.expectTarget([...factory.rows(), ...left]);
  const noted = await server.rows("erp_raw_data", `missed_by = "${first.id}"`);
  expect(noted).toHaveLength(left.length);
  expect(noted.every((raw) => raw.missing_since === "")).toBe(true);

  factory.returnRow();
  expect(await server.runSync()).toMatchObject({ rows_left: 0, rows_unchanged: factory.rows().length });
  factory.removeRow((row) => sameLine(row, left[0]));
  expect(await server.runSync()).toMatchObject({ pushed_deleted: 0 });
  expect(await server.runSync({ max_records: 3 })).toMatchObject({ pushed_deleted: 0 });
  expect(countsOf(await server.runSync())).toMatchObject({ left: left.length, deleted: left.length });
  await expectMirror(all);
});

it("deletes a superseded row of a paged source by the same rule", async () => {
  const all = await startPaged("page");
  const { server, factory } = all;
  factory.addSibling(0);
  await server.runSync();
  const gone = factory.supersedeRow(0);
  expect(await server.runSync()).toMatchObject({ pushed_deleted: 0, rows_superseded: 0 });
  await server.expectTarget([...factory.rows(), gone]);
  expect(await server.runSync()).toMatchObject({ pushed_deleted: 1, rows_superseded: 1 });
  await expectMirror(all);
});

it("ends with a sentence when the ERP does not know the parameter", async () => {
  const { server, factory } = await startPaged("page", { paging: { kind: "page", page_size: 7, param: "pageNo" } });
  const run = await server.runSync();
  expect(run.status).toBe("partial");
  expect(run.error).toContain('page 2: its rows are those of an earlier page; "pageNo" for the second time');
  await server.expectTarget(factory.rows().slice(0, 7));
});

it("stops asking when it has enough rows, and takes another page size for one run", async () => {
  const { server, erp, factory } = await startPaged("page", {}, 150);
  expect(countsOf(await server.runSync({ max_records: 10 }))).toEqual({ fetched: 10, new: 10, inserted: 10 });
  expect(erp.requests).toHaveLength(2);
  await server.expectTarget(factory.rows().slice(0, 10));
  await server.runSync({ batch_size: 100 });
  expect(erp.requests.slice(2).map((request) => request.query.limit)).toEqual(["100", "100"]);
  await server.expectTarget(factory.rows());
  await expect(server.runSync({ batch_size: 99 })).rejects.toMatchObject({ status: 400 });
  expect(await server.action("test")).toMatchObject({ ok: true, rows: 7 });
});

function sameLine(row: object, other: object | undefined): boolean {
  return JSON.stringify(row) === JSON.stringify(other);
}
