import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metricFamilies } from "../../../src/operate/metric-families";
import { expositionText } from "../../../src/operate/prometheus-text";
import { type Parsed, parseExposition } from "./exposition-parser";
import { streamFacts } from "./stream-facts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../../..", path), "utf8");
const errors = [{ stage: "normalize", type: "not_a_number", rows: 2 }];
const metrics = parseExposition(expositionText(metricFamilies([streamFacts({}, { errors })], Date.now())));
/** Of our labels, those whose values are ours as well. */
const CLOSED = ["status", "outcome"];
/** Prometheus and Grafana put these on or take them up. */
const FOREIGN = ["stream", "le"];

/** What a query asks for that the exposition does not have. */
function faults(query: string): string[] {
  const found: string[] = [];
  for (const [, name = "", selector = ""] of query.matchAll(/\b(erp_sync_\w+)(?:\{([^}]*)\})?/g)) {
    const metric = metrics.find((each) => each.name === name);
    if (!metric) found.push(`there is no metric ${name}`);
    else found.push(...selectorFaults(metric, selector));
  }
  return found;
}

function selectorFaults({ name, samples }: Parsed, selector: string): string[] {
  return Array.from(selector.matchAll(/(\w+)(=~|=)"([^"]*)"/g)).flatMap(([, label = "", operator, values = ""]) => {
    const known = new Set(samples.map((sample) => sample.labels[label]));
    if (known.has(undefined)) return [`${name} has no label ${label}`];
    if (!CLOSED.includes(label)) return [];
    const asked = operator === "=~" ? values.split("|") : [values];
    return asked.filter((value) => !known.has(value)).map((value) => `${name} has no ${label} "${value}"`);
  });
}

/** Labels that a query groups by. */
const groupedBy = (query: string) =>
  Array.from(query.matchAll(/\bby \(([^)]*)\)/g)).flatMap(([, list = ""]) =>
    list.split(",").map((each) => each.trim()),
  );

const named = (text: string) => new Set(Array.from(text.matchAll(/\berp_sync_\w+/g), ([name]) => name));

describe("the check itself", () => {
  it.each([
    ["erp_sync_jobz > 0", ["there is no metric erp_sync_jobz"]],
    ['erp_sync_jobs{state="dead"}', ["erp_sync_jobs has no label state"]],
    ['erp_sync_jobs{status="died"}', ['erp_sync_jobs has no status "died"']],
    ['erp_sync_last_run_rows{stream=~"$stream", outcome=~"new|old"}', ['erp_sync_last_run_rows has no outcome "old"']],
  ])("sees what is wrong with %s", (query, expected) => {
    expect(faults(query)).toEqual(expected);
  });
});

describe("deploy/prometheus-alerts.yml", () => {
  const text = read("deploy/prometheus-alerts.yml");
  const rules = text.split(/^ {6}- alert: /m).slice(1);

  it("asks only for metrics, labels and values that there are", () => {
    expect(named(text).size).toBeGreaterThan(8);
    expect(faults(text)).toEqual([]);
    expect(Array.from(named(text)).filter((name) => !metrics.some((each) => each.name === name))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.split("\n")[0] ?? "", rule]))(
    "%s has an expression, a severity and a summary",
    (name, rule) => {
      expect(name).toMatch(/^ErpSync[A-Za-z]+$/);
      expect(rule).toMatch(/^ {8}expr: .+$/m);
      expect(rule).toMatch(/^ {10}severity: (critical|warning|info)$/m);
      expect(rule).toMatch(/^ {10}summary: ".+"$/m);
    },
  );

  it("names each alert once", () => {
    const names = rules.map((rule) => rule.split("\n")[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(8);
  });
});

describe("deploy/grafana-dashboard.json", () => {
  const text = read("deploy/grafana-dashboard.json");
  const { panels, templating } = JSON.parse(text);
  const queries: string[] = panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
    targets.map(({ expr }) => expr),
  );

  it("asks only for metrics, labels and values that there are", () => {
    expect(queries.flatMap(faults)).toEqual([]);
    expect(Array.from(named(text)).filter((name) => !metrics.some((each) => each.name === name))).toEqual([]);
  });

  it("groups only by labels that there are", () => {
    const labels = new Set([
      ...FOREIGN,
      ...metrics.flatMap((each) => each.samples.flatMap((s) => Object.keys(s.labels))),
    ]);
    expect(queries.flatMap(groupedBy).filter((label) => !labels.has(label))).toEqual([]);
  });

  it("asks for one stream or all of them, from any data source", () => {
    expect(queries.filter((query) => !query.includes('stream=~"$stream"'))).toEqual([]);
    expect(templating.list.map((each: { name: string }) => each.name)).toEqual(["datasource", "stream"]);
    const sources = panels.map((panel: { datasource: { uid: string } }) => panel.datasource.uid);
    expect(new Set(sources)).toEqual(new Set(["${datasource}"]));
  });

  it("numbers its panels and lets none lie on another", () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }: { gridPos: Record<"x" | "y" | "w" | "h", number> }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  });
});
