import { describe, expect, it } from "vitest";
import { setOptions } from "./in-flight";
import { countsOf, dump, erpIdOf, expectMirror, rawRow, startSynced } from "./outcomes-instance";

describe("a fetch that asks for less than everything", () => {
  it("adds and changes rows by their key, and deletes, marks and rekeys nothing", async () => {
    const all = await startSynced();
    const { server, erp, factory } = all;
    await server.updateSettings({ on_missing: "delete" });
    const [first, second, third] = factory.rows();
    if (!first || !second || !third) throw new Error("the factory has too few rows");
    const changed = { ...first, BOM_QTY: 777 };
    const rekeyed = { ...second, PURC_ORDER_ID: "PO-NEW", PO_LINE_NO: 9 };
    const added = { ...third, BOM_PIECE_NO: 9001 };
    erp.setRows([changed, rekeyed, added]);

    const run = await server.runSync({ from_date: "2000-01-01" });
    expect(run).toMatchObject({ status: "succeeded", sync_type: "incremental", error: "" });
    expect(countsOf(run)).toEqual({ fetched: 3, changed: 1, new: 2, updated: 1, inserted: 2 });
    expect(erp.requests.at(-1)?.query.fromDate).toBe("2000-01-01");
    await server.expectTarget([changed, ...factory.rows().slice(1), rekeyed, added]);
    expect(await server.rows("erp_raw_data", 'missing_since != ""')).toEqual([]);
    const [record] = await server.runs(`id = "${run.id}"`);
    expect(record?.scope_hash).toBe("");

    erp.setRows(null);
    const whole = await server.runSync();
    expect(whole).toMatchObject({ status: "succeeded", sync_type: "full" });
    expect(countsOf(whole)).toMatchObject({ superseded: 1, changed: 1, left: 1, deleted: 2 });
    await expectMirror(all);
  });

  it("is no failure when it brings nothing, while a complete answer without rows is", async () => {
    const { server, erp } = await startSynced();
    const before = await dump(server);
    erp.setRows([]);
    expect(await server.runSync({ days_back: 3 })).toMatchObject({ status: "succeeded", rows_fetched: 0 });
    const today = Date.now();
    const asked = Date.parse(String(erp.requests.at(-1)?.query.fromDate));
    expect(Math.round((today - asked) / 86_400_000)).toBeGreaterThanOrEqual(3);
    expect(await server.runSync()).toMatchObject({ status: "failed" });
    expect(await dump(server)).toBe(before);
  });

  it("takes no more rows than --max-records", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    const rows = factory.rows();
    for (const at of [0, 1, 2, 3]) factory.changeRow(at);
    const run = await server.runSync({ max_records: 2 });
    expect(countsOf(run)).toEqual({ fetched: 2, changed: 2, updated: 2 });
    await server.expectTarget([...factory.rows().slice(0, 2), ...rows.slice(2)]);
    await server.runSync();
    await expectMirror(all);
  });

  it("is not what the next snapshot is compared with", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    await server.updateSettings({ on_missing: "delete" });
    expect(countsOf(await server.runSync({ max_records: 1 }))).toEqual({ fetched: 1, unchanged: 1 });
    const gone = factory.removeRow(0);
    expect(countsOf(await server.runSync())).toMatchObject({ left: gone.length, deleted: gone.length });
    await expectMirror(all);
  });
});

describe("rows that share their key in a partial fetch", () => {
  it("wait in quarantine with on_duplicate keep, until a complete snapshot tells them apart", async () => {
    const all = await startSynced();
    const { server, factory } = all;
    const rows = factory.rows();
    factory.changeRow(0, { BOM_QTY: 1001 });
    const second = factory.duplicateKey(0, { BOM_QTY: 1002 });
    const run = await server.runSync({ max_records: 1000 });
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toMatchObject({ invalid: 2, duplicate: 2, unchanged: rows.length - 1 });
    await server.expectTarget(rows);
    const open = await server.rows("failed_records", 'resolved_at = ""');
    expect(open.map((record) => [record.error_type, record.erp_id])).toEqual([
      ["ambiguous_key", erpIdOf(second)],
      ["ambiguous_key", erpIdOf(second)],
    ]);
    await server.runSync({ max_records: 1 });
    expect(await server.rows("failed_records", 'resolved_at = ""')).toHaveLength(2);
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
    await expectMirror(all);
  });

  it("give way to the last one with on_duplicate last, under the same record", async () => {
    const { server, factory } = await startSynced();
    await setOptions(server, { diff: { on_duplicate: "last" } });
    const rows = factory.rows();
    factory.changeRow(0, { BOM_QTY: 1001 });
    const last = factory.duplicateKey(0, { BOM_QTY: 1002 });
    const before = await rawRow(server, erpIdOf(last));
    const run = await server.runSync({ max_records: 1000 });
    expect(countsOf(run)).toMatchObject({ changed: 1, updated: 1, duplicate: 2 });
    await server.expectTarget([last, ...rows.slice(1)]);
    expect(await rawRow(server, erpIdOf(last))).toMatchObject({ id: before.id, target_id: before.target_id });
  });
});

it("says what is wrong with an option before anything is asked", async () => {
  const { server, erp } = await startSynced();
  const asked = erp.requests.length;
  const refused: [Record<string, unknown>, string][] = [
    [{ from_date: "2026-02-30" }, 'from_date: "2026-02-30" is not a date'],
    [{ from_date: "2026-01-01", days_back: 2 }, "days_back: from_date is given too"],
    [{ max_records: -1 }, 'max_records: "-1" is not a whole number from 1'],
    [{ max_records: 0 }, 'max_records: "0" is not a whole number from 1'],
    [{ days_back: 0 }, 'days_back: "0" is not a whole number from 1'],
    [{ full: true, max_records: 5 }, "full: it asks for everything"],
  ];
  for (const [body, sentence] of refused) {
    const answer = server.runSync(body);
    await expect(answer).rejects.toMatchObject({ status: 400 });
    await expect(answer.catch((error) => error.response.error)).resolves.toContain(sentence);
  }
  const outcome = await server.cli(["sync", "aswan_bom", "--from-date", "soon"]);
  expect(outcome.code).toBe(2);
  expect(erp.requests).toHaveLength(asked);
});

it("refuses a day that the stream cannot tell the ERP, without a run that failed", async () => {
  const { server, erp } = await startSynced();
  const asked = erp.requests.length;
  const { options } = await server.settings();
  await server.updateSettings({
    from_date: "",
    options: { ...options, source: { ...options.source, from_date_param: "" } },
  });
  const runs = (await server.runs()).length;
  for (const body of [{ from_date: "2026-01-01" }, { days_back: 3 }]) {
    const answer = server.runSync(body);
    await expect(answer).rejects.toMatchObject({ status: 400 });
    await expect(answer.catch((error) => error.response.error)).resolves.toContain("options.source.from_date_param");
  }
  expect(await server.runs()).toHaveLength(runs);
  expect(erp.requests).toHaveLength(asked);
});
