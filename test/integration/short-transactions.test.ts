import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, hooksWith, type PocketBaseServer, startErp, TARGET } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { SQL_ROUTE, sql } from "./test-hooks";

const ROWS = 800;
const SLOW_HOOK = `onRecordUpdate((e) => { sleep(30); e.next(); }, ${JSON.stringify(TARGET)});`;
const SLOW_STATEMENT = "SELECT count(*) FROM sqlite_schema a, sqlite_schema b, json_each('[1,2,3,4]') c";

let erp: Erp;
let server: PocketBaseServer;

/** How many rows were written together, by the time that a transaction gave them, in the order of the transactions. */
async function sizes(collection: string, column: string, filter = ""): Promise<number[]> {
  const counts = new Map<string, number>();
  for (const row of await server.rows(collection, filter, column)) {
    counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
  }
  return [...counts.values()];
}

function changeAll(rows: number): void {
  for (let at = 0; at < rows; at++) erp.factory.changeRow(at, { BOM_QTY: 1000 + at });
}

describe("a transaction takes fewer rows where each of them takes longer, so that the admin UI stays usable", () => {
  beforeAll(async () => {
    erp = await startErp({ factory: new Factory({ rows: ROWS }) });
    server = await startQuietly(erp, { hooksDir: hooksWith(SQL_ROUTE + SLOW_HOOK) });
  });

  it("while an answer is stored", async () => {
    await server.runSync();
    const quick = await sizes("erp_raw_data", "fetched_at");
    await sql(server, `CREATE TRIGGER slow AFTER UPDATE OF payload_json ON erp_raw_data BEGIN ${SLOW_STATEMENT}; END`);
    changeAll(ROWS);
    await setOptions(server, { push: { mode: "bulk" } });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: ROWS });
    await sql(server, "DROP TRIGGER slow");
    const [first = 0, ...others] = await sizes("erp_raw_data", "fetched_at");
    expect(first).toBeLessThanOrEqual(100);
    expect(Math.max(...others) * 2).toBeLessThan(Math.max(...quick));
  });

  it("while records are saved one by one, hooks of other people and all", async () => {
    erp.setRows(erp.factory.rows().map((row, at) => (at < 60 ? { ...row, BOM_QTY: 5000 + at } : row)));
    await setOptions(server, { push: { mode: "records" } });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", pushed_updated: 60 });
    const [first, ...others] = await sizes("push_log", "sent_at", `run = '${(await server.runs())[0]?.id}'`);
    expect(first).toBe(20);
    expect(others).toEqual([10, 10, 10, 10]);
  });
});
