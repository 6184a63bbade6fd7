import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dump } from "./answers-instance";
import {
  type Archiving,
  hooksWithEngine,
  localFiles,
  localFolder,
  replayArchive,
  startArchiving,
} from "./archive-instance";
import { TARGET, waitFor } from "./harness";
import { setOptions, untilQuiet } from "./in-flight";

/** The rows are lost as if another had been restored: raw rows, jobs and target. */
async function loseEverything({ server }: Archiving): Promise<void> {
  for (const name of ["job_queue", TARGET]) {
    for (const { id } of await server.rows(name)) await server.pb.collection(name).delete(id);
  }
  for (const { id } of await server.rows("erp_raw_data")) await server.pb.collection("erp_raw_data").delete(id);
}

async function refused(replaying: Promise<unknown>): Promise<{ status: number; error: string }> {
  const error = (await replaying.catch((thrown) => thrown)) as { status: number; response: { error: string } };
  return { status: error.status, error: error.response.error };
}

describe("the newest answer, from the archive", () => {
  it("makes raw rows and target again as they were, without asking the ERP", async () => {
    const all = await startArchiving();
    const { server, factory, erp } = all;
    const first = await server.runSync();
    await loseEverything(all);
    const asked = erp.requests.length;
    erp.fault({ kind: "status", status: 500 }, Number.POSITIVE_INFINITY);
    const again = await replayArchive(server, first);
    expect(again).toMatchObject({
      status: "succeeded",
      trigger: "manual",
      triggered_by: "test@example.com",
      replay_of: first.id,
      sync_type: "full",
      bytes: first.bytes,
      rows_new: factory.rows().length,
      archive_path: "",
      transport: "",
    });
    expect(erp.requests).toHaveLength(asked);
    await server.expectTarget(factory.rows());
    erp.clearFaults();
    expect(await server.runSync()).toMatchObject({ rows_unchanged: factory.rows().length, rows_new: 0 });
    expect((await server.settings()).lock_owner).toBe("");
  });

  it("tells in a dry run what it would do, and writes nothing", async () => {
    const all = await startArchiving();
    const { server, factory } = all;
    const first = await server.runSync();
    await loseEverything(all);
    const [before, runs] = [await dump(server), await server.runs()];
    const plan = await replayArchive(server, first, { dry_run: true });
    expect(plan).toMatchObject({ dry_run: true, insert: { count: factory.rows().length } });
    expect([await dump(server), await server.runs()]).toEqual([before, runs]);
  });

  it("is never the second proof that a row has left the ERP", async () => {
    const all = await startArchiving({ rows: 30 });
    const { server, factory } = all;
    await server.updateSettings({ on_missing: "delete" });
    await server.runSync();
    await server.updateSettings({ from_date: "2025-11-30" });
    factory.removeRow(0);
    const rows = factory.rows().length;
    // Another question than before: what is missing may still be in the ERP.
    const second = await server.runSync();
    expect(second).toMatchObject({ rows_fetched: rows, rows_left: 0, pushed_deleted: 0 });
    expect(await replayArchive(server, second)).toMatchObject({ rows_left: 0, pushed_deleted: 0 });
    expect(await server.runSync()).toMatchObject({ rows_left: 1, pushed_deleted: 1 });
    await server.expectTarget(factory.rows());
  });

  it("is read by its pages, too", async () => {
    const all = await startArchiving();
    const { server, factory } = all;
    await server.updateSettings({ source_url: "${ERP_BASE_URL}/api/paged/offset", from_date: "" });
    const source = { from_date_param: "", paging: { kind: "offset", page_size: 8 } };
    await setOptions(server, { source, archive: { to: "local" } });
    const first = await server.runSync();
    await loseEverything(all);
    expect(await replayArchive(server, first)).toMatchObject({ status: "succeeded", rows_new: factory.rows().length });
    await server.expectTarget(factory.rows());
    const [, second = ""] = localFiles(server);
    rmSync(join(localFolder(server), second));
    expect((await refused(replayArchive(server, first))).error).toContain("could not be read: ");
    expect((await server.runs())[0]).toMatchObject({ status: "failed", replay_of: first.id });
    await server.expectTarget(factory.rows());
  });

  it("survives a kill -9 between archive and ingest: the answer is stored without asking again", async () => {
    const hooksDir = hooksWithEngine(
      "archiveAnswer(run2, answer);",
      "archiveAnswer(run2, answer); if (!run2.ask.archived) sleep(60000);",
    );
    const all = await startArchiving({ hooksDir });
    const { server, factory, erp } = all;
    const { run } = await server.action("sync");
    const file = await waitFor(() => localFiles(server)[0], "the archived answer");
    const archivePath = async () =>
      (await server.pb.collection("sync_runs").getOne(String(run))).archive_path as string;
    await waitFor(archivePath, "the run's note of it");
    await server.kill();
    await server.start();
    await server.pb.crons.run("erp_worker");
    await untilQuiet(server);
    const killed = await server.pb.collection("sync_runs").getOne(String(run));
    expect(killed).toMatchObject({ status: "interrupted", ingested_at: "", archive_path: `local:${file}` });
    expect(await server.targetRows()).toEqual([]);
    erp.fault({ kind: "status", status: 500 }, Number.POSITIVE_INFINITY);
    expect(await replayArchive(server, killed)).toMatchObject({ status: "succeeded", replay_of: killed.id });
    await server.expectTarget(factory.rows());
    expect(localFiles(server)).toEqual([file]);
  });
});

describe("an older answer", () => {
  it("is refused while a newer one is stored, and with older it adds and changes rows and deletes none", async () => {
    const all = await startArchiving();
    const { server, factory } = all;
    await server.updateSettings({ on_missing: "delete" });
    // Two runs of the same question: as a snapshot, the second one's answer would delete.
    await server.runSync();
    const first = await server.runSync();
    const old = factory.rows();
    factory.changeRow(0);
    factory.addRow();
    const second = await server.runSync();
    const now = factory.rows();
    const before = await dump(server);
    const { status, error } = await refused(replayArchive(server, first));
    expect(status).toBe(400);
    expect(error).toBe(
      `run ${second.id} stored a newer answer than that of run ${first.id}; to add and change rows by the older one all the same, deleting none, add --older`,
    );
    expect(await dump(server)).toBe(before);

    const again = await replayArchive(server, first, { older: true });
    expect(again).toMatchObject({ status: "succeeded", rows_changed: 1, rows_superseded: 0, rows_left: 0 });
    const added = now.filter((row) => !old.some((each) => JSON.stringify(each) === JSON.stringify(row)));
    const kept = added.filter((row) => !old.some((each) => sameKey(each, row)));
    await server.expectTarget([...old, ...kept]);
    // What it wrote is no newer answer: the newest one is still the second run's.
    expect(await replayArchive(server, second)).toMatchObject({ status: "succeeded", rows_changed: 1 });
    await server.expectTarget(now);
  });
});

/** The factory changes values, not keys, in changeRow. */
function sameKey(a: object, b: object): boolean {
  const key = (row: object) =>
    Object.entries(row)
      .filter(([name]) =>
        /^(TXN_TYPE|BOM_WORKORDER_|BOM_OPERATION_SEQ|BOM_PIECE_NO|PURC_|PO_LINE|GRN_|INV_TRANS)/.test(name),
      )
      .map(String)
      .join("|");
  return key(a) === key(b);
}

it("an older answer is not taken for the newest when the newer one was stored by a replay only", async () => {
  const all = await startArchiving({
    rows: 20,
    hooksDir: hooksWithEngine(
      "archiveAnswer(run2, answer);",
      `archiveAnswer(run2, answer); if ($app.store().get("die") === "1") throw new Error("killed");`,
      `routerAdd("POST", "/test/die/{v}", (e) => { $app.store().set("die", e.request.pathValue("v")); e.json(200, {}); });`,
    ),
  });
  const { server, factory } = all;
  const older = await server.runSync();
  for (let added = 0; added < 3; added++) factory.addRow();
  await server.pb.send("/test/die/1", { method: "POST" });
  const newer = await server.runSync();
  expect(newer).toMatchObject({ status: "failed", ingested_at: "" });
  await server.pb.send("/test/die/0", { method: "POST" });
  expect(await replayArchive(server, newer)).toMatchObject({ status: "succeeded", rows_new: 3 });
  expect((await refused(replayArchive(server, older))).error).toContain(`run ${newer.id} stored a newer answer`);
  await server.expectTarget(factory.rows());
});

describe("erp replay --from-archive refuses", () => {
  it("runs without an archived answer, unknown ones, options that do not go together, a busy and a paused stream", async () => {
    const all = await startArchiving();
    const { server } = all;
    const archived = await server.runSync();
    await setOptions(server, { archive: { to: "none" } });
    const bare = await server.runSync();
    const say = async (id: string, options = {}) => (await refused(replayArchive(server, { id }, options))).error;
    expect(await say("nobody")).toBe('stream "aswan_bom" has no run "nobody"; erp runs aswan_bom lists them');
    expect(await say(bare.id)).toBe(`run ${bare.id} has no archived answer`);
    expect(await say(archived.id, { all: true })).toContain("--from-archive reads a whole answer");
    expect(await say(archived.id, { failed: true })).toContain("--from-archive reads a whole answer");
    await server.updateSettings({ paused: true });
    expect(await say(archived.id, { older: true })).toContain("the stream is paused");
    expect(await replayArchive(server, archived, { older: true, force: true })).toMatchObject({ status: "succeeded" });
    await server.updateSettings({ paused: false });
    const path = "local:../../data.db.json";
    await server.pb.collection("sync_runs").update(archived.id, { archive_path: path });
    const sentence = `archive_path of run ${archived.id} is "${path}", which no run has written`;
    expect(await say(archived.id, { older: true })).toBe(sentence);
  });

  it("a stream that a run holds, and asks for no rerun", async () => {
    const all = await startArchiving({ rows: 60 });
    const { server, erp } = all;
    const archived = await server.runSync();
    erp.fault({ kind: "slow", bytesPerMs: 50 });
    const asked = erp.requests.length;
    await server.action("sync");
    await waitFor(() => erp.requests.length > asked, "the run to ask the ERP");
    expect(await refused(replayArchive(server, archived))).toMatchObject({ status: 409 });
    await untilQuiet(server);
    expect(await server.runs("status = 'skipped' || trigger = 'rerun'")).toEqual([]);
  });
});
