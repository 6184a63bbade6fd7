import { describe, expect, it } from "vitest";
import { parseExposition } from "../unit/operate/exposition-parser";
import { TARGET } from "./harness";
import { Monitored, TOKEN } from "./monitoring-instance";
import { sql } from "./test-hooks";

const here = new Monitored();

/** Looks up single values among the metrics as they are now. */
async function metricValues() {
  const metrics = parseExposition((await here.get("metrics/prometheus", `Bearer ${TOKEN}`)).text);
  return (name: string, labels: Record<string, string> = {}) => {
    const samples = metrics.find((metric) => metric.name === name)?.samples;
    return samples?.find((each) => Object.entries(labels).every(([label, is]) => each.labels[label] === is))?.value;
  };
}

describe("GET status", () => {
  it("says when a stream ran and when it runs next, in UTC, and that a paused one does not", async () => {
    const [run] = await here.server.runs();
    const [before] = (await here.get("status")).answer.streams;
    const year = new Date().getUTCFullYear() + 1;
    expect(before).toMatchObject({
      paused: false,
      next_run_at: `${year}-01-01 00:00:00.000Z`,
      last_run: { id: run?.id },
    });
    await here.server.action("pause");
    const [paused] = (await here.get("status")).answer.streams;
    expect(paused).toMatchObject({ paused: true, next_run_at: "" });
    await here.server.action("resume");
  });
});

describe("GET metrics/prometheus", () => {
  it("wants the token, and not a superuser's", async () => {
    const wrong = [
      "",
      TOKEN,
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      "Bearer ",
      `Bearer ${here.server.pb.authStore.token}`,
    ];
    for (const authorization of wrong) {
      const { status, headers, answer } = await here.get("metrics/prometheus", authorization);
      expect({ authorization, status }).toEqual({ authorization, status: 401 });
      expect(headers.get("www-authenticate")).toBe("Bearer");
      expect(answer.error).toContain("ERP_METRICS_TOKEN");
    }
  });

  it("tells in Prometheus' format what the database holds", async () => {
    const { status, headers, text } = await here.get("metrics/prometheus", `Bearer ${TOKEN}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(parseExposition(text).length).toBeGreaterThan(20);
    const value = await metricValues();
    const [run] = await here.server.runs();
    expect(value("erp_sync_known_rows", { stream: "aswan_bom" })).toBe(here.rows);
    expect(value("erp_sync_last_run_rows", { outcome: "new" })).toBe(here.rows);
    expect(value("erp_sync_rows_past_day", { outcome: "new" })).toBe(here.rows);
    expect(value("erp_sync_pushes_past_day", { outcome: "inserted" })).toBe(here.rows);
    expect(value("erp_sync_bytes_past_day")).toBe(run?.bytes);
    expect(value("erp_sync_run_seconds_past_day")).toBe(run && run.duration_ms / 1000);
    expect(value("erp_sync_runs_past_day", { status: "succeeded" })).toBe(1);
    expect(value("erp_sync_run_duration_seconds_bucket", { stream: "aswan_bom", le: "14400" })).toBe(1);
    expect(value("erp_sync_run_duration_seconds_count", { stream: "aswan_bom" })).toBe(1);
    expect(value("erp_sync_run_duration_seconds_sum", { stream: "aswan_bom" })).toBe(run && run.duration_ms / 1000);
    expect(value("erp_sync_last_success_timestamp_seconds")).toBe(Date.parse(run?.started_at) / 1000);
    expect(value("erp_sync_jobs", { status: "dead" })).toBe(0);
    expect(value("erp_sync_jobs", { status: "done" })).toBe(here.rows);
    expect(value("erp_sync_success_overdue")).toBe(0);
  });
});

describe("GET health", () => {
  it("tells everybody the status, and superusers why", async () => {
    const [job] = await here.server.jobs();
    await sql(here.server, "UPDATE job_queue SET status = 'dead' WHERE id = {:id}", { id: job?.id });
    const dead = "aswan_bom: 1 dead job: erp failed aswan_bom --include-dead";
    const { status, headers, answer } = await here.get("health");
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(answer).toEqual({
      status: "degraded",
      reasons: [dead],
      warnings: [expect.stringContaining(`anybody who reaches this server may use ${TARGET}`)],
      parts: { database: "ok", source: "ok", target: "degraded", alerts: "ok" },
    });
    expect(await here.get("health", "")).toMatchObject({ status: 200, answer: { status: "degraded" } });
    expect((await here.get("health", "")).answer).toEqual({ status: "degraded" });
    expect((await here.get("health/database")).answer).toEqual({
      status: "ok",
      reasons: [],
      warnings: [],
      parts: { database: "ok" },
    });
    expect((await here.get("health/source", "")).answer).toEqual({ status: "ok" });
    expect((await here.get("health/target")).answer).toMatchObject({ reasons: [dead], parts: { target: "degraded" } });

    const console = await here.server.cli(["health", "target", "--json"]);
    expect(console).toMatchObject({ code: 1 });
    expect(JSON.parse(console.stdout)).toMatchObject({ status: "degraded", reasons: [dead] });
    await sql(here.server, "UPDATE job_queue SET status = 'done'");
    expect((await here.get("health", "")).answer).toEqual({ status: "ok" });
  });

  it("learns of a failing ERP from the newest run, without asking it", async () => {
    here.erp.fault({ kind: "status", status: 404 });
    await here.server.runSync();
    const asked = here.erp.requests.length;
    const { status, answer } = await here.get("health/source");
    expect(status).toBe(200);
    expect(answer).toMatchObject({ status: "degraded", reasons: [expect.stringContaining("answered 404")] });
    expect((await here.get("health", "")).answer).toEqual({ status: "degraded" });
    expect(here.erp.requests).toHaveLength(asked);
    await here.server.runSync();
    expect((await here.get("health/source")).answer).toMatchObject({ status: "ok", reasons: [] });
  });

  it("sees rows that come into quarantine, and is used to them once a run has seen them again", async () => {
    // Its key cannot be read, so it comes as new with every answer.
    here.erp.factory.breakRow(2, "BOM_PIECE_NO", { a: 1 });
    await here.server.runSync();
    expect((await here.get("health/target")).answer).toMatchObject({
      status: "degraded",
      reasons: ["aswan_bom: 1 more row in quarantine since the newest run began; see failed_records"],
    });
    await here.server.runSync();
    expect((await here.get("health/target")).answer).toMatchObject({ status: "ok", reasons: [] });
  });

  it("takes a run that succeeded in part for a success, until two intervals are over", async () => {
    const year = new Date().getUTCFullYear();
    const move = (statuses: string, from: number, to: number) => {
      const moved = ["started_at", "finished_at"].map((name) => `${name} = {:to} || substr(${name}, 5)`);
      return sql(
        here.server,
        `UPDATE sync_runs SET ${moved.join(", ")} WHERE status ${statuses} AND started_at LIKE {:from}`,
        {
          to: String(to),
          from: `${from}%`,
        },
      );
    };
    await move("<> 'partial'", year, year - 3);
    expect((await here.get("health/source")).answer).toMatchObject({ status: "ok", reasons: [] });
    expect((await metricValues())("erp_sync_success_overdue")).toBe(0);
    await move("= 'partial'", year, year - 3);
    expect((await here.get("health/source")).answer).toMatchObject({
      status: "degraded",
      reasons: [expect.stringMatching(`^aswan_bom: no run has succeeded since ${year - 3}-`)],
    });
    expect((await metricValues())("erp_sync_success_overdue")).toBe(1);
    await move("<> ''", year - 3, year);
  });

  it("answers 503 when the sync cannot work", async () => {
    await sql(here.server, "UPDATE sync_settings SET target_collection = 'gone'");
    for (const path of ["health", "health/target"]) {
      expect(await here.get(path)).toMatchObject({
        status: 503,
        answer: { status: "failed", reasons: ["aswan_bom: collection gone does not exist"] },
      });
      expect(await here.get(path, "")).toMatchObject({ status: 503 });
    }
    await sql(here.server, "UPDATE sync_settings SET target_collection = {:name}", { name: TARGET });
    expect(await here.get("health", "")).toMatchObject({ status: 200 });
  });
});

describe("the metrics of a day", () => {
  it("add up runs of every status", async () => {
    const runs = await here.server.runs();
    const statuses = runs.map((run) => run.status);
    expect(new Set(statuses)).toEqual(new Set(["succeeded", "failed", "partial"]));
    const value = await metricValues();
    for (const status of ["succeeded", "failed", "partial", "skipped"]) {
      const count = statuses.filter((each) => each === status).length;
      expect(value("erp_sync_runs_past_day", { status }), status).toBe(count);
    }
    const sum = (column: string) => runs.reduce((total, run) => total + run[column], 0);
    expect(value("erp_sync_rows_fetched_past_day")).toBe(sum("rows_fetched"));
    expect(value("erp_sync_rows_past_day", { outcome: "unchanged" })).toBe(sum("rows_unchanged"));
    expect(value("erp_sync_run_seconds_past_day")).toBe(sum("duration_ms") / 1000);
    expect(value("erp_sync_last_run_status", { status: "partial" })).toBe(1);
    expect(value("erp_sync_errors", { stage: "key" })).toBe(1);
    expect(value("erp_sync_quarantined_rows")).toBe(1);
  });
});

describe("without ERP_METRICS_TOKEN", () => {
  it("the metrics are closed, also to who sends no token or an empty one", async () => {
    await here.server.restart({ ERP_METRICS_TOKEN: "" });
    for (const authorization of ["", "Bearer ", `Bearer ${TOKEN}`, `Bearer ${here.server.pb.authStore.token}`]) {
      expect(await here.get("metrics/prometheus", authorization)).toMatchObject({
        status: 404,
        answer: { error: "metrics are not served: ERP_METRICS_TOKEN is not set" },
      });
    }
  });
});
