import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { type ErpRow, KEY_FIELDS } from "../erp/row";
import type { Erp } from "../erp/server";
import { Factory, hooksWith, type PocketBaseServer, STREAM, startErp, TARGET, waitFor } from "./harness";
import { setOptions, startQuietly, startSlowRun, untilQuiet } from "./in-flight";

/** One record the target refuses makes the push go on in halves, a transaction each: others can write in between. */
const SLOW_AND_ONE_REFUSED = `onRecordCreate((e) => {
  sleep(60);
  if (e.record.getFloat("BOM_QTY") === 666) throw new BadRequestError("no such quantity");
  e.next();
}, "${TARGET}");
routerAdd("POST", "/test/delete-streams", (e) => {
  $app.nonconcurrentDB().newQuery("DELETE FROM sync_settings").execute();
  e.json(200, {});
}, $apis.requireSuperuserAuth());`;

let erp: Erp;
let server: PocketBaseServer;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 12 }) });
  server = await startQuietly(erp, { hooksDir: hooksWith(SLOW_AND_ONE_REFUSED) });
  await setOptions(server, { push: { mode: "records", batch_size: 100 } });
});

let mended: ErpRow;

/** The ERP's rows, with the edited one as it was edited. */
function withMended(): ErpRow[] {
  const key = (row: ErpRow) => KEY_FIELDS.map((field) => row[field]).join("|");
  return erp.factory.rows().map((row) => (key(row) === key(mended) ? mended : row));
}

async function logOf(job: string): Promise<RecordModel[]> {
  return server.rows("push_log", `job_id = "${job}"`, "@rowid");
}

describe("a raw row that is edited while its job is being pushed", () => {
  it("is pushed as it was and then again as it is: the job is queued again", async () => {
    erp.factory.changeRow(0, { BOM_QTY: 666 });
    await server.action("sync");
    const jobs = await waitFor(async () => {
      const claimed = await server.jobs('status = "processing"');
      return claimed.length === erp.factory.rows().length && claimed;
    }, "all jobs to be claimed");
    const raws = await server.rows("erp_raw_data");
    const last = jobs.map((job) => raws.find((raw) => raw.id === job.payload_ref) as RecordModel);
    const at = last.findLastIndex((raw) => raw.payload_json.BOM_QTY !== 666);
    const [raw, job] = [last[at] as RecordModel, jobs[at] as RecordModel];
    mended = { ...raw.payload_json, BOM_QTY: 1234 };
    await server.pb.collection("erp_raw_data").update(raw.id, { payload_json: mended });
    expect(await server.pb.collection("job_queue").getOne(job.id)).toMatchObject({ status: "processing" });
    await untilQuiet(server);

    expect(await logOf(job.id)).toMatchObject([
      { response_code: 201, changes: null },
      { response_code: 200, changes: [{ field: "BOM_QTY", from: raw.payload_json.BOM_QTY, to: 1234 }] },
    ]);
    expect(await server.pb.collection("job_queue").getOne(job.id)).toMatchObject({ status: "done" });
    const { mapped_hash, pushed_hash } = await server.pb.collection("erp_raw_data").getOne(raw.id);
    expect(pushed_hash).toBe(mapped_hash);
    expect(await server.jobs('status != "done"')).toMatchObject([{ status: "dead" }]);
    await server.expectTarget(withMended().filter((row) => row.BOM_QTY !== 666));
  });
});

describe("a stream whose settings are deleted past every hook while it runs", () => {
  it("stops without writing anything more, and a stream of that name goes on with what is there", async () => {
    const settings = await server.settings();
    const before = await server.targetRows();
    erp.factory.changeRow(1, { BOM_QTY: 5 });
    const run = await startSlowRun(server, erp, 600);
    await server.pb.send("/test/delete-streams", { method: "POST" });
    const ended = await waitFor(async () => {
      const record = await server.pb.collection("sync_runs").getOne(run);
      return record.status !== "running" && record;
    }, "the run to end");
    expect(ended).toMatchObject({ status: "stopped", error: expect.stringContaining("deleted from sync_settings") });
    expect(await server.targetRows()).toEqual(before);
    expect(await server.jobs('status = "processing"')).toEqual([]);
    expect(await server.cli(["status"])).toMatchObject({ code: 0 });

    erp.factory.changeRow(0, { BOM_QTY: 6 });
    await server.pb.collection("sync_settings").create({ ...settings, id: undefined });
    expect(await server.runSync({}, STREAM)).toMatchObject({ status: "succeeded" });
    await server.expectTarget(withMended());
  });
});
