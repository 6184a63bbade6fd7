import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStream, type StreamRecord } from "../../../src/settings/stream";
import { base64, percentEncode } from "../../../src/sources/encoding";
import { appendQuery, buildRequest, hostOf } from "../../../src/sources/request";
import { RunFailure } from "../../../src/sync/errors";

const environment: Record<string, string> = {
  ERP_BASE_URL: "https://erp.test:8088",
  ERP_TOKEN: "s3cret/+{x}",
  ERP_PASSWORD: 'p"w',
  ERP_TENANT: "dubai",
  ERP_LONG: "not-named-secret",
};
const getenv = (name: string) => environment[name] ?? "";
const clock = () => Date.UTC(2026, 0, 31, 23, 59);
const ports = { getenv, clock };

const stream = (changes: StreamRecord = {}, source: Record<string, unknown> = {}) =>
  readStream({
    name: "aswan_bom",
    source_url: "${ERP_BASE_URL}/api/bom",
    key_fields: ["a", "b"],
    group_fields: ["a"],
    target_collection: "bom",
    options: { source },
    ...changes,
  });

const request = (changes: StreamRecord = {}, source: Record<string, unknown> = {}) =>
  buildRequest(stream(changes, source), ports);

describe("the address", () => {
  it("is source_url, then options.source.query, then from_date, percent-encoded", () => {
    const built = request(
      { source_url: "${ERP_BASE_URL}/api/bom?x=a%20b", from_date: "2025-12-01" },
      { query: { "type[]": "B&M=ü", size: 100, all: true, t: "${ERP_TENANT}" }, from_date_param: "fromDate" },
    );
    expect(built.url).toBe(
      "https://erp.test:8088/api/bom?x=a%20b&type%5B%5D=B%26M%3D%C3%BC&size=100&all=true&t=dubai&fromDate=2025-12-01",
    );
    expect(built.method).toBe("GET");
  });

  it.each([
    ["https://h", "https://h?a=1"],
    ["https://h?", "https://h?a=1"],
    ["https://h?b=2", "https://h?b=2&a=1"],
    ["https://h?b=2&", "https://h?b=2&a=1"],
    ["https://h?b=2?", "https://h?b=2?&a=1"],
  ])("of %s gets a parameter as %s", (url, expected) => {
    expect(appendQuery(url, [["a", "1"]])).toBe(expected);
    expect(appendQuery(url, [])).toBe(url);
  });

  it("says nothing of from_date when the stream has none", () => {
    expect(request({}, { from_date_param: "fromDate" }).url).toBe("https://erp.test:8088/api/bom");
  });

  it("takes another from_date for one run", () => {
    const built = buildRequest(stream({ from_date: "2025-12-01" }, { from_date_param: "since" }), ports, {
      fromDate: "2026-01-01",
    });
    expect(built.url).toBe("https://erp.test:8088/api/bom?since=2026-01-01");
  });

  it("percent-encodes letters beyond ASCII and signs no address may hold, and keeps what is encoded", () => {
    expect(request({ source_url: "https://erp.test/Stück/😀/{a}|b%20c?f[x]=1" }).url).toBe(
      "https://erp.test/St%C3%BCck/%F0%9F%98%80/%7Ba%7D%7Cb%20c?f[x]=1",
    );
  });

  it("counts a relative from_date from today in UTC, and keeps the question as it is written", () => {
    const moving = stream({ from_date: "-30d" }, { from_date_param: "since" });
    expect(buildRequest(moving, ports).url).toBe("https://erp.test:8088/api/bom?since=2026-01-01");
    const tomorrow = { getenv, clock: () => clock() + 60_000 };
    expect(buildRequest(moving, tomorrow).url).toBe("https://erp.test:8088/api/bom?since=2026-01-02");
    expect(buildRequest(moving, tomorrow).scopeText).toBe(buildRequest(moving, ports).scopeText);
    expect(request({ from_date: "2026-01-01" }, { from_date_param: "since" }).scopeText).not.toBe(
      buildRequest(moving, ports).scopeText,
    );
  });

  it("is refused when a from_date would be sent nowhere", () => {
    expect(() => buildRequest(stream(), ports, { fromDate: "2026-01-01" })).toThrow(
      'stream "aswan_bom": from_date "2026-01-01" would be sent nowhere',
    );
  });

  it.each([
    ["${ERP_LOST}/x", "environment variable ERP_LOST is not set"],
    ["${ERP_TENANT}/x", 'source_url: "${ERP_TENANT}/x" is not a URL'],
    ["https://${ERP_TENANT}@erp.test/", "holds a user name or password"],
  ])("is refused as a failure of the settings when it is %s", (sourceUrl, message) => {
    expect(() => request({ source_url: sourceUrl })).toThrow(RunFailure);
    expect(() => request({ source_url: sourceUrl })).toThrow(message);
  });

  it("is refused when ERP_ALLOWED_HOSTS has come to leave its host out", () => {
    const changed = (name: string) => (name === "ERP_ALLOWED_HOSTS" ? "other.test" : getenv(name));
    expect(() => buildRequest(stream(), { ...ports, getenv: changed })).toThrow(
      "leads to a host that ERP_ALLOWED_HOSTS does not name",
    );
  });
});

describe("headers", () => {
  it("ask for JSON, or for what the stream says in any spelling of the name", () => {
    expect(request().headers).toEqual({ Accept: "application/json" });
    expect(request({}, { headers: { accept: "text/json", "X-Tenant": "${ERP_TENANT}" } }).headers).toEqual({
      accept: "text/json",
      "X-Tenant": "dubai",
    });
  });

  it.each([
    [{ kind: "none" }, {}],
    [{ kind: "bearer", token: "${ERP_TOKEN}" }, { Authorization: "Bearer s3cret/+{x}" }],
    [{ kind: "header", name: "X-API-Key", value: "${ERP_TOKEN}" }, { "X-API-Key": "s3cret/+{x}" }],
    [{ kind: "basic", username: "jürgen", password: "${ERP_PASSWORD}" }, { Authorization: "Basic asO8cmdlbjpwInc=" }],
  ])("carry auth %j", (auth, headers) => {
    expect(request({}, { auth }).headers).toEqual({ Accept: "application/json", ...headers });
  });

  it.each(["a\nInjected: 1", "a\r", "a\u0000"])("are refused with the value %j, which is not shown", (value) => {
    const source = { auth: { kind: "bearer", token: "${ERP_TOKEN}" } };
    expect(() =>
      buildRequest(stream({}, source), { clock, getenv: (name) => (name === "ERP_TOKEN" ? value : getenv(name)) }),
    ).toThrow(/auth\.token: the value holds a line break or control character, which no header may$/);
  });
});

it("carries the limits of the stream", () => {
  const built = request(
    {},
    { timeout_seconds: 1800, connect_timeout_seconds: 3, cacert: "/ca/${ERP_TENANT}.pem", max_bytes: 5 },
  );
  expect(built).toMatchObject({ timeoutSeconds: 1800, connectTimeoutSeconds: 3, cacert: "/ca/dubai.pem", maxBytes: 5 });
});

describe("redirects", () => {
  it.each([
    ["are followed", {}, "", true],
    [
      "are not followed with a secret in a header",
      { auth: { kind: "header", name: "X-Key", value: "${ERP_TOKEN}" } },
      "",
      false,
    ],
    ["are not followed while only some hosts are allowed", {}, "erp.example.com", false],
  ])("%s", (_, source, allowed, follows) => {
    const hosts = (name: string) => (name === "ERP_ALLOWED_HOSTS" ? allowed : getenv(name));
    const asked = stream({ source_url: "https://erp.example.com/rows" }, source);
    expect(buildRequest(asked, { getenv: hosts, clock }).followRedirects).toBe(follows);
  });
});

describe("redact", () => {
  const built = request(
    { source_url: "${ERP_BASE_URL}/x?api_key=${ERP_TOKEN}" },
    {
      headers: { "X-Custom": "${ERP_LONG}", "X-Tenant": "${ERP_TENANT}", "X-Site": "${ERP_NONE:-default-site}" },
      auth: { kind: "basic", username: "sync", password: "${ERP_PASSWORD}" },
    },
  );

  it("takes secrets out, also encoded ones", () => {
    const shown = built.redact(
      `${built.url} s3cret/+{x} ${percentEncode("s3cret/+{x}")} p"w p\\"w not-named-secret ${built.headers.Authorization}`,
    );
    expect(shown).toBe("https://erp.test:8088/x?api_key=*** *** *** *** *** *** Basic ***");
  });

  it("leaves the rest alone: host, short values and defaults", () => {
    const text = "erp.test:8088 dubai default-site sync";
    expect(built.redact(text)).toBe(text);
    expect(request().redact(text)).toBe(text);
  });

  it("leaves no end of a secret that begins with another one", () => {
    const values: Record<string, string> = { ERP_A_TOKEN: "abcd", ERP_B_TOKEN: "abcd1234" };
    const both = stream({ source_url: "https://h/x" }, { query: { a: "${ERP_A_TOKEN}", b: "${ERP_B_TOKEN}" } });
    expect(buildRequest(both, { clock, getenv: (name) => values[name] ?? "" }).redact("abcd1234 abcd")).toBe("*** ***");
  });

  it("leaves no secret in any request's own url and headers", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-~]{6,20}$/).filter((secret) => !/[#&]/.test(secret)),
        (secret) => {
          const any = buildRequest(
            stream(
              { source_url: "https://h/x?token=${ERP_S}" },
              { query: { password: "${ERP_S}" }, auth: { kind: "bearer", token: "${ERP_S}" } },
            ),
            { clock, getenv: (name) => (name === "ERP_S" ? secret : "") },
          );
          expect(any.redact(any.url)).toBe("https://h/x?token=***&password=***");
          expect(any.redact(`${any.headers.Authorization}`)).toBe("Bearer ***");
        },
      ),
    );
  });
});

describe("scopeText", () => {
  const base = request(
    { from_date: "2025-12-01" },
    { from_date_param: "fromDate", query: { a: "1", b: "2" } },
  ).scopeText;
  const same: StreamRecord = { from_date: "2025-12-01" };
  const sameSource = { from_date_param: "fromDate", query: { b: "2", a: "1" } };

  it("is the same for the same question, whatever the order of its parameters and its limits", () => {
    expect(request(same, { ...sameSource, timeout_seconds: 5 }).scopeText).toBe(base);
  });

  it.each<[string, StreamRecord, Record<string, unknown>]>([
    ["address", { source_url: "${ERP_BASE_URL}/api/other" }, {}],
    ["query", {}, { query: { a: "1" } }],
    ["header", {}, { headers: { "X-Tenant": "cairo" } }],
    ["from_date", { from_date: "2025-11-01" }, {}],
    ["key fields", { key_fields: ["a", "c"] }, {}],
    ["group fields", { group_fields: ["b"] }, {}],
    ["target", { target_collection: "other" }, {}],
    ["rows path", {}, { rows_path: "data" }],
  ])("changes with the %s", (_, changes, source) => {
    expect(request({ ...same, ...changes }, { ...sameSource, ...source }).scopeText).not.toBe(base);
  });

  it("changes with the from_date of one run", () => {
    expect(buildRequest(stream(same, sameSource), ports, { fromDate: "2025-01-01" }).scopeText).not.toBe(base);
  });

  it("changes when a variable leads to another ERP or tenant", () => {
    const tenant = stream({ source_url: "${ERP_BASE_URL}/x" }, { headers: { "X-Tenant": "${ERP_TENANT}" } });
    const scope = (changed: Record<string, string>) =>
      buildRequest(tenant, { clock, getenv: (name) => changed[name] ?? getenv(name) }).scopeText;
    expect(scope({ ERP_BASE_URL: "https://test-erp.test" })).not.toBe(scope({}));
    expect(scope({ ERP_TENANT: "cairo" })).not.toBe(scope({}));
  });

  it("holds no secret and stays the same when one is renewed", () => {
    const secretive = stream(
      { source_url: "https://erp.test/x?api_key=${ERP_LONG}" },
      {
        headers: { "X-Api-Key": "${ERP_LONG}" },
        query: { q: "${ERP_TOKEN}" },
        auth: { kind: "bearer", token: "${ERP_TOKEN}" },
      },
    );
    const renewed = buildRequest(secretive, {
      clock,
      getenv: (name) => (name in environment ? "renewed" : ""),
    }).scopeText;
    expect(buildRequest(secretive, ports).scopeText).toBe(renewed);
    expect(renewed).not.toContain("renewed");
  });
});

describe("hostOf", () => {
  it.each([
    ["https://ERP.Test:8088/x?y", "erp.test"],
    ["http://[::1]:80/", "[::1]"],
    ["http://10.0.0.5", "10.0.0.5"],
    ["not a url", ""],
  ])("of %s is %j", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});

describe("encoding", () => {
  it("makes the base64 that Node makes of any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => base64(text) === Buffer.from(text, "utf8").toString("base64"),
      ),
    );
  });

  it("replaces halves of characters as Node does", () => {
    for (const text of ["\ud800", "\udc00\udc00", "a\ud83dz", "\ud83d\ude00"]) {
      expect(base64(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
    }
  });
});
