import { beforeAll, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { parseExposition } from "../unit/operate/exposition-parser";
import { Factory, hooksWith, type PocketBaseServer, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";

const HOUR_MS = 3_600_000;
/** Hourly, half an hour away from now, so that the schedule does not come due while the test runs. */
const MINUTE = (new Date().getUTCMinutes() + 30) % 60;
const START = (Math.floor(Date.now() / HOUR_MS) + 24) * HOUR_MS + MINUTE * 60_000;

/** The schedule comes due, or somebody asks for the status, as if it were another time. */
const CLOCK_HOOKS = `
routerAdd("POST", "/test/at", (e) => {
  const engine = require(\`\${__hooks}/erp_sync/engine.js\`);
  const { now, what } = e.requestInfo().body;
  const shift = now - Date.now();
  const live = engine.liveEngine();
  const shifted = { ...live, clock: () => live.clock() + shift };
  if (what === "schedule") engine.runScheduled(shifted, "aswan_bom");
  else engine.run(shifted, { stream: "aswan_bom", trigger: "manual", by: "", force: false, allowEmpty: false });
  return e.json(200, {});
}, $apis.requireSuperuserAuth());`;

let erp: Erp;
let server: PocketBaseServer;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 12 }) });
  const env = { ERP_FETCH_RETRY_SECONDS: "0", ERP_METRICS_TOKEN: "t" };
  server = await startQuietly(erp, { hooksDir: hooksWith(CLOCK_HOOKS), env });
  await setOptions(server, {});
  await server.updateSettings({ schedule: `${MINUTE} * * * *` });
  await at(0, "manual");
  expect(await server.runs()).toMatchObject([{ status: "succeeded" }]);
});

const at = (hour: number, what: "schedule" | "manual", minutes = 0): Promise<unknown> =>
  server.pb.send("/test/at", { method: "POST", body: { now: START + hour * HOUR_MS + minutes * 60_000 + 5000, what } });

const time = (hour: number) => new Date(START + hour * HOUR_MS).toISOString().replace("T", " ");

/** How often the ERP is asked while the schedule comes due in these hours. */
async function askedIn(from: number, to: number): Promise<number[]> {
  const asked: number[] = [];
  for (let hour = from; hour <= to; hour++) {
    const before = erp.requests.length;
    await at(hour, "schedule");
    if (erp.requests.length > before) asked.push(hour);
  }
  return asked;
}

async function breaker(): Promise<unknown> {
  return (await server.pb.send("/api/erp/status", {})).streams[0].breaker;
}

it("asks an ERP that keeps failing less and less often, and says so", async () => {
  erp.fault({ kind: "status", status: 404 }, Number.POSITIVE_INFINITY);
  expect(await askedIn(1, 4)).toEqual([1, 2, 3, 4]);
  expect(await breaker()).toEqual({ state: "closed", failures: 4, rests_until: "" });
  // The fifth failure opens it: two hours, then four.
  expect(await askedIn(5, 14)).toEqual([5, 7, 11]);
  const [newest] = await server.runs();
  expect(newest).toMatchObject({ status: "failed", trigger: "schedule" });
  const note = `7 runs in a row have failed, so the next scheduled one is that of ${time(15).slice(0, 16)} UTC`;
  expect(newest?.error).toContain("answered 404");
  expect(newest?.error).toContain(note);

  const status = await server.pb.send("/api/erp/status", {});
  const open = { state: "open", failures: 7, rests_until: time(15) };
  expect(status.streams[0]).toMatchObject({ breaker: open, next_run_at: time(15) });
  const { stdout } = await server.cli(["status"]);
  expect(stdout).toContain("aswan_bom: 7 runs in a row have failed, so the ERP is asked less often");
  const health = await server.pb.send("/api/erp/health/source", {});
  expect(health).toMatchObject({ status: "degraded", reasons: [expect.stringContaining(note)] });
  const metrics = await fetch(`${server.url}/api/erp/metrics/prometheus`, { headers: { Authorization: "Bearer t" } });
  const samples = parseExposition(await metrics.text());
  const value = (name: string) => samples.find((each) => each.name === name)?.samples[0]?.value;
  expect([value("erp_sync_breaker_open"), value("erp_sync_failures_in_a_row")]).toEqual([1, 7]);
  expect(await server.runs('status = "skipped"')).toEqual([]);
});

it("lets a person through, whatever the schedule waits for", async () => {
  const before = (await server.runs()).length;
  const run = await server.runSync();
  expect(run).toMatchObject({ status: "failed", trigger: "manual" });
  // "Run now" on the admin UI's cron page: outside the schedule's minutes that can only be a person.
  await at(13, "schedule", 20);
  expect(await server.runs()).toHaveLength(before + 2);
});

it("goes back to the schedule with the first run that does not fail", async () => {
  erp.clearFaults();
  erp.factory.changeRow(0);
  // The last failure was at 13:20: the 9th in a row, so the trial is the last one within four hours of it.
  expect(await askedIn(14, 18)).toEqual([17, 18]);
  expect(await breaker()).toEqual({ state: "closed", failures: 0, rests_until: "" });
  await server.expectTarget(erp.factory.rows());
});
