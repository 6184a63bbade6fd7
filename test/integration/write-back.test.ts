import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, TARGET } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { hooksWith } from "./test-hooks";

/** As PocketBase leaves it: after so many pages SQLite writes its log back within a commit. */
const USUAL = 1000;

/** Tells how large the log may become on the connection that writes, now and while a record was saved. */
const HOOKS = `routerAdd("GET", "/test/log", (e) => {
  const row = new DynamicModel({ wal_autocheckpoint: 0 });
  $app.nonconcurrentDB().newQuery("PRAGMA wal_autocheckpoint").one(row);
  e.json(200, { now: row.wal_autocheckpoint, inRun: $app.store().get("inRun") ?? 0 });
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

  it("may grow while a run writes, and is as PocketBase leaves it afterwards", async () => {
    expect((await log()).now).toBe(USUAL);
    expect((await server.runSync()).status).toBe("succeeded");
    const { now, inRun } = await log();
    expect(now).toBe(USUAL);
    expect(inRun).toBeGreaterThan(USUAL);
  });

  it("is as PocketBase leaves it after a run that failed", async () => {
    erp.fault({ kind: "status", status: 404 });
    expect((await server.runSync()).status).toBe("failed");
    expect((await log()).now).toBe(USUAL);
  });
});
