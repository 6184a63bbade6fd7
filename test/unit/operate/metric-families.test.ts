import { describe, expect, it } from "vitest";
import { metricFamilies, type StreamFacts } from "../../../src/operate/metric-families";
import { expositionText } from "../../../src/operate/prometheus-text";
import { type Parsed, parseExposition } from "./exposition-parser";
import { aRun, streamFacts } from "./stream-facts";

const NOW = Date.parse("2025-12-08T09:30:00Z");

const metricsOf = (...streams: StreamFacts[]) => parseExposition(expositionText(metricFamilies(streams, NOW)));

/** Samples of one metric as "label=value …: number", without the stream. */
function samples(name: string, ...streams: StreamFacts[]): string[] {
  const metric = metricsOf(...streams).find((each) => each.name === name);
  if (!metric) throw new Error(`there is no metric ${name}`);
  return metric.samples.map(({ labels: { stream, ...labels }, value }) => {
    expect(streams.map((each) => each.status.name)).toContain(stream);
    return [...Object.entries(labels).map((pair) => pair.join("=")), String(value)].join(" ");
  });
}

describe("the metrics", () => {
  it("are all gauges with a sentence each, since what they are read from is pruned; the histogram counts for itself", () => {
    const [histogram, metrics] = [true, false].map((is) =>
      metricsOf(streamFacts()).filter(({ type }) => (type === "histogram") === is),
    ) as [Parsed[], Parsed[]];
    expect(new Set(histogram.map(({ name }) => name.replace(/_[a-z]+$/, "")))).toEqual(
      new Set(["erp_sync_run_duration_seconds"]),
    );
    expect(metrics.length).toBeGreaterThan(20);
    for (const { name, type, help } of metrics) {
      expect(name).toMatch(/^erp_sync_[a-z_]+$/);
      expect(name).not.toMatch(/_(total|count|sum|bucket)$/);
      expect(type).toBe("gauge");
      expect(help).toMatch(/^[A-Z0-9].+\.$|\(\)\.$/);
      if (name.includes("past_day")) expect(help).toMatch(/gauge/);
    }
  });

  it("carry the stream as a label, and are valid without any stream", () => {
    const two = metricsOf(streamFacts(), streamFacts({ name: "inventory" }));
    const streams = two.flatMap((metric) => metric.samples.map((sample) => sample.labels.stream));
    expect(new Set(streams)).toEqual(new Set(["aswan_bom", "inventory"]));
    expect(metricsOf().flatMap((metric) => metric.samples)).toEqual([]);
    expect(metricsOf().map((metric) => metric.name)).toEqual(two.map((metric) => metric.name));
  });

  it("say when the stream ran, runs and will run", () => {
    expect(samples("erp_sync_last_success_timestamp_seconds", streamFacts())).toEqual(["1765184400"]);
    expect(samples("erp_sync_next_run_timestamp_seconds", streamFacts())).toEqual(["1765188000"]);
    expect(samples("erp_sync_running_seconds", streamFacts())).toEqual(["0"]);
    const running = aRun({ status: "running", started_at: "2025-12-08 09:29:00.000Z" });
    expect(samples("erp_sync_running_seconds", streamFacts({ state: "running", running }))).toEqual(["60"]);
    expect(samples("erp_sync_running_seconds", streamFacts({ state: "abandoned", running }))).toEqual(["0"]);
  });

  it("leave out what has not happened yet", () => {
    const fresh = streamFacts({ last_run: null, last_success_at: "", next_run_at: "" });
    const absent = metricsOf(fresh).filter((metric) => metric.samples.length === 0);
    expect(absent.map((metric) => metric.name)).toEqual([
      "erp_sync_next_run_timestamp_seconds",
      "erp_sync_last_success_timestamp_seconds",
      "erp_sync_last_run_status",
      "erp_sync_last_run_duration_seconds",
      "erp_sync_last_run_latency_seconds",
      "erp_sync_last_run_bytes",
      "erp_sync_last_run_rows_fetched",
      "erp_sync_last_run_rows",
      "erp_sync_last_run_pushes",
      "erp_sync_errors",
    ]);
  });

  it("tell of the newest run its status, its size and its outcomes", () => {
    const facts = streamFacts({ last_run: aRun({ status: "partial", rows_invalid: 2, pushed_failed: 1 }) });
    expect(samples("erp_sync_last_run_status", facts)).toEqual([
      "status=succeeded 0",
      "status=partial 1",
      "status=failed 0",
      "status=stopped 0",
      "status=interrupted 0",
    ]);
    expect(samples("erp_sync_last_run_duration_seconds", facts)).toEqual(["3.5"]);
    expect(samples("erp_sync_last_run_latency_seconds", facts)).toEqual(["0.25"]);
    expect(samples("erp_sync_last_run_bytes", facts)).toEqual(["140000"]);
    expect(samples("erp_sync_last_run_rows", facts)).toEqual([
      "outcome=new 3",
      "outcome=changed 0",
      "outcome=rekeyed 0",
      "outcome=touched 0",
      "outcome=unchanged 97",
      "outcome=duplicate 0",
      "outcome=superseded 0",
      "outcome=left 0",
      "outcome=held 0",
      "outcome=invalid 2",
    ]);
    expect(samples("erp_sync_last_run_pushes", facts)).toEqual([
      "outcome=inserted 3",
      "outcome=updated 0",
      "outcome=deleted 0",
      "outcome=unchanged 0",
      "outcome=failed 1",
      "outcome=waiting 0",
    ]);
  });

  it("spread the runs over how long they took, the last bound being none", () => {
    const spread = samples("erp_sync_run_duration_seconds_bucket", streamFacts());
    expect(spread.slice(0, 6)).toEqual(["le=1 0", "le=5 1", "le=15 1", "le=30 1", "le=60 1", "le=120 2"]);
    expect(spread.at(-1)).toBe("le=+Inf 2");
    expect(samples("erp_sync_run_duration_seconds_sum", streamFacts())).toEqual(["73.5"]);
    expect(samples("erp_sync_run_duration_seconds_count", streamFacts())).toEqual(["2"]);
    expect(samples("erp_sync_run_seconds_past_day", streamFacts())).toEqual(["84"]);
  });

  it("count jobs by status and say how long the oldest has been due", () => {
    const jobs = { queued: 5, processing: 1, failed: 2, dead: 3, done: 900 };
    const facts = streamFacts({ jobs, oldest_due_at: "2025-12-08 09:20:00.000Z" });
    expect(samples("erp_sync_jobs", facts)).toEqual([
      "status=queued 5",
      "status=processing 1",
      "status=failed 2",
      "status=dead 3",
      "status=done 900",
    ]);
    expect(samples("erp_sync_oldest_due_job_age_seconds", facts)).toEqual(["600"]);
    const later = streamFacts({ oldest_due_at: "2025-12-08 09:40:00.000Z" });
    expect(samples("erp_sync_oldest_due_job_age_seconds", later)).toEqual(["0"]);
  });

  it("tell errors by stage and type, and what waits for a person", () => {
    const errors = [
      { stage: "normalize", type: "not_a_number", rows: 2 },
      { stage: "push", type: "refused_by_target", rows: 1 },
    ];
    const facts = streamFacts({ quarantine: 3, held: 7, paused: true }, { errors, overdue: true });
    expect(samples("erp_sync_errors", facts)).toEqual([
      "stage=normalize type=not_a_number 2",
      "stage=push type=refused_by_target 1",
    ]);
    expect(samples("erp_sync_quarantined_rows", facts)).toEqual(["3"]);
    expect(samples("erp_sync_held_rows", facts)).toEqual(["7"]);
    expect(samples("erp_sync_paused", facts)).toEqual(["1"]);
    expect(samples("erp_sync_success_overdue", facts)).toEqual(["1"]);
  });
});
