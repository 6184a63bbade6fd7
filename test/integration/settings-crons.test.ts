import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Installation, startWithErp } from "./answers-instance";
import { waitFor } from "./harness";
import { crons, openForm, refusalOf, saveForm, secondStream } from "./settings-form";

let here: Installation;
beforeAll(async () => {
  here = await startWithErp();
});

/** The schedule field and the cron jobs it makes. */
const schedules: [string, string, Record<string, string>][] = [
  ["one line", "30 * * * *", { erp_sync_aswan_bom: "30 * * * *" }],
  [
    "several lines with comments, blank lines and odd spacing",
    "# office hours\n  */10 6-18 * * 1-5 \r\n\n0   22 * * *  # night\n@weekly",
    {
      erp_sync_aswan_bom: "*/10 6-18 * * 1-5",
      "erp_sync_aswan_bom.2": "0 22 * * *",
      "erp_sync_aswan_bom.3": "0 0 * * 0",
    },
  ],
  [
    "the lines in another order",
    "@weekly\n0 22 * * *",
    { erp_sync_aswan_bom: "0 0 * * 0", "erp_sync_aswan_bom.2": "0 22 * * *" },
  ],
  ["nothing: by hand only", "", {}],
  ["nothing but a comment", "# 0 * * * *", {}],
  ["a word", "@hourly", { erp_sync_aswan_bom: "0 * * * *" }],
];

it("registers the schedule at boot", async () => {
  expect(await crons(here.server)).toEqual({ erp_sync_aswan_bom: "0 * * * *" });
});

it.each(schedules)("registers a saved schedule at once: %s", async (_, schedule, expected) => {
  const { server } = here;
  await saveForm(server, await openForm(server), { schedule });
  expect(await crons(server)).toEqual(expected);
});

it("has the same jobs after a restart", async () => {
  const { server } = here;
  await server.updateSettings({ schedule: "5 * * * *\n6 7 * * *" });
  const before = await crons(server);
  await server.restart();
  expect(await crons(server)).toEqual(before);
});

it.each([
  "61 * * * *",
  "* * * *",
  "* * * * * *",
  "-1 * * * *",
  "*/0 * * * *",
  "5-1 * * * *",
  "0 0 0 * *",
  "0 0 * 13 *",
  "0 0 * * 7",
  "0 0 * * MON",
  "1.5 * * * *",
  "@reboot",
  "@every 5m",
  "every hour",
  "🕐",
  "0 * * * *,",
  "99999999999999999999 * * * *",
])("refuses the schedule %s, and neither the server nor a job is hurt", async (expression) => {
  const { server } = here;
  await server.updateSettings({ schedule: "5 * * * *" });
  const before = await crons(server);
  const form = await openForm(server);
  const { status, fields } = await refusalOf(saveForm(server, form, { schedule: `0 * * * *\n${expression}` }));
  expect(status).toBe(400);
  expect(Object.keys(fields)).toEqual(["schedule"]);
  expect(fields.schedule).toMatch(/^Schedule line 2: ".*" is not a cron expression \(.+\)\.$/);
  expect(await crons(server)).toEqual(before);
  expect((await server.pb.health.check()).code).toBe(200);
});

describe("a second stream", () => {
  beforeEach(async () => {
    const { server } = here;
    await server.updateSettings({ schedule: "5 * * * *\n6 * * * *" });
    for (const stream of await server.rows("sync_settings", "name != 'aswan_bom'")) {
      await server.pb.collection("sync_settings").delete(stream.id);
    }
    await server.pb.collections.delete("articles").catch(() => undefined);
  });
  const first = { erp_sync_aswan_bom: "5 * * * *", "erp_sync_aswan_bom.2": "6 * * * *" };

  it("gets its jobs when it is made, keeps them apart from the first one's, and loses them when it is deleted", async () => {
    const { server } = here;
    // The name a second line of aswan_bom could be taken for.
    const values = await secondStream(server, { name: "aswan_bom_2", schedule: "0 2 * * *\n0 14 * * *" });
    const { id } = await server.pb.collection("sync_settings").create(values);
    expect(await crons(server)).toEqual({
      ...first,
      erp_sync_aswan_bom_2: "0 2 * * *",
      "erp_sync_aswan_bom_2.2": "0 14 * * *",
    });
    await server.pb.collection("sync_settings").delete(id);
    expect(await crons(server)).toEqual(first);
  });

  it("has its job under its new name when it is renamed", async () => {
    const { server } = here;
    const values = await secondStream(server, { schedule: "0 2 * * *" });
    await server.pb.collection("sync_settings").create(values);
    await saveForm(server, await openForm(server, "inventory"), { name: "stock" });
    expect(await crons(server)).toEqual({ ...first, erp_sync_stock: "0 2 * * *" });
  });

  it("gets no job when it is refused", async () => {
    const { server } = here;
    const values = await secondStream(server, { schedule: "0 2 * * *", timezone: "Dubai" });
    await refusalOf(server.pb.collection("sync_settings").create(values));
    expect(await crons(server)).toEqual(first);
  });
});

describe("the job of a stream", () => {
  it("runs it", async () => {
    const { server, factory } = here;
    await server.updateSettings({ schedule: "1 1 1 1 *\n2 2 2 2 *" });
    await server.pb.crons.run("erp_sync_aswan_bom.2");
    const done = () => server.runs("trigger = 'schedule' && status = 'succeeded'");
    await waitFor(async () => (await done()).length === 1, "the scheduled run");
    await server.expectTarget(factory.rows());
  });

  it("does nothing while the stream is paused", async () => {
    const { server, erp } = here;
    await saveForm(server, await openForm(server), { paused: true });
    const [runs, asked] = [await server.runs(), erp.requests.length];
    await server.pb.crons.run("erp_sync_aswan_bom");
    const refused = await server.runSync().catch((error) => error);
    expect(refused).toMatchObject({ status: 409, response: { status: "paused" } });
    await saveForm(server, await openForm(server), { paused: false });
    expect(await server.runs()).toEqual(runs);
    expect(erp.requests).toHaveLength(asked);
  });
});
