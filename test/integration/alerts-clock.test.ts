import { beforeAll, expect, it } from "vitest";
import { type Alerted, episodes, failingRun, startAlerted } from "./alerts-instance";
import { sql } from "./test-hooks";

let all: Alerted;
const look = () => all.server.pb.send("/test/alerts", { method: "POST" });

beforeAll(async () => {
  all = await startAlerted();
  await all.server.runSync();
});

it("a run that failed while the clock was years ahead is over once later runs succeed", async () => {
  const { id } = await failingRun(all);
  const time = "2090-01-01 00:00:00.000Z";
  await sql(all.server, `UPDATE sync_runs SET started_at = '${time}', finished_at = '${time}' WHERE id = '${id}'`);
  await look();
  expect(await episodes(all.server)).toEqual(["run_failed open"]);
  all.erp.clearFaults();
  await all.server.runSync();
  await look();
  expect(await episodes(all.server)).toEqual(["run_failed closed"]);
  // Newest is what was made last, whatever a clock said.
  expect((await all.server.pb.send("/api/erp/health", {})).status).toBe("ok");
  const { streams } = await all.server.pb.send("/api/erp/status", {});
  const [{ last_run, last_success_at }] = streams;
  expect([last_run.status, last_success_at]).toEqual(["succeeded", last_run.started_at]);
});

it("a job that was dead for days waits since it was retried, not since it was made", async () => {
  const days = "strftime('%Y-%m-%d %H:%M:%fZ', 'now', '-5 days')";
  await sql(all.server, "UPDATE erp_raw_data SET pushed_hash = 'x' WHERE rowid = 1");
  await sql(
    all.server,
    `UPDATE job_queue SET status = 'dead', created_at = ${days} WHERE payload_ref = (SELECT id FROM erp_raw_data WHERE rowid = 1)`,
  );
  await all.server.updateSettings({ paused: true });
  const { retried } = await all.server.pb.send("/api/erp/jobs/retry", {
    method: "POST",
    body: { stream: "aswan_bom" },
  });
  expect(retried).toBe(1);
  await all.server.updateSettings({ paused: false });
  await look();
  expect(await episodes(all.server)).not.toContain("backlog open");
  await sql(all.server, `UPDATE job_queue SET next_attempt_at = ${days} WHERE status = 'queued'`);
  await look();
  expect(await episodes(all.server)).toContain("backlog open");
  const { status, reasons } = await all.server.pb.send("/api/erp/health", {});
  expect(status).toBe("degraded");
  expect(reasons).toEqual([expect.stringMatching(/^aswan_bom: 1 job waiting to be pushed, the oldest since .* UTC/)]);
});
