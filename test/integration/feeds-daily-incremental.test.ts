import { describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { nextDay, PAGE, runAsking, startDaily, untilThrough } from "./daily-rows";
import { countsOf, type Installation } from "./outcomes-instance";

const TIME = "INV_TRANS_CREATE_DATE";
const NUMBER = "PART_LEADTIME_DAYS";

interface Feed extends Installation {
  /** The rows as the ERP has them. */
  rows: ErpRow[];
  /** What the ERP was asked for last; undefined: everything. */
  since(): string | undefined;
  cursor(): Promise<string>;
}

/** A stream of 28 rows, two pages a day; `value`: what the row at this place has in its cursor field. */
async function startFeed(field: string, incremental: object, value: (at: number) => unknown): Promise<Feed> {
  const all = await startDaily("offset", {
    query: { field },
    incremental: { param: "since", cursor_field: field, lookback_minutes: 0, full_every_hours: 0, ...incremental },
  });
  const rows = all.factory
    .rows()
    .slice(0, 4 * PAGE)
    .map((row, at) => ({ ...row, [field]: value(at) }) as ErpRow);
  all.erp.setRows(rows);
  return {
    ...{ ...all, rows },
    since: () => all.erp.requests.at(-1)?.query.since,
    cursor: async () => (await all.server.runs('ingested_at != ""'))[0]?.cursor,
  };
}

/** Changes the row at this place at a time of the ERP, and has the ERP answer with it. */
function change(feed: Feed, at: number, field: string, value: unknown): void {
  feed.rows[at] = { ...(feed.rows[at] as ErpRow), BOM_QTY: 5000 + at, [field]: value };
  feed.erp.setRows(feed.rows);
}

const iso = (ms: number) => new Date(ms).toISOString();
const LONG_AGO = Date.UTC(2026, 0, 1);

describe("after a first load over several days, an incremental run asks for what was changed since it began", () => {
  it("by time, in whatever order the rows come", async () => {
    const feed = await startFeed(TIME, {}, (at) => iso(LONG_AGO + ((at * 5) % 28) * 3_600_000).slice(0, 19));
    const { server, rows } = feed;
    const { run: first } = await runAsking(feed);
    expect(first).toMatchObject({ sync_type: "full", rows_new: 2 * PAGE });
    // Read already on the first day, changed while the load goes on; and a row that is changed before it is read.
    const now = Date.now();
    change(feed, 0, TIME, iso(now).slice(0, 23));
    change(feed, 3 * PAGE, TIME, iso(now + 1).slice(0, 23));
    await nextDay(server);
    await untilThrough(feed);
    expect(await feed.cursor()).toBe(first.started_at);
    await nextDay(server);
    const { run } = await runAsking(feed);
    expect(run).toMatchObject({ status: "succeeded", sync_type: "incremental" });
    expect(countsOf(run)).toMatchObject({ fetched: 2, changed: 1, unchanged: 1 });
    await server.expectTarget(rows);
    expect(await feed.cursor()).not.toBe(first.started_at);
  });

  it.each([
    [
      "in the order of their keys: from the highest number of the first page",
      (at: number) => 100 + ((at * 5) % 28),
      127,
    ],
    ["in the order of their changes: from the last one", (at: number) => 100 + at, 129],
  ])("by number, %s", async (_, value, cursor) => {
    const feed = await startFeed(NUMBER, { format: "number" }, value);
    const { server, rows } = feed;
    await runAsking(feed);
    const inOrder = cursor === 129;
    // An ERP that sends in the order of changes sends a changed row at the end.
    change(feed, 0, NUMBER, 128);
    change(feed, 27, NUMBER, 129);
    if (inOrder) feed.erp.setRows([...rows.slice(1, 27), rows[0], rows[27]] as ErpRow[]);
    await nextDay(server);
    await untilThrough(feed);
    const highestOfFirstPage = Math.max(...Array.from({ length: PAGE }, (_, at) => value(at)));
    expect(await feed.cursor()).toBe(String(inOrder ? cursor : highestOfFirstPage));
    await nextDay(server);
    await nextDay(server);
    const { run } = await runAsking(feed);
    expect(run.sync_type).toBe("incremental");
    expect(await rawValues(feed)).toEqual(expect.arrayContaining([128, 129]));
  });
});

describe("an incremental run that is too large for the day", () => {
  it("goes on with the same question, and moves its cursor when it is through", async () => {
    const feed = await startFeed(TIME, {}, (at) => iso(LONG_AGO + at * 3_600_000).slice(0, 19));
    const { server, rows } = feed;
    await untilThrough(feed);
    const cursor = await feed.cursor();
    const day = Date.UTC(2026, 1, 1);
    for (let at = 0; at < 24; at++) change(feed, at, TIME, iso(day + at * 60_000).slice(0, 19));
    await nextDay(server);
    const { run: first, asked } = await runAsking(feed);
    expect(asked).toEqual([1, 2]);
    const since = feed.since();
    expect(since).toBe(cursor.replace(" ", "T"));
    expect(first).toMatchObject({ sync_type: "incremental", rows_fetched: 2 * PAGE });
    expect(JSON.parse(await feed.cursor())).toMatchObject({ cursor, load: { since, place: { rows: 2 * PAGE } } });
    await nextDay(server);
    const { run: second, asked: then } = await runAsking(feed);
    expect(then).toEqual([3, 4]);
    expect(feed.since()).toBe(since);
    expect(second).toMatchObject({ sync_type: "incremental", rows_fetched: 11 });
    expect(await feed.cursor()).toBe("2026-02-01 00:23:00.000Z");
    await server.expectTarget(rows);
  });
});

it("does not lose the cursor when a load is broken off by another setting of the day", async () => {
  const feed = await startFeed(TIME, {}, (at) => iso(LONG_AGO + at * 3_600_000).slice(0, 19));
  const { server, rows } = feed;
  await runAsking(feed);
  const { options } = await server.settings();
  await server.updateSettings({ options: { ...options, source: { ...options.source, daily_rows: 0 } } });
  expect(await server.runSync()).toMatchObject({ status: "succeeded", sync_type: "full", rows_fetched: 28 });
  await server.expectTarget(rows);
  expect(await feed.cursor()).toBe("2026-01-02 03:00:00.000Z");
});

async function rawValues({ server }: Installation): Promise<unknown[]> {
  return (await server.rows("erp_raw_data")).map((raw) => raw.payload_json[NUMBER]);
}
