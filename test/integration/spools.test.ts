import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { spools } from "./crash/recovery";
import { Factory, isAlive, type PocketBaseServer, startErp, waitFor } from "./harness";
import { slowAnswer, startQuietly, startSlowRun } from "./in-flight";

let erp: Erp;
let server: PocketBaseServer;
beforeEach(async () => {
  erp = await startErp({ factory: new Factory({ seed: 5, rows: 200 }) });
  server = await startQuietly(erp);
});

/** The curl that fills the only spool there is. */
async function curlAtWork(): Promise<number> {
  const root = join(server.dataDir, "erp_spool");
  const file = () => join(root, readdirSync(root)[0] ?? "", "curl.pid.json");
  await waitFor(() => existsSync(root) && existsSync(file()), "curl to be started");
  return JSON.parse(readFileSync(file(), "utf8")).pid;
}

it("a server that was killed ends its old curl when it starts again, so that the ERP works for nobody", async () => {
  await startSlowRun(server, erp, 600_000);
  const curl = await curlAtWork();
  await server.kill();
  expect(isAlive(curl)).toBe(true);
  await server.start();
  await waitFor(() => !isAlive(curl), "the old curl to end");
  expect(spools(server)).toEqual([]);
});

it("a server that starts leaves the answer of a console command beside it alone", async () => {
  await server.runSync();
  slowAnswer(erp, 6000);
  const verify = server.cli(["verify", "aswan_bom"]);
  const curl = await curlAtWork();
  await server.restart();
  expect(isAlive(curl)).toBe(true);
  expect(spools(server)).toHaveLength(1);
  expect(await verify).toMatchObject({ code: 0 });
  expect(spools(server)).toEqual([]);
});
