import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { atEndOfFile, Factory, type PocketBaseServer, startErp, startPocketBase, waitFor } from "./harness";
import { changeSome, pushingRun, SLOW_PUSH, setOptions, startQuietly, untilQuiet } from "./in-flight";
import { hooksWithSlowTarget } from "./test-hooks";

const LEASE = { ERP_LEASE_SECONDS: "3" };

let erp: Erp;
let old: PocketBaseServer;
let backup: Record<string, Uint8Array>;
let interrupted = "";

/** A backup through PocketBase's own API, made while a run is pushing. */
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 150 }) });
  old = await startQuietly(erp, { hooksDir: hooksWithSlowTarget(15), env: LEASE });
  await setOptions(old, SLOW_PUSH);
  const begun = await old.action("sync");
  await pushingRun(old, 10);
  await old.pb.backups.create("mid-run.zip");
  expect((await old.runs())[0], "the run outlived the backup").toMatchObject({ id: begun.run, status: "running" });
  interrupted = String(begun.run);
  const url = old.pb.backups.getDownloadURL(await old.pb.files.getToken(), "mid-run.zip");
  backup = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  await untilQuiet(old);
});

/** The backup in a folder of its own, with a PocketBase on it. */
async function restore(): Promise<PocketBaseServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "pb-restored-"));
  atEndOfFile(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  for (const [path, bytes] of Object.entries(backup)) {
    if (path.endsWith("/")) continue;
    mkdirSync(dirname(join(dataDir, path)), { recursive: true });
    writeFileSync(join(dataDir, path), bytes);
  }
  return startPocketBase({ erpUrl: erp.url, dataDir, env: LEASE });
}

/** The restored target was half full; the next sync makes it exact, row for row. */
async function expectExact(server: PocketBaseServer): Promise<void> {
  await untilQuiet(server);
  await server.expectTarget(erp.factory.rows());
  const size = erp.factory.rows().length;
  expect(await server.rows("erp_raw_data", "missing_since = ''")).toHaveLength(size);
  expect(await server.jobs('status != "done"')).toEqual([]);
  expect(await server.rows("failed_records")).toEqual([]);
  const [left] = await server.rows("sync_runs", `id = "${interrupted}"`);
  expect(left).toMatchObject({ status: "interrupted" });
}

it("holds nothing of what the ERP sent and of how it was asked, which is gone with the run", () => {
  expect(Object.keys(backup)).toContain("data.db");
  expect(Object.keys(backup).filter((path) => path.startsWith("erp_spool"))).toEqual([]);
});

describe("a backup that was made in the middle of a run, restored into another folder", () => {
  it("is synced exactly while the old process lives: its lock is waited for, then taken over", async () => {
    const server = await restore();
    const [half] = await server.runs();
    expect(half).toMatchObject({ id: interrupted, status: "running" });
    const pushed = (await server.targetRows()).length;
    expect(pushed).toBeGreaterThan(0);
    expect(pushed).toBeLessThan(erp.factory.rows().length);
    expect((await server.settings()).lock_owner).toContain(interrupted);
    changeSome(erp);
    await waitFor(async () => (await server.runSync()).status === "succeeded", "a run once the lock is over");
    await expectExact(server);
    await server.stop();
  });

  it("is synced exactly at once when the old process is gone", async () => {
    await old.stop();
    const server = await restore();
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await expectExact(server);
    const again = await server.runSync();
    expect(again).toMatchObject({ status: "succeeded", rows_new: 0, rows_changed: 0, pushed_inserted: 0 });
  });
});
