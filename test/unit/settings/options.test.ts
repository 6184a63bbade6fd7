import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generateSettings } from "../../../scripts/build/schema.mjs";
import { defaultsApplied, type Options, readOptions } from "../../../src/settings/options";

const JWT = { secret: "", claims: {}, ttl_seconds: 300 };
const defaults: Options = {
  source: {
    rows_path: "$",
    from_date_param: "",
    query: {},
    headers: {},
    timeout_seconds: 300,
    connect_timeout_seconds: 10,
    transport: "auto",
    cacert: "",
    max_bytes: 2 * 1024 ** 3,
    paging: {
      ...{ kind: "none", param: "", size_param: "limit", page_size: 1000 },
      ...{ start: null, cursor_path: "next_cursor", max_pages: 10_000 },
    },
    daily_rows: 0,
    incremental: { param: "", cursor_field: "", format: "iso", lookback_minutes: 10, full_every_hours: 24 },
    auth: { kind: "none", token: "", username: "", password: "", name: "", value: "", ...JWT },
  },
  diff: { on_duplicate: "keep", version_field: "", window_field: "", ignore_fields: [], max_shrink_percent: 20 },
  parent: { stream: "", key: [], field: "" },
  mark: { fields: {} },
  push: { mode: "auto", batch_size: 1000, touch_field: "" },
  retry: { strategy: "custom", delays_seconds: [30, 120, 600, 1800, 3600], max_retries: 5, base_seconds: 60 },
  breaker: { failures: 5, max_minutes: 240 },
  log: { level: "info", payloads: false },
  run: { max_minutes: 0 },
  alerts: {
    webhook: "",
    email: [],
    off: [],
    long_minutes: 15,
    many_changes: 10_000,
    backlog_minutes: 180,
    failure_percent: 20,
    no_success_hours: 0,
    daily_summary_at: "",
    on_finish: "",
  },
  retention: {
    jobs_days: 14,
    log_days: 30,
    history_days: 0,
    runs_days: 180,
    quarantine_days: 90,
    tombstones_days: 365,
    max_runs: 0,
  },
  archive: { to: "none", prefix: "erp", days: 30, required: false, timeout_seconds: 120 },
};

const bytesOf = (text: string) => Array.from(new TextEncoder().encode(text));

describe("defaultsApplied", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["blank text", ""],
    ["an empty object", {}],
    ["empty JSON text", "{}"],
    ["no bytes, as an unset json field arrives", []],
    ["the bytes of null", bytesOf("null")],
  ])("fills every default in for %s", (_, value) => {
    expect(defaultsApplied(value)).toEqual(defaults);
  });

  it("keeps what is given and fills in its neighbours", () => {
    const options = defaultsApplied({
      retry: { max_retries: 2 },
      source: { auth: { kind: "bearer", token: "${ERP_TOKEN}" } },
    });
    expect(options.retry).toEqual({ ...defaults.retry, max_retries: 2 });
    expect(options.source.auth).toEqual({ ...defaults.source.auth, kind: "bearer", token: "${ERP_TOKEN}" });
  });

  it("does not change its argument, nor what an earlier call returned", () => {
    const given = { source: {} };
    defaultsApplied(given).retry.delays_seconds.push(1);
    expect(given).toEqual({ source: {} });
    expect(defaultsApplied(given)).toEqual(defaults);
  });

  it("reads JSON text and the bytes of JSON text", () => {
    const text = '{"source":{"headers":{"X-Ort":"Köln"}}}';
    expect(defaultsApplied(text).source.headers).toEqual({ "X-Ort": "Köln" });
    expect(defaultsApplied(bytesOf(text)).source.headers).toEqual({ "X-Ort": "Köln" });
  });

  it("throws one error that names every bad option", () => {
    expect(() => defaultsApplied({ push: { batch_size: 0 }, run: { max_minutes: "x" } })).toThrow(
      'options.push.batch_size: 0 is out of range (expected 1 to 1000); options.run.max_minutes: "x" is not a whole number (expected 0 to 1440)',
    );
  });
});

describe("accepted options", () => {
  it.each<[string, unknown]>([
    ["rows at the top", { source: { rows_path: "$" } }],
    ["rows under names", { source: { rows_path: "data.items" } }],
    ["no from_date parameter", { source: { from_date_param: "" } }],
    ["query values of three types", { source: { query: { txnType: "BOM", size: 100, all: true } } }],
    ["a header", { source: { headers: { "X-Tenant": "dubai" } } }],
    ["the shortest timeout", { source: { timeout_seconds: 1 } }],
    ["the longest timeout", { source: { timeout_seconds: 7200 } }],
    ["the shortest connect timeout", { source: { connect_timeout_seconds: 1 } }],
    ["each transport", { source: { transport: "http" } }],
    ["a CA file", { source: { cacert: "/etc/ssl/erp-ca.pem" } }],
    ["one byte", { source: { max_bytes: 1 } }],
    ["a reference as token", { source: { auth: { kind: "bearer", token: "${ERP_TOKEN}" } } }],
    ["each way with duplicates", { diff: { on_duplicate: "reject" } }],
    ["no shrinking at all", { diff: { max_shrink_percent: 0 } }],
    ["any shrinking", { diff: { max_shrink_percent: 100 } }],
    ["half a percent", { diff: { max_shrink_percent: 0.5 } }],
    ["mark values of every type", { mark: { fields: { a: "x", b: 1, c: true, d: null } } }],
    ["the smallest batch", { push: { batch_size: 1 } }],
    ["the largest batch", { push: { batch_size: 1000 } }],
    ["no retries", { retry: { max_retries: 0 } }],
    ["20 retries", { retry: { max_retries: 20 } }],
    ["a list of one delay", { retry: { delays_seconds: [0] } }],
    ["the longest base", { retry: { base_seconds: 86400 } }],
    ["a day's run", { run: { max_minutes: 1440 } }],
  ])("%s", (_, options) => {
    expect(readOptions(options)).toMatchObject({ ok: true, options });
  });
});

const secret = (path: string, variable: string) =>
  `options.source.auth.${path} must be an environment reference such as \${${variable}}, so that it stays out of the database`;

describe("refused options", () => {
  it.each<[unknown, string]>([
    ["text", 'options: not a JSON object (expected one such as {"push": {"batch_size": 500}})'],
    [[1000], 'options: not a JSON object (expected one such as {"push": {"batch_size": 500}})'],
    [{ sorce: {} }, 'options.sorce: unknown option, did you mean "source"?'],
    [
      { retry: { max_attempts: 3 } },
      "options.retry.max_attempts: unknown option (expected one of strategy, delays_seconds, max_retries, base_seconds)",
    ],
    [{ source: { auth: { kimd: "x" } } }, 'options.source.auth.kimd: unknown option, did you mean "kind"?'],
    [{ source: 3 }, "options.source: 3 is not an object"],
    [
      { source: { rows_path: "data..items" } },
      'options.source.rows_path: "data..items" does not fit (expected something like "data.items")',
    ],
    [{ source: { rows_path: "" } }, 'options.source.rows_path: "" does not fit (expected something like "data.items")'],
    [
      { source: { rows_path: "$.data" } },
      'options.source.rows_path: "$.data" does not fit (expected something like "data.items")',
    ],
    [
      { source: { from_date_param: "from date" } },
      'options.source.from_date_param: "from date" does not fit (expected something like "fromDate")',
    ],
    [{ source: { query: { "a&b": "1" } } }, 'options.source.query: "a&b" cannot be a name there'],
    [{ source: { query: { a: ["1"] } } }, "options.source.query.a: the value is not text or a number or true or false"],
    [{ source: { headers: { "X Y": "1" } } }, 'options.source.headers: "X Y" cannot be a name there'],
    [{ source: { headers: { "X-Api-Key": 12345 } } }, "options.source.headers.X-Api-Key: the value is not text"],
    [{ source: { timeout_seconds: 0 } }, "options.source.timeout_seconds: 0 is out of range (expected 1 to 7200)"],
    [
      { source: { timeout_seconds: 7201 } },
      "options.source.timeout_seconds: 7201 is out of range (expected 1 to 7200)",
    ],
    [
      { source: { connect_timeout_seconds: "10" } },
      'options.source.connect_timeout_seconds: "10" is not a whole number (expected 1 to 7200)',
    ],
    [{ source: { transport: "ftp" } }, 'options.source.transport: "ftp" is not one of auto, curl, http'],
    [{ source: { cacert: 1 } }, "options.source.cacert: 1 is not text"],
    [
      { source: { max_bytes: 0.5 } },
      "options.source.max_bytes: 0.5 is not a whole number (expected 1 to 1099511627776)",
    ],
    [{ source: { auth: "tok_live_123" } }, "options.source.auth: the value is not an object"],
    [
      { source: { auth: { kind: "oauth" } } },
      'options.source.auth.kind: "oauth" is not one of none, bearer, basic, header, jwt_hs256',
    ],
    [{ source: { auth: { token: "tok_live_123" } } }, secret("token", "ERP_TOKEN")],
    [{ source: { auth: { token: "Bearer ${ERP_TOKEN}" } } }, secret("token", "ERP_TOKEN")],
    [{ source: { auth: { token: "${ERP_TOKEN:-tok_live_123}" } } }, secret("token", "ERP_TOKEN")],
    [{ source: { auth: { password: 12345 } } }, secret("password", "ERP_PASSWORD")],
    [{ source: { auth: { value: "${API_KEY}" } } }, secret("value", "ERP_API_KEY")],
    [{ diff: { on_duplicate: "first" } }, 'options.diff.on_duplicate: "first" is not one of keep, last, reject'],
    [{ diff: { max_shrink_percent: 101 } }, "options.diff.max_shrink_percent: 101 is out of range (expected 0 to 100)"],
    [{ mark: { fields: { a: {} } } }, "options.mark.fields.a: {} is not text or a number or true or false or null"],
    [{ push: { batch_size: 1001 } }, "options.push.batch_size: 1001 is out of range (expected 1 to 1000)"],
    [
      { retry: { strategy: "none" } },
      'options.retry.strategy: "none" is not one of exponential, linear, fixed, custom',
    ],
    [{ retry: { delays_seconds: [] } }, "options.retry.delays_seconds: the list has 0 entries (expected 1 to 20)"],
    [
      { retry: { delays_seconds: [30, -1] } },
      "options.retry.delays_seconds.1: -1 is out of range (expected 0 to 86400)",
    ],
    [{ retry: { max_retries: "ten" } }, 'options.retry.max_retries: "ten" is not a whole number (expected 0 to 20)'],
    [{ retry: { max_retries: 21 } }, "options.retry.max_retries: 21 is out of range (expected 0 to 20)"],
    [{ retry: { base_seconds: 0 } }, "options.retry.base_seconds: 0 is out of range (expected 1 to 86400)"],
    [{ run: { max_minutes: 1441 } }, "options.run.max_minutes: 1441 is out of range (expected 0 to 1440)"],
  ])("%j", (options, message) => {
    expect(readOptions(options)).toEqual({ ok: false, problems: [message] });
  });

  it("never quotes a secret, not even from text that is not JSON", () => {
    const said = [
      readOptions({ source: { auth: { token: "tok_live_123" }, headers: { "X-Api-Key": ["tok_live_123"] } } }),
      readOptions('{"source":{"auth":{"token":"tok_live_123"'),
    ];
    expect(JSON.stringify(said)).not.toContain("tok_live_123");
  });
});

describe("the schema", () => {
  it("is the one that its validator and its published copy were made from", async () => {
    for (const [path, text] of await generateSettings()) {
      expect(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"), `${path}: run npm run build`).toBe(
        text,
      );
    }
  });

  it("makes a validator that needs nothing goja lacks", async () => {
    const validator = (await generateSettings()).get("src/settings/options-validator.js") ?? "";
    expect(validator).toContain("function validate");
    expect(validator).not.toMatch(/require\(|new Function|import |\bURL\b|\\p\{/);
  });
});
