import { expect, it } from "vitest";
import { MAPPED_FIELDS } from "../erp/row";
import { Factory, startErp, TARGET } from "./harness";
import { startQuietly } from "./in-flight";
import { hooksWithSql, sql } from "./test-hooks";

it("adopts every record although the first ingest was cut short and the worker came in between", async () => {
  const factory = new Factory({ seed: 5, rows: 20 });
  const rows = factory.rows();
  const erp = await startErp({ factory });
  const server = await startQuietly(erp, { hooksDir: hooksWithSql() });
  const target = server.pb.collection(TARGET);
  for (const row of rows) {
    const all: Record<string, unknown> = { ...row };
    await target.create(Object.fromEntries(MAPPED_FIELDS.map((field) => [field, all[field] ?? ""])));
  }
  const before = await server.targetRows();

  // Half of the snapshot is stored, nothing of it is pushed, and its run says that it never got to the end.
  erp.setRows(rows.slice(0, 10));
  await server.runSync();
  await sql(server, "UPDATE erp_raw_data SET pushed_hash = '', target_id = 'x' || substr(id, 2)");
  await sql(server, "UPDATE job_queue SET status = 'queued'");
  await sql(server, "UPDATE sync_runs SET ingested_at = '', status = 'interrupted'");
  expect((await server.cli(["work", "aswan_bom"])).code).toBe(0);
  expect(await server.targetRows()).toEqual(before);

  erp.setRows(rows);
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  expect((await server.targetRows()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  await server.expectTarget(rows);
});
