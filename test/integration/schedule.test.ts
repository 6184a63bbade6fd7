import { beforeAll, expect, it } from "vitest";
import { type Installation, startWithErp } from "./answers-instance";
import { waitFor } from "./harness";
import { crons, openForm, saveForm } from "./settings-form";

const SHIFTS = "0 6,14,22 * * *";

let here: Installation;
beforeAll(async () => {
  here = await startWithErp();
});

const ask = (query: Record<string, string>) =>
  here.server.pb.send("/api/erp/schedule", { query }).catch(({ status, response }) => ({ status, ...response }));

it("turns the shifts of Dubai into UTC, and the stream runs by them", async () => {
  const { server, factory } = here;
  const { code, stdout } = await server.cli(["schedule", SHIFTS, "--zone", "Asia/Dubai", "--json"]);
  const converted = JSON.parse(stdout);
  expect({ code, converted }).toEqual({
    code: 0,
    converted: { zone: "Asia/Dubai", offset: "+04:00", lines: ["0 2,10,18 * * *"], changes: [] },
  });
  await saveForm(server, await openForm(server), { schedule: converted.lines.join("\n") });
  expect(await crons(server)).toEqual({ erp_sync_aswan_bom: "0 2,10,18 * * *" });
  await server.pb.crons.run("erp_sync_aswan_bom");
  await waitFor(
    async () => (await server.runs("trigger = 'schedule' && status = 'succeeded'")).length === 1,
    "the scheduled run",
  );
  await server.expectTarget(factory.rows());
});

it("answers over HTTP what the console answers, by the time zones that PocketBase knows", async () => {
  const { server } = here;
  const args = ["schedule", SHIFTS, "--zone=Europe/Berlin"];
  const overHttp = await ask({ cron: SHIFTS, zone: "Europe/Berlin" });
  expect(JSON.parse((await server.cli([...args, "--json"])).stdout)).toEqual(overHttp);
  const forms = { "+01:00": ["0 5,13,21 * * *"], "+02:00": ["0 4,12,20 * * *"] };
  const [now, ...changes] = [overHttp, ...overHttp.changes];
  expect(changes.length).toBeGreaterThanOrEqual(2);
  for (const { offset, lines } of [now, ...changes]) expect(lines).toEqual(forms[offset as keyof typeof forms]);
  for (const { at } of changes) expect(at).toMatch(/T01:00:00\.000Z$/);
  const { stdout } = await server.cli(args);
  expect(stdout).toContain("PocketBase's cron does not follow these clock changes");
  for (const { at } of changes) expect(stdout).toContain(`from ${at.slice(0, 16).replace("T", " ")} UTC on`);
});

it("says what to copy where in the console", async () => {
  const { stdout } = await here.server.cli(["schedule", "0 5 * * 1-5", "--zone=Asia/Kolkata"]);
  expect(stdout).toBe(
    'Asia/Kolkata is UTC+05:30 all year:\n  30 23 * * 0-4\ncopy it into the field "schedule" of the stream\n',
  );
});

it.each([
  [{ zone: "Asia/Dubai" }, "the schedule is blank"],
  [{ cron: SHIFTS }, "zone: name the time zone of these hours, such as Asia/Dubai"],
  [{ cron: SHIFTS, zone: "Dubai" }, 'zone: "Dubai" is not a time zone ('],
  [{ cron: "0 24 * * *", zone: "Asia/Dubai" }, 'schedule line 1: "0 24 * * *" is not a cron expression (hour must be'],
  [{ cron: "0 2 1 * *", zone: "Asia/Dubai" }, '"0 2 1 * *" cannot be written in UTC'],
])("refuses %j: %s", async (query, sentence) => {
  const { status, error } = await ask(query as Record<string, string>);
  expect(status).toBe(400);
  expect(error).toContain(sentence);
});
