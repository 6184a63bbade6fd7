import { expect, it } from "vitest";
import { hooksWithEngine } from "./archive-instance";
import { Factory, startErp, TARGET } from "./harness";
import { startQuietly } from "./in-flight";

const LOOK = "giveTargetIds(run2, engine.store, created);";

/** Between the look at the ids and the transaction, somebody makes a record with the first one of them. */
const TAKE = `${LOOK}
  if ($app.store().getOrSet("taken", () => runId) === runId && created.length > 0) {
    $app.store().set("taken", "done");
    $app.save(new Record($app.findCollectionByNameOrId("${TARGET}"), { id: created[0].targetId, BOM_WORKORDER_BASE_ID: "SOMEBODY", BOM_WORKORDER_SUB_ID: "0" }));
  }`;

it("gives a new row another id when somebody takes its own just before it is written", async () => {
  const factory = new Factory({ seed: 11, rows: 20 });
  const erp = await startErp({ factory });
  const server = await startQuietly(erp, { hooksDir: hooksWithEngine(LOOK, TAKE) });
  const run = await server.runSync();
  expect([run.status, run.error, run.pushed_inserted]).toEqual(["succeeded", "", factory.rows().length]);
  const records = await server.targetRows();
  const theirs = records.filter((record) => record.BOM_WORKORDER_BASE_ID === "SOMEBODY");
  expect(theirs).toMatchObject([{ BOM_PART_ID: "", BOM_QTY: 0 }]);
  const raws = await server.rows("erp_raw_data", "", "@rowid");
  expect(raws.map(({ target_id }) => target_id)).not.toContain(theirs[0]?.id);
  expect(records).toHaveLength(factory.rows().length + 1);
});
