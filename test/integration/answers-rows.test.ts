import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { KEY_FIELDS } from "../erp/row";
import { dump, type Installation, startWithErp } from "./answers-instance";
import { TARGET } from "./harness";

let here: Installation;
beforeAll(async () => {
  here = await startWithErp();
});
beforeEach(async () => {
  here.erp.setRows(null);
  expect(await here.server.runSync()).toMatchObject({ status: "succeeded" });
  await here.server.expectTarget(here.factory.rows());
});

/** The open quarantine, without ids and times. */
async function quarantined() {
  const open = await here.server.rows("failed_records", "resolved_at = ''", "error_message");
  return open.map((record) => ({
    stage: record.stage,
    message: record.error_message,
    field: record.field,
    value: record.value,
    raw: record.raw_data,
    count: record.count,
  }));
}

function answer(rows: unknown[]): void {
  here.erp.setRows(JSON.stringify(rows));
}

describe("a number that is larger than any", () => {
  it("goes to quarantine with its row; the others go through", async () => {
    const rows = here.factory.rows();
    const qty = `"BOM_QTY":${JSON.stringify(rows[2]?.BOM_QTY)}`;
    here.erp.setRows(
      JSON.stringify(rows).split(JSON.stringify(rows[2])).join(JSON.stringify(rows[2]).replace(qty, '"BOM_QTY":1e400')),
    );
    expect(await here.server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1 });
    const [record, ...more] = await quarantined();
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      stage: "fetch",
      message: "row 3 holds a number that is too large to be read: 1e400",
    });
    expect(record?.raw).toContain('"BOM_QTY":1e400');
    await here.server.expectTarget(rows);
  });
});

describe("something in the list that is no row", () => {
  it("fails the run when it is the first, as the list may be a list of anything", async () => {
    const before = await dump(here.server);
    answer(["Server too busy", ...here.factory.rows()]);
    expect(await here.server.runSync()).toMatchObject({
      status: "failed",
      error: 'row 1 is text ("Server too busy"), expected an object; nothing was changed',
    });
    expect(await dump(here.server)).toBe(before);
  });

  it("goes to quarantine when rows came before it; the others go through", async () => {
    const { server, factory } = here;
    const { after } = factory.changeRow(3);
    const [first, ...rest] = factory.rows();
    answer([first, 7, null, ...rest, [1], "x"]);
    expect(await server.runSync()).toMatchObject({
      status: "partial",
      error: "4 rows went to quarantine; see failed_records",
      rows_invalid: 4,
      rows_changed: 1,
      rows_fetched: rest.length + 5,
      rows_superseded: 0,
      rows_left: 0,
    });
    expect(rest).toContainEqual(after);
    await server.expectTarget(factory.rows());
    const last = rest.length + 5;
    const expected = [
      { message: "row 2 is a number (7), expected an object", raw: 7 },
      { message: "row 3 is null, expected an object", raw: null },
      { message: `row ${last - 1} is a list, expected an object`, raw: [1] },
      { message: `row ${last} is text ("x"), expected an object`, raw: "x" },
    ].map((record) => ({ stage: "fetch", field: "", value: JSON.stringify(record.raw), count: 1, ...record }));
    expect(await quarantined()).toEqual(expected);

    // It comes again: counted, not stored again. It is gone: closed.
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 4 });
    expect(await quarantined()).toEqual(expected.map((record) => ({ ...record, count: 2 })));
    here.erp.setRows(null);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: rest.length + 1 });
    expect(await quarantined()).toEqual([]);
  });
});

describe("a row without its key", () => {
  const keyless = (row: ErpRow): Partial<ErpRow> =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !(KEY_FIELDS as string[]).includes(name)));

  it("goes to quarantine with the key fields; the others go through and nothing is deleted", async () => {
    const { server, factory } = here;
    const [first, second, third, ...rest] = factory.rows() as [ErpRow, ErpRow, ErpRow, ...ErpRow[]];
    const blank = { ...second, ...Object.fromEntries(KEY_FIELDS.map((name) => [name, null])) };
    const list = { ...third, BOM_PIECE_NO: [10] };
    const added = { ...first, BOM_PIECE_NO: 990, BOM_PART_ID: "NEW" };
    answer([first, keyless(first), blank, list, ...rest, added]);
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 3, rows_new: 1, rows_left: 0 });
    await server.expectTarget([...factory.rows(), added]);
    const all = KEY_FIELDS.join(", ");
    expect((await quarantined()).map(({ stage, message, raw }) => ({ stage, message, raw }))).toEqual([
      { stage: "key", message: `all key fields (${all}) are empty; expected a value in at least one`, raw: blank },
      {
        stage: "key",
        message: "key field BOM_PIECE_NO: [10] cannot be part of a key; expected a text, a number, true, false or null",
        raw: list,
      },
      {
        stage: "key",
        message: `the row has none of the key fields ${all}; expected at least one (check key_fields, group_fields and the rows path)`,
        raw: keyless(first),
      },
    ]);
    factory.addRow(added);
  });
});

describe("a value that does not fit", () => {
  it("keeps the last good version of its row in the target until the ERP sends a good one", async () => {
    const { server, factory } = here;
    const good = factory.rows();
    const { before } = factory.breakRow(4, "BOM_QTY", "ten");
    factory.changeRow(6);
    const changed = factory.rows()[6] as ErpRow;
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "partial", rows_invalid: 1, rows_changed: 1, pushed_updated: 1 });
    await server.expectTarget(good.map((row, at) => (at === 6 ? changed : row)));
    expect(await quarantined()).toEqual([
      {
        stage: "normalize",
        message: expect.stringMatching(/^BOM_QTY: "ten" .*number/),
        field: "BOM_QTY",
        value: "ten",
        raw: factory.rows()[4],
        count: 1,
      },
    ]);
    expect(await server.jobs("status != 'done'")).toEqual([]);

    factory.changeRow(4, { BOM_QTY: before.BOM_QTY + 1 });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: 1, pushed_updated: 1 });
    await server.expectTarget(factory.rows());
    expect(await quarantined()).toEqual([]);
  });

  it("keeps a new row out of the target until it is good, and only that one", async () => {
    const { server, factory } = here;
    const good = factory.rows();
    const also = factory.addRow({ BOM_PART_ID: "ALSO-NEW" });
    const added = factory.addRow({ BOM_QTY: "ten" as unknown as number });
    expect(await server.runSync()).toMatchObject({ status: "partial", rows_invalid: 1, rows_new: 1 });
    await server.expectTarget([...good, also]);
    expect(await quarantined()).toMatchObject([{ stage: "normalize", field: "BOM_QTY", raw: added }]);

    factory.changeRow(good.length + 1, { BOM_QTY: 10 });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", pushed_inserted: 1 });
    await server.expectTarget(factory.rows());
    expect(await quarantined()).toEqual([]);
  });
});

describe("an empty list that somebody approved", () => {
  const approved = () => here.server.action("sync", {}, "aswan_bom", { wait: true, empty: true });
  const gone = { WO_STATUS: "gone" };

  it.each<[string, Record<string, unknown>, (rows: ErpRow[]) => object[]]>([
    ["keeps the target", {}, (rows) => rows],
    ["marks the target", { mark: { fields: gone } }, (rows) => rows.map((row) => ({ ...row, ...gone }))],
    ["empties the target", {}, () => []],
  ])("%s when on_missing says so", async (name, options, expected) => {
    const { server, erp, factory } = here;
    const on_missing = name.slice(0, 4) === "keep" ? "keep" : name.slice(0, 4) === "mark" ? "mark" : "delete";
    await server.updateSettings({ on_missing, options: { source: { from_date_param: "fromDate" }, ...options } });
    const records = (await server.rows(TARGET)).map(({ id }) => id);
    answer([]);
    const before = await dump(server);
    expect(await server.runSync()).toMatchObject({ status: "failed", error: expect.stringContaining("--empty") });
    expect(await dump(server)).toBe(before);

    const count = factory.rows().length;
    expect(await approved()).toMatchObject({ status: "succeeded", rows_fetched: 0, rows_left: count, rows_held: 0 });
    await server.expectTarget(expected(factory.rows()));
    expect(await server.rows("erp_raw_data", "missing_since = ''")).toEqual([]);

    // What comes back is the same record again.
    erp.setRows(null);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_fetched: count });
    await server.expectTarget(factory.rows());
    expect((await server.rows(TARGET)).map(({ id }) => id)).toEqual(records);
    expect(await server.rows("erp_raw_data", "missing_since != ''")).toEqual([]);
  });
});
