import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, hooksWith, type PocketBaseServer, startErp, TARGET } from "./harness";
import { setOptions, startQuietly } from "./in-flight";

/** As PocketBase leaves it: after so many pages SQLite writes its log back within a commit. */
const USUAL = 1000;

/** Tells and says how large the log may become on the connection that writes, now and while a record was saved. */
const HOOKS = `routerAdd("GET", "/test/log", (e) => {
  const row = new DynamicModel({ wal_autocheckpoint: 0 });
  $app.nonconcurrentDB().newQuery("PRAGMA wal_autocheckpoint").one(row);
  e.json(200, { now: row.wal_autocheckpoint, inRun: $app.store().get("inRun") ?? 0 });
}, $apis.requireSuperuserAuth());
routerAdd("POST", "/test/log", (e) => {
  const { pages } = e.requestInfo().body;
  $app.nonconcurrentDB().newQuery("PRAGMA wal_autocheckpoint = " + Number(pages)).execute();
  $app.store().set("inRun", 0);
  e.json(200, {});
}, $apis.requireSuperuserAuth());
onRecordCreate((e) => {
  e.next();
  const row = new DynamicModel({ wal_autocheckpoint: 0 });
  e.app.db().newQuery("PRAGMA wal_autocheckpoint").one(row);
  $app.store().set("inRun", row.wal_autocheckpoint);
}, "${TARGET}");`;

describe("SQLite's log", () => {
  let erp: Erp;
  let server: PocketBaseServer;
  beforeAll(async () => {
    erp = await startErp({ factory: new Factory({ seed: 3, rows: 12 }) });
    server = await startQuietly(erp, { hooksDir: hooksWith(HOOKS) });
    await setOptions(server, { push: { mode: "records" } });
  });
  const log = () => server.pb.send("/test/log", { method: "GET" }) as Promise<{ now: number; inRun: number }>;
  const setLog = (pages: number) => server.pb.send("/test/log", { method: "POST", body: { pages } });

  it("may grow while a run writes, and is as PocketBase leaves it afterwards", async () => {
    expect((await log()).now).toBe(USUAL);
    expect((await server.runSync()).status).toBe("succeeded");
    const { now, inRun } = await log();
    expect(now).toBe(USUAL);
    expect(inRun).toBeGreaterThan(USUAL);
  });

  it.each([0, 300])("is left alone, or as somebody wanted it: %i pages", async (pages) => {
    await setLog(pages);
    const { id } = (await server.targetRows())[0] as { id: string };
    await server.pb.collection(TARGET).delete(id);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", pushed_inserted: 1 });
    const { now, inRun } = await log();
    expect(now).toBe(pages);
    if (pages === 0) expect(inRun).toBe(0);
    else expect(inRun).toBeGreaterThan(USUAL);
    await setLog(USUAL);
  });

  it("is as PocketBase leaves it after a run that failed", async () => {
    erp.fault({ kind: "status", status: 404 });
    expect((await server.runSync()).status).toBe("failed");
    expect((await log()).now).toBe(USUAL);
  });
});
