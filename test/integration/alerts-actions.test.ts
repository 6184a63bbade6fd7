import { describe, expect, it } from "vitest";
import { startReceiver } from "./alert-receivers";
import { alertOf, episodes, failingRun, lookAndDeliver, startAlerted } from "./alerts-instance";
import { waitFor } from "./harness";
import { setOptions, slowAnswer, startSlowRun, untilQuiet } from "./in-flight";
import { listen } from "./realtime";
import { refusalOf } from "./settings-form";
import { sql } from "./test-hooks";

/** Somebody else's hook on finished runs: it writes down what it sees, and fails on request. */
const OTHERS = `onRecordAfterUpdateSuccess((e) => {
  const file = __hooks + "/seen.txt";
  const line = [e.record.id, e.record.original().get("status"), e.record.get("status")].join(" ");
  let seen = "";
  try { seen = toString($os.readFile(file)); } catch (_) {}
  $os.writeFile(file, seen + line + "\\n", 0o644);
  e.next();
  if (seen.split("\\n").length === 3) throw new Error("somebody else's fault");
}, "sync_runs");
routerAdd("GET", "/test/seen", (e) => e.string(200, toString($os.readFile(__hooks + "/seen.txt"))));`;

describe("a run that has ended", () => {
  it("is told to hooks and realtime of PocketBase once, going from running to its status", async () => {
    const here = await startAlerted({ hooks: OTHERS });
    const { server } = here;
    const heard = await listen(server, "sync_runs/*");
    const runs = [await server.runSync(), await failingRun(here), await server.runSync(), await server.runSync()];
    expect(runs.map((run) => run.status)).toEqual(["succeeded", "failed", "succeeded", "succeeded"]);
    const expected = runs.map((run) => `${run.id} running ${run.status}`);
    const seen = async () => (await (await fetch(`${server.url}/test/seen`)).text()).trim().split("\n");
    await waitFor(async () => (await seen()).length >= expected.length, "the hooks to be called");
    expect(await seen()).toEqual(expected);
    await waitFor(() => heard.length >= runs.length, "the realtime messages");
    expect(heard).toEqual(runs.map((run) => `update ${run.id}`));
    expect((await server.runs()).map((run) => run.status)).toEqual(runs.map((run) => run.status).reverse());
  });

  it("is told to them when it was killed, too", async () => {
    const { server, erp } = await startAlerted({ hooks: OTHERS });
    const run = await startSlowRun(server, erp, 60_000);
    await server.kill();
    await server.restart();
    await server.runSync();
    const text = async () => (await fetch(`${server.url}/test/seen`)).text();
    await waitFor(async () => (await text()).includes(`${run} running interrupted`), "the hooks to be called");
  });
});

describe("what only time tells", () => {
  it("opens and closes with the minute's job: a long run, an overlap, a backlog, dead jobs, no success", async () => {
    const slack = await startReceiver();
    const { server, erp } = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url } });
    await server.runSync();
    await startSlowRun(server, erp, 60_000);
    expect(await server.action("sync")).toMatchObject({ status: "skipped" });
    await sql(
      server,
      "UPDATE sync_runs SET started_at = datetime('now', '-20 minutes') || '.000Z' WHERE status = 'running'",
    );
    await lookAndDeliver(server);
    expect((await episodes(server)).sort()).toEqual(["overlap open", "run_long open"]);
    expect(slack.texts().join("\n")).toContain("for more than 15 min (options.alerts.long_minutes)");
    expect(slack.texts().join("\n")).toContain("1 trigger (manual) came at ");
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(2);

    await server.action("pause");
    await untilQuiet(server);
    await server.action("resume");
    slowAnswer(erp, 1);
    await server.runSync();
    await untilQuiet(server);
    await lookAndDeliver(server);
    expect((await episodes(server)).sort()).toEqual(["overlap closed", "run_long closed"]);
    expect(slack.texts().filter((text) => text.includes("ALL CLEAR"))).toHaveLength(2);

    const jobs = await server.jobs();
    const old =
      "status = 'failed', next_attempt_at = '2999-01-01 00:00:00.000Z', created_at = '2020-01-01 00:00:00.000Z'";
    await sql(server, `UPDATE job_queue SET ${old} WHERE id = {:id}`, { id: jobs[0]?.id });
    await sql(server, "UPDATE job_queue SET status = 'dead', last_error = 'no such thing' WHERE id = {:id}", {
      id: jobs[1]?.id,
    });
    await sql(
      server,
      "UPDATE sync_runs SET finished_at = '2020-01-01 00:00:00.000Z', started_at = '2020-01-01 00:00:00.000Z'",
    );
    await setOptions(server, { alerts: { no_success_hours: 26 } });
    await lookAndDeliver(server);
    expect((await episodes(server)).filter((each) => each.endsWith("open")).sort()).toEqual([
      "backlog open",
      "dead_jobs open",
      "no_success open",
    ]);
    expect((await alertOf(server, "dead_jobs")).text).toContain("1 job given up");
    expect((await alertOf(server, "dead_jobs")).text).toContain("no such thing");
    await sql(server, "UPDATE job_queue SET status = 'done'");
    await server.runSync();
    await lookAndDeliver(server);
    expect((await episodes(server)).filter((each) => each.endsWith("open"))).toEqual([]);
  });
});

describe("erp alerts and what one can do about them", () => {
  it("lists, acknowledges, mutes and tests them, and tells a day in a summary", async () => {
    const slack = await startReceiver();
    const here = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url } });
    const { server } = here;
    expect((await server.cli(["alerts"])).stdout).toBe("no alerts\n");
    expect(await refusalOf(server.action("mute", { kind: "run_failed" }))).toMatchObject({ status: 400 });
    await failingRun(here);
    await lookAndDeliver(server);
    const alert = await alertOf(server, "run_failed");
    const { items, ...page } = await server.pb.send("/api/erp/alerts", { query: { stream: "aswan_bom" } });
    expect(page).toEqual({ open_count: 1, total_count: 1, page: 1, page_size: 50 });
    expect(items).toMatchObject([{ id: alert.id, kind: "run_failed", title: "a run failed", closed_at: "", due: "" }]);

    const seen = await server.pb.send(`/api/erp/alerts/${alert.id}/acknowledge`, { method: "POST" });
    expect(seen).toMatchObject({ kind: "run_failed", acknowledged_by: "test@example.com" });
    expect(await refusalOf(server.pb.send("/api/erp/alerts/nobody/acknowledge", { method: "POST" }))).toMatchObject({
      status: 404,
    });

    await server.action("mute", { kind: "run_failed", hours: 1 });
    await server.runSync();
    await failingRun(here);
    await lookAndDeliver(server);
    expect(await episodes(server)).toEqual(["run_failed closed", "run_failed open"]);
    expect(slack.texts()).toHaveLength(1);
    await server.cli(["mute", "aswan_bom", "run_failed", "--hours", "0"]);
    await server.runSync();
    await failingRun(here);
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(2);

    expect((await server.cli(["test-alert", "aswan_bom"])).stdout).toBe("aswan_bom: webhook took it\n");
    expect(slack.texts()[2]).toContain("Nothing is wrong.");
    slack.answer = "refuse";
    const refused = await server.cli(["test-alert", "aswan_bom"]);
    expect(refused).toMatchObject({ code: 1, stdout: "aswan_bom: webhook failed: 127.0.0.1 answered 500\n" });
    slack.answer = "take";

    const minute = new Date(Date.now() - 60_000).toISOString().slice(11, 16);
    await setOptions(server, { alerts: { daily_summary_at: minute } });
    await lookAndDeliver(server);
    await lookAndDeliver(server);
    const summaries = slack.texts().filter((text) => text.includes("the past 24 hours"));
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toContain("Runs: 3 failed, 2 succeeded;");
    expect(summaries[0]).toContain("Open alert: a run failed, since 20");
  });

  it("writes them down where nobody is told", async () => {
    const here = await startAlerted();
    await failingRun(here);
    await lookAndDeliver(here.server);
    expect(await alertOf(here.server, "run_failed")).toMatchObject({ due: "", notified_at: "", closed_at: "" });
    expect(await refusalOf(here.server.action("test-alert"))).toMatchObject({ status: 400 });
    await here.server.runSync();
    await lookAndDeliver(here.server);
    expect(await episodes(here.server)).toEqual(["run_failed closed"]);
  });
});
