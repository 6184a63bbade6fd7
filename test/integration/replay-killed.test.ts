import { beforeAll, expect, it } from "vitest";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import { startQuietly } from "./in-flight";

const ROWS = 1500;
let factory: Factory;
let server: PocketBaseServer;
beforeAll(async () => {
  factory = new Factory({ rows: ROWS });
  server = await startQuietly(await startErp({ factory }));
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
});

const lowerStatus = () => factory.rows().map((row) => ({ ...row, WO_STATUS: row.WO_STATUS.toLowerCase() }));

async function due(): Promise<number> {
  const { streams } = await server.pb.send("/api/erp/status", {});
  return streams[0].replay_due;
}

it("goes on with the rest after a kill -9, whenever it came", async () => {
  await server.updateSettings({ mapping: { WO_STATUS: { transforms: ["lower"] } } });
  expect(await due()).toBe(factory.rows().length);
  await server.action("replay");
  await waitFor(async () => (await due()) < factory.rows().length, "the first rows to be mapped again");
  await server.kill();
  await server.restart();
  const rest = await due();
  expect(rest).toBeLessThan(factory.rows().length);
  expect(await server.action("replay", { wait: true })).toMatchObject({ status: "done", rows: rest, invalid: 0 });
  await server.expectTarget(lowerStatus());
  expect(await server.jobs('status != "done"')).toEqual([]);
  expect(await due()).toBe(0);
});
