import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { nextDay, PAGE, runAsking, STYLES, type Style, setDaily, startDaily, untilThrough } from "./daily-rows";
import { STREAM, TARGET } from "./harness";
import { setOptions } from "./in-flight";
import { countsOf, expectMirror } from "./outcomes-instance";

const DAY = 2 * PAGE;

describe.each(Object.keys(STYLES) as Style[])("a first load over several days by %s", (style) => {
  it("goes on where it stopped, asks nothing more on the same day, and brings every row once", async () => {
    const all = await startDaily(style);
    const { server, factory, erp } = all;
    const size = factory.rows().length;
    for (let day = 0; day * DAY < size; day++) {
      const rows = Math.min(DAY, size - day * DAY);
      const { run, asked } = await runAsking(all);
      expect(asked.slice(0, 2)).toEqual([1, 2].map((page) => 2 * day + page).slice(0, Math.ceil(rows / PAGE)));
      expect(run).toMatchObject({ status: "succeeded", sync_type: "full" });
      expect(countsOf(run)).toEqual({ fetched: rows, new: rows, inserted: rows });
      await server.expectTarget(factory.rows().slice(0, day * DAY + rows));
      if (rows === DAY && (day + 1) * DAY < size) {
        expect(run.error).toMatch(
          new RegExp(
            `^today's 14 rows \\(options.source.daily_rows\\) are fetched; the load that began at \\S+ \\S+ UTC has ${(day + 1) * DAY} rows so far and goes on with the first run from \\S+ 00:00 UTC$`,
          ),
        );
        const again = await runAsking(all);
        expect(again.asked).toEqual([]);
        expect(again.run).toMatchObject({ status: "succeeded", rows_fetched: 0, ingested_at: "" });
        expect(again.run.error).toContain("are fetched, so the ERP was not asked; the load that began at");
      }
      await nextDay(server);
    }
    const [last] = await server.runs('ingested_at != ""');
    expect(last?.error).toMatch(new RegExp(`^the load that began at \\S+ \\S+ UTC is through: ${size} rows$`));
    expect(last).toMatchObject({ cursor: "" });
    expect(last?.scope_hash).not.toBe("");
    expect(new Set(erp.requests.map((request) => request.query.limit))).toEqual(new Set([String(PAGE)]));
    await expectMirror(all);
  });
});

describe("while a load is not through", () => {
  it("nothing is rekeyed, superseded, left or deleted, and the first snapshots after it mend that", async () => {
    const all = await startDaily("page");
    const { server, factory } = all;
    await runAsking(all);
    const before = factory.rows();
    const changed = factory.changeRow(0, { BOM_QTY: 4711 }).after;
    const rekeyed = factory.rekeyRow(1).after;
    const gone = factory.removeRow(5);
    await nextDay(server);
    const run = await untilThrough(all);
    expect(run).toMatchObject({ rows_rekeyed: 0, rows_superseded: 0, rows_left: 0, pushed_deleted: 0 });
    // What was changed behind the page that is read comes with the next load; what was read stays.
    for (const row of [before[0], before[1], ...gone]) expect(await rawTexts(all)).toContain(JSON.stringify(row));
    expect(await rawTexts(all)).not.toContain(JSON.stringify(changed));
    expect(await server.rows("erp_raw_data", 'missing_since != "" || missed_by != ""')).toEqual([]);

    await setDaily(server, "page", { daily_rows: 10_000 });
    await runAsking(all);
    await runAsking(all);
    expect(await rawTexts(all)).toContain(JSON.stringify(rekeyed));
    await expectMirror(all);
  });

  it("what a person asks for counts, is cut, and moves nothing", async () => {
    const all = await startDaily("offset");
    const { server, factory } = all;
    await setDaily(server, "offset", { daily_rows: 3 * PAGE });
    const first = await runAsking(all, { max_records: PAGE });
    expect(first.run).toMatchObject({ status: "succeeded", rows_fetched: PAGE, error: "" });
    expect((await runAsking(all)).asked).toEqual([1, 2]);
    const { run, asked } = await runAsking(all, { max_records: 5 });
    expect([run.rows_fetched, asked]).toEqual([0, []]);
    await nextDay(server);
    const most = await runAsking(all, { max_records: 1000 });
    expect(most.asked).toEqual([1, 2, 3]);
    expect(most.run).toMatchObject({
      ...{ status: "succeeded", rows_fetched: 3 * PAGE },
      error: "today's 21 rows (options.source.daily_rows) are fetched; there may be more",
    });
    await nextDay(server);
    expect((await runAsking(all)).asked).toEqual([3, 4, 5]);
    await server.expectTarget(factory.rows().slice(0, 5 * PAGE));
  });

  it("another question, --full and a change of the source begin anew", async () => {
    const all = await startDaily("page");
    const { server } = all;
    await runAsking(all);
    await nextDay(server);
    expect((await runAsking(all, { full: true })).asked).toEqual([1, 2]);
    await nextDay(server);
    expect((await runAsking(all)).asked).toEqual([3, 4]);
    await nextDay(server);
    await setDaily(server, "page", { query: { plant: "dubai" } });
    expect((await runAsking(all)).asked).toEqual([1, 2]);
    await nextDay(server);
    await setDaily(server, "page", { query: { plant: "dubai" }, paging: { kind: "page", page_size: 5 } });
    const { asked } = await runAsking(all);
    expect(asked).toEqual([3, 4]);
    expect(all.erp.requests.at(-1)?.query.limit).toBe(String(PAGE));
  });

  it("a page that cannot be had ends the run there, and the next one goes on with it", async () => {
    const all = await startDaily("cursor", { daily_rows: 100 });
    const { server, factory, erp } = all;
    erp.fault({ kind: "none" }, 2);
    erp.fault({ kind: "status", status: 404 });
    const { run } = await runAsking(all);
    expect(run).toMatchObject({ status: "partial", rows_fetched: 2 * PAGE });
    expect(run.error).toContain("the pages ended early after 2 (14 rows): ");
    expect(run.error).toContain("none was deleted, and the next run goes on there");
    await server.expectTarget(factory.rows().slice(0, 2 * PAGE));
    erp.fault({ kind: "status", status: 404 });
    const second = await runAsking(all);
    expect(second.run).toMatchObject({ status: "failed", rows_fetched: 0 });
    expect((await runAsking(all)).asked[0]).toBe(3);
    await expectMirror(all);
  });

  it("tells an ERP without any rows, as every run does", async () => {
    const all = await startDaily("offset");
    const rows = all.factory.rows();
    all.erp.setRows([]);
    expect((await runAsking(all)).run).toMatchObject({ status: "failed", error: expect.stringContaining("no rows") });
    expect((await runAsking(all, { empty: true })).run).toMatchObject({ status: "succeeded" });
    all.erp.setRows(rows);
    await untilThrough(all);
    await expectMirror(all);
  });

  it("keeps no address that holds a secret", async () => {
    const query = { api_key: "${ERP_TOKEN}" };
    const all = await startDaily("link", { query }, { env: { ERP_TOKEN: "not-to-be-stored" } });
    const { run } = await runAsking(all);
    expect(run.status).toBe("failed");
    expect(run.error).toContain("the address of the next page holds a secret of the request");
    expect(JSON.stringify(await all.server.runs())).not.toContain("not-to-be-stored");
    expect(await all.server.rows("erp_raw_data")).toEqual([]);
  });

  it("status and console say how far it is and when it goes on", async () => {
    const all = await startDaily("page");
    const { server } = all;
    await server.updateSettings({ schedule: "0 2 * * *" });
    const streamOf = async () => {
      const { streams } = await server.pb.send("/api/erp/status", {});
      return streams.find((each: { name: string }) => each.name === STREAM);
    };
    expect((await streamOf()).budget).toMatchObject({ daily_rows: DAY, rows_today: 0, load: null });
    const { run } = await runAsking(all);
    const { budget } = await streamOf();
    expect(budget).toMatchObject({ daily_rows: DAY, rows_today: DAY, load: { rows: DAY } });
    expect(budget.load.began_at).toBe(run.started_at);
    expect(budget.renewed_at).toMatch(/ 00:00:00\.000Z$/);
    expect(budget.next_fetch_at).toBe(budget.renewed_at.replace(" 00:", " 02:"));
    const { stdout } = await server.cli(["status"]);
    expect(stdout).toContain(
      `${STREAM}: 14 of today's 14 rows are fetched; the load that began at ${run.started_at.slice(0, 16)} UTC has 14 rows so far and goes on at ${budget.next_fetch_at.slice(0, 16)} UTC`,
    );
    const shown = await server.cli(["sync", STREAM]);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining("so the ERP was not asked") });
  });

  it("a look at the ERP takes no more than what is left of the day", async () => {
    const all = await startDaily("offset");
    const { server, erp } = all;
    await runAsking(all);
    erp.requests.length = 0;
    for (const command of [
      ["sync", STREAM, "--dry-run"],
      ["verify", STREAM],
    ]) {
      const { code, stdout, stderr } = await server.cli(command);
      expect(stdout + stderr).toContain("options.source.daily_rows leaves 0 of today's 14 rows, which is not enough");
      expect(code).toBe(1);
    }
    expect(erp.requests).toEqual([]);
    await nextDay(server);
    expect(await server.action("dry-run")).toMatchObject({
      insert: { count: DAY },
      notes: [expect.stringContaining("has 28 rows so far and goes on with the first run from")],
    });
    expect(erp.requests.map((request) => request.query.offset)).toEqual(["14", "21"]);
  });
});

it("tells once how many older rows its pages had", async () => {
  const all = await startDaily("page");
  const { server, erp, factory } = all;
  const version_field = "PART_LEADTIME_DAYS";
  const source = { from_date_param: "", ...STYLES.page, daily_rows: DAY };
  await setOptions(server, { source, diff: { version_field } });
  const rows = factory.rows().slice(0, DAY + 1);
  const versioned = (old: number[]) =>
    rows.map((row, at) => ({ ...row, [version_field]: old.includes(at) ? 8 : 9 }) as ErpRow);
  erp.setRows(versioned([]));
  await untilThrough(all);
  await nextDay(server);
  erp.setRows(versioned([1, PAGE, DAY - 1]));
  const { run } = await runAsking(all, { full: true });
  expect(run).toMatchObject({ status: "succeeded", rows_fetched: DAY, rows_unchanged: DAY });
  expect(run.error.match(/rows that are not taken/g)).toHaveLength(1);
  expect(run.error).toContain("lower than that of the stored row: 3; the first: ");
  await server.expectTarget(versioned([]));
});

it("is a snapshot when all rows can be expected within what is left of the day", async () => {
  const all = await startDaily("offset", { daily_rows: 1000 });
  const { factory } = all;
  await runAsking(all);
  const gone = factory.removeRow(3);
  expect((await runAsking(all)).run).toMatchObject({ rows_left: gone.length, pushed_deleted: 0 });
  expect((await runAsking(all)).run).toMatchObject({ pushed_deleted: gone.length });
  await expectMirror(all);
});

it("goes on where the budget ends a snapshot that was expected to fit", async () => {
  const all = await startDaily("page", { daily_rows: 1000 });
  const { server, factory } = all;
  const size = factory.rows().length;
  await runAsking(all);
  await nextDay(server);
  await setDaily(server, "page", { daily_rows: size });
  for (let more = 0; more < 20; more++) factory.addRow();
  factory.removeRow(0);
  const { run } = await runAsking(all);
  expect(run).toMatchObject({ status: "succeeded", rows_left: 0, rows_superseded: 0 });
  expect(await server.rows("erp_raw_data", 'missed_by != ""')).toEqual([]);
  expect(run.error).toContain("rows so far and goes on with the first run from");
  await nextDay(server);
  const { run: rest, asked } = await runAsking(all);
  expect(asked[0]).toBe(run.rows_fetched / PAGE + 1);
  expect(rest.error).toContain(`is through: ${factory.rows().length} rows`);
  await setDaily(server, "page", { daily_rows: 10_000 });
  await runAsking(all);
  await runAsking(all);
  await expectMirror(all);
});

it("adopts records that were there before on each day of the first load", async () => {
  const all = await startDaily("offset");
  const { server, factory } = all;
  const before = await Promise.all(
    [0, 3 * PAGE, factory.rows().length - 1].map((at) => {
      const row = factory.rows()[at] as ErpRow;
      const known = Object.entries(row).filter(([, value]) => value !== null && value !== "");
      return server.pb.collection(TARGET).create({ ...Object.fromEntries(known), BOM_QTY: 123_456 });
    }),
  );
  await untilThrough(all);
  await expectMirror(all);
  const ids = new Set((await server.targetRows()).map((record) => record.id));
  for (const record of before) expect(ids).toContain(record.id);
});

async function rawTexts({ server }: { server: Parameters<typeof nextDay>[0] }): Promise<string[]> {
  return (await server.rows("erp_raw_data")).map((raw) => JSON.stringify(raw.payload_json));
}
