/** @typedef {ReturnType<typeof import("./results.mjs").summarize>} Summary */

const CASE_HEAD = [
  "case",
  "transport",
  "ms",
  "store ms",
  "push ms",
  "rows/s",
  "µs/row",
  "CPU µs/row",
  "peak MB",
  "stall ms",
  "database MB",
  "ratio",
];

/**
 * The results as Markdown.
 * @param {Summary} summary
 * @returns {string}
 */
export function formatTables({ sizes, scripts, queue, people }) {
  const parts = sizes.flatMap((size) => [
    `### ${count(size.rows)} rows, ${size.answer_mb} MB`,
    referenceTable(size.references),
    caseTable(size.cases),
  ]);
  if (scripts.length > 0) parts.push("### A script instead", scriptTable(scripts));
  if (queue) {
    const { jobs = 0, finished = 0, ms = 0, jobs_s = 0 } = queue;
    parts.push(
      "### Jobs without a push",
      table(["jobs", "finished before", "ms", "jobs/s"], [[jobs, finished, ms, jobs_s].map(count)]),
    );
  }
  for (const [id, { quiet, during }] of Object.entries(people)) {
    parts.push(`### What people feel: ${id}`, peopleTable(quiet, during));
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

/** @param {Awaited<ReturnType<typeof import("./growth.mjs").measureGrowth>>} growth */
export function formatGrowth({ rows, days, retention, looks }) {
  const lines = looks.map((one) => [
    String(one.day),
    ...[one.raw, one.jobs, one.log, one.run_records].map(count),
    one.database_mb.toFixed(1),
    ...[one.run_ms, one.tick_ms, one.cpu_ms].map(count),
  ]);
  const head = [
    "day",
    "raw rows",
    "jobs",
    "log entries",
    "run records",
    "database MB",
    "run ms",
    "tick ms",
    "CPU ms an hour",
  ];
  const kept = Object.entries(retention).map(([name, value]) => `${name} ${value}`);
  const title = `### ${count(rows)} rows, ${days} days of hourly runs, 1 % changed in each; ${kept.join(", ")}`;
  return `${title}\n\n${table(head, lines)}`;
}

/** @param {Summary["sizes"][number]["references"]} references */
function referenceTable(references) {
  const lines = Object.entries(references).map(([name, { ms = 0, cpu_ms, peak_mb }]) => [
    name.replace("send", "$http.send"),
    count(ms),
    cpu_ms === undefined ? "" : count(cpu_ms),
    peak_mb === undefined ? "" : count(peak_mb),
  ]);
  return lines.length === 0 ? "" : table(["bare fetch", "ms", "CPU ms", "peak MB"], lines);
}

/** @param {Summary["sizes"][number]["cases"]} cases */
function caseTable(cases) {
  const lines = cases.map((one) => [
    one.title,
    one.transport,
    ...[one.ms, one.store_ms, one.push_ms, one.rows_s, one.us_row, one.cpu_us_row, one.peak_mb].map(count),
    one.stall_ms === null ? "" : count(one.stall_ms),
    count(one.database_mb),
    one.ratio === null ? "" : `${one.ratio} × ${one.ratio_of}`,
  ]);
  return lines.length === 0 ? "" : table(CASE_HEAD, lines);
}

/** @param {Summary["scripts"]} scripts */
function scriptTable(scripts) {
  const lines = scripts.map(({ title, rows, rows_s, cpu_us_row, peak_mb }) => [
    title,
    ...[rows, rows_s, cpu_us_row, peak_mb].map(count),
  ]);
  return table(["variant", "rows", "rows/s", "CPU µs/row of the server", "peak MB"], lines);
}

/**
 * @param {Summary["people"][string]["quiet"]} quiet
 * @param {Summary["people"][string]["during"]} during
 */
function peopleTable(quiet, during) {
  const lines = Object.entries(during).map(([what, latency]) => {
    const before = quiet[/** @type {keyof typeof quiet} */ (what)];
    return [what, ...[before.p50, before.p99, latency.p50, latency.p99, latency.max].map(count)];
  });
  return table(["ms", "before p50", "before p99", "during p50", "during p99", "longest"], lines);
}

/**
 * @param {string[]} head
 * @param {string[][]} lines
 */
function table(head, lines) {
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const row = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at < 2 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [row(head), rule, ...lines.map(row)].join("\n");
}

/** @param {number} value */
function count(value) {
  return (value >= 100 ? Math.round(value) : value).toLocaleString("en-US");
}
