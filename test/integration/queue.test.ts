import { beforeEach, describe, expect, it } from "vitest";
import { STREAM } from "./harness";
import { setOptions } from "./in-flight";
import {
  countsOf,
  erpIdOf,
  expectMirror,
  type Installation,
  pushes,
  rawRow,
  startSynced,
  targetRecord,
} from "./outcomes-instance";
import { FAST_RETRY, makeDue, poisonRow, setPoison, startPoisoned } from "./poison";

const AWAY = /the other system is away/;

describe("a push that fails for a while", () => {
  let all: Installation;
  beforeEach(async () => {
    all = await startPoisoned();
  });

  it("waits for its next attempt, the others of its batch go through, and a retry heals it", async () => {
    const { server } = all;
    const bad = poisonRow(all);
    const before = await rawRow(server, erpIdOf(bad));
    const record = await targetRecord(server, before.target_id);
    await setPoison(server, "throw");
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(run.error).toMatch(/^1 row.* not taken by the target/);
    expect(countsOf(run)).toMatchObject({ changed: 3, updated: 2, failed: 1 });
    expect(await targetRecord(server, before.target_id)).toEqual(record);
    const raw = await rawRow(server, erpIdOf(bad));
    expect(raw.pushed_hash).toBe(before.pushed_hash);
    expect(raw.mapped_hash).not.toBe(raw.pushed_hash);

    const [job, ...none] = await server.jobs('status != "done"');
    expect(none).toEqual([]);
    expect(job).toMatchObject({ status: "failed", retry_count: 1, payload_ref: raw.id, claimed_by: "" });
    expect(job?.last_error).toMatch(AWAY);
    const wait = Date.parse(job?.next_attempt_at) - Date.parse(job?.updated_at);
    expect(wait).toBeGreaterThanOrEqual(600_000);
    expect(wait).toBeLessThan(662_000);
    expect((await pushes(server, run)).map(([what]) => what)).toContain(`500 ${erpIdOf(bad)}`);
    expect(await server.rows("failed_records")).toEqual([]);

    await server.runSync();
    expect(await server.jobs('status != "done"')).toEqual([job]);

    await setPoison(server, "");
    expect(await server.pb.send("/api/erp/jobs/retry", { method: "POST", body: { stream: STREAM } })).toMatchObject({
      retried: 1,
    });
    await server.cli(["work", STREAM]);
    expect(await server.jobs(`id = "${job?.id}"`)).toMatchObject([
      { status: "done", operation: "upsert", last_error: "" },
    ]);
    await expectMirror(all);
  });

  it("is one job however often the row changes meanwhile, and pushes what the row says in the end", async () => {
    const { server, factory } = all;
    poisonRow(all);
    await setPoison(server, "throw");
    await server.runSync();
    const [job] = await server.jobs('status = "failed"');
    const last = factory.changeRow(1, { BOM_QTY: 777 }).after;
    const run = await server.runSync();
    expect(countsOf(run)).toMatchObject({ changed: 1 });
    // What it failed with is not known of the new content: that is tried at once, and has all its attempts.
    expect(await server.jobs('status != "done"')).toMatchObject([{ id: job?.id, status: "failed", retry_count: 1 }]);
    await setPoison(server, "");
    await makeDue(server);
    await server.cli(["work", STREAM]);
    const raw = await rawRow(server, erpIdOf(last));
    expect(await targetRecord(server, raw.target_id)).toMatchObject({ BOM_QTY: 777, WO_PRODUCT_CODE: "POISON" });
    await expectMirror(all);
  });

  it("closes the quarantine of a value that was mended, although the push of the row still waits", async () => {
    const { server, factory } = all;
    factory.breakRow(1, "BOM_QTY", "ten");
    await server.runSync();
    factory.changeRow(1, { BOM_QTY: 10, WO_PRODUCT_CODE: "POISON" });
    await setPoison(server, "throw");
    await server.runSync();
    expect(await server.jobs('status = "failed"')).toHaveLength(1);
    const [record, ...more] = await server.rows("failed_records");
    expect(more).toEqual([]);
    expect(record).toMatchObject({ stage: "normalize", value: "ten" });
    expect(record?.resolved_at).not.toBe("");
  });

  it("leaves nothing half-written when the hook fails after the record was stored", async () => {
    const { server, factory } = all;
    const changed = poisonRow(all);
    const added = factory.addRow({ WO_PRODUCT_CODE: "POISON" });
    const { target_id } = await rawRow(server, erpIdOf(changed));
    const record = await targetRecord(server, target_id);
    const size = (await server.targetRows()).length;
    await setPoison(server, "late");
    const run = await server.runSync();
    expect(countsOf(run)).toMatchObject({ updated: 2, failed: 2 });
    expect(countsOf(run)).not.toHaveProperty("inserted");
    expect(await targetRecord(server, target_id)).toEqual(record);
    expect(await server.targetRows()).toHaveLength(size);
    expect((await rawRow(server, erpIdOf(added))).pushed_hash).toBe("");
    expect(await server.jobs('status = "failed"')).toHaveLength(2);
    expect((await pushes(server, run)).map(([what]) => what.slice(0, 3))).toEqual(["200", "200", "500", "500"]);
    await setPoison(server, "");
    await makeDue(server);
    await server.cli(["work", STREAM]);
    await expectMirror(all);
  });

  it("is dead after its retries, goes to quarantine, and a retry by hand closes both", async () => {
    const { server } = all;
    await setOptions(server, FAST_RETRY);
    const bad = poisonRow(all);
    await setPoison(server, "throw");
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toMatchObject({ updated: 2, failed: 6 });
    const [job] = await server.jobs('status = "dead"');
    expect(job).toMatchObject({ retry_count: 6, claimed_by: "" });
    expect(job?.last_error).toMatch(AWAY);
    const raw = await rawRow(server, erpIdOf(bad));
    const [open, ...more] = await server.rows("failed_records");
    expect(more).toEqual([]);
    expect(open).toMatchObject({ stage: "push", error_type: "gave_up", raw_row: raw.id, job: job?.id, count: 1 });
    expect([open?.resolved_at, open?.erp_id, open?.raw_data]).toEqual(["", erpIdOf(bad), bad]);
    const attempts = (await pushes(server, run)).filter(([what]) => what.startsWith("500"));
    expect(attempts).toHaveLength(5);
    expect(await pushes(server, run)).toContainEqual([`422 ${erpIdOf(bad)}`, null]);

    await setPoison(server, "");
    await server.runSync();
    expect(await server.jobs('status != "done"')).toMatchObject([{ id: job?.id, status: "dead" }]);
    await server.pb.send("/api/erp/jobs/retry", { method: "POST", body: { job: job?.id } });
    expect(await server.jobs(`id = "${job?.id}"`)).toMatchObject([{ status: "queued", retry_count: 0 }]);
    await server.cli(["work", STREAM]);
    await expectMirror(all);
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
  });
});

describe("a push that the target refuses", () => {
  it("is dead at once, for an error of PocketBase's kind, and new content is tried again", async () => {
    const all = await startPoisoned();
    const { server, factory } = all;
    const bad = poisonRow(all);
    await setPoison(server, "refuse");
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(countsOf(run)).toMatchObject({ updated: 2, failed: 1 });
    const [dead] = await server.jobs('status = "dead"');
    expect(dead).toMatchObject({ retry_count: 1 });
    expect(dead?.last_error).toMatch(/we do not take this one/i);
    expect((await pushes(server, run)).map(([what]) => what)).toContain(`422 ${erpIdOf(bad)}`);
    expect(await server.rows("failed_records")).toMatchObject([
      { stage: "push", error_type: "refused_by_target", mapped_data: { WO_PRODUCT_CODE: "POISON" } },
    ]);

    const jobs = (await server.jobs()).length;
    await server.runSync();
    expect(await server.jobs()).toHaveLength(jobs);

    factory.changeRow(1, { BOM_QTY: 55 });
    await server.runSync();
    expect(await server.jobs('status = "dead"')).toHaveLength(2);
    expect(await server.rows("failed_records")).toMatchObject([{ count: 2, resolved_at: "" }]);

    await setPoison(server, "");
    factory.changeRow(1, { BOM_QTY: 66 });
    await server.runSync();
    await expectMirror(all);
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
  });

  it("is dead at once, for a value the collection does not take, with field and value in quarantine", async () => {
    const all = await startSynced({ rows: 12 });
    const { server, factory } = all;
    const { before, after } = factory.changeRow(1, { WO_PRODUCT_CODE: "x".repeat(5001) });
    factory.changeRow(2);
    const run = await server.runSync();
    expect(countsOf(run)).toMatchObject({ changed: 2, updated: 1, failed: 1 });
    expect(await server.jobs('status = "dead"')).toMatchObject([{ retry_count: 1 }]);
    const [open] = await server.rows("failed_records");
    expect(open).toMatchObject({ stage: "push", field: "WO_PRODUCT_CODE", erp_id: erpIdOf(after) });
    expect(open?.error_message).toContain("5000 character");
    expect(open?.value).toBe("x".repeat(500));
    await server.expectTarget(factory.rows().map((row, at) => (at === 1 ? before : row)));

    factory.changeRow(1, before);
    expect(countsOf(await server.runSync())).not.toHaveProperty("updated");
    await expectMirror(all);
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
  });
});
