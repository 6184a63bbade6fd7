import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../../src/sources/http-date";
import {
  afterAttempt,
  type FetchOutcome,
  MAX_RETRY_AFTER_SECONDS,
  parseDelays,
  retryAfterSeconds,
} from "../../../src/sources/retry";

const now = Date.UTC(2025, 11, 1, 8, 0, 0);
const decide = (outcome: FetchOutcome, attempt = 1, delays = [5, 15, 45]) =>
  afterAttempt({ attempt, outcome, delays, now, url: "https://erp.test:8088/api/bom?txnType=BOM" });

describe("tries again", () => {
  it.each<[FetchOutcome, string]>([
    [{ errorKind: "timeout" }, "did not answer in time"],
    [{ errorKind: "connect", errorMessage: "connection refused" }, "did not take the connection (connection refused)"],
    [{ errorKind: "dns" }, "has a host name that could not be resolved"],
    [{ errorKind: "cut", status: 200 }, "broke off in the middle of the answer"],
    [
      { errorKind: "cut", errorMessage: "9 bytes arrived", said: '"…}]<br>"' },
      'broke off in the middle of the answer (9 bytes arrived; it ends with "…}]<br>")',
    ],
    [{ errorKind: "other" }, "could not be read"],
    [{}, "gave no answer"],
    [{ status: 408 }, "answered 408"],
    [{ status: 429 }, "answered 429"],
    [{ status: 500 }, "answered 500"],
    [{ status: 503 }, "answered 503"],
    [{ status: 500, said: '"Out of memory"' }, 'answered 500 ("Out of memory")'],
    [{ status: 599 }, "answered 599"],
  ])("after %j", (outcome, words) => {
    expect(decide(outcome)).toEqual({ again: true, waitSeconds: 5, message: `https://erp.test:8088/api/bom ${words}` });
  });

  it("after 5, 15 and 45 s, and then no more", () => {
    const waits = [1, 2, 3, 4].map((attempt) => decide({ status: 503 }, attempt));
    expect(waits.slice(0, 3).map((next) => next.again && next.waitSeconds)).toEqual([5, 15, 45]);
    expect(waits[3]).toEqual({
      again: false,
      message:
        "https://erp.test:8088/api/bom answered 503; given up after 4 attempts: check that the ERP is up and what its log says",
    });
  });

  it("never with an empty list of delays", () => {
    expect(decide({ errorKind: "timeout" }, 1, [])).toEqual({
      again: false,
      message:
        "https://erp.test:8088/api/bom did not answer in time; given up after 1 attempt: check that the ERP is up, or raise options.source.timeout_seconds",
    });
  });

  it.each([
    ["a longer wait in seconds", "60", 60],
    ["a shorter wait: its own delay stays", "1", 5],
    ["a date", "Mon, 01 Dec 2025 08:02:00 GMT", 120],
    ["a date that is over", "Mon, 01 Dec 2025 07:00:00 GMT", 5],
    ["15 minutes", "900", 900],
    ["more than 15 minutes: no longer than those", "901", 900],
    ["nothing readable", "soon", 5],
  ])("no sooner than Retry-After asks for: %s", (_, retryAfter, waitSeconds) => {
    expect(decide({ status: 429, retryAfter })).toMatchObject({ again: true, waitSeconds });
  });
});

describe("ends the run", () => {
  it.each<[FetchOutcome, string]>([
    [
      { status: 400 },
      "answered 400: the ERP does not understand the request, check source_url, options.source.query and from_date",
    ],
    [{ status: 401 }, "answered 401: check options.source.auth and the variable it names, such as ERP_TOKEN"],
    [
      { status: 403 },
      "answered 403: the account behind options.source.auth (such as ERP_TOKEN) may not read this, ask the ERP's administrator",
    ],
    [{ status: 404 }, "answered 404: there is nothing at this address, check source_url"],
    [{ status: 418 }, "answered 418: the ERP refuses this request, check source_url and options.source"],
    [{ status: 302 }, "answered 302: the ERP has moved, set source_url to the new address"],
    [
      { errorKind: "tls", errorMessage: "unable to get local issuer certificate" },
      "has a TLS certificate that is not trusted, or no usable TLS (unable to get local issuer certificate): give the ERP's certificate authority as SSL_CERT_FILE or options.source.cacert, or have the certificate renewed",
    ],
    [
      { errorKind: "too_large", status: 200 },
      "sent more than options.source.max_bytes: check what the ERP sends, or raise options.source.max_bytes; nothing was taken",
    ],
  ])("after %j with a sentence that says what to do", (outcome, words) => {
    expect(decide(outcome)).toEqual({ again: false, message: `https://erp.test:8088/api/bom ${words}` });
  });

  it("after every 4xx but 408 and 429, and never after 5xx", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 599 }),
        (status) => decide({ status }).again === (status >= 500 || status === 408 || status === 429),
      ),
    );
  });
});

it("always waits between its own delay and the longest Retry-After", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 3 }), (retryAfter, attempt) => {
      const next = decide({ status: 503, retryAfter }, attempt);
      expect(next.again && next.waitSeconds).toBeGreaterThanOrEqual([5, 15, 45][attempt - 1] ?? 0);
      expect(next.again && next.waitSeconds).toBeLessThanOrEqual(MAX_RETRY_AFTER_SECONDS);
    }),
  );
});

describe("parseDelays", () => {
  it.each([
    ["", [5, 15, 45]],
    ["  ", [5, 15, 45]],
    ["5,15,45", [5, 15, 45]],
    [" 1 , 0.25 ", [1, 0.25]],
    ["0", [0]],
    ["3600", [3600]],
    ["1,1,1,1,1,1,1,1,1,1", Array(10).fill(1)],
  ])("reads %j as %j", (text, delays) => {
    expect(parseDelays(text)).toEqual(delays);
  });

  it.each([
    ["5,x", '"x" in "5,x"'],
    ["5,,15", '"" in "5,,15"'],
    ["-1", '"-1" in "-1"'],
    ["3601", '"3601" in "3601"'],
    ["1e9", '"1e9" in "1e9"'],
    ["1,1,1,1,1,1,1,1,1,1,1", "11 entries in"],
  ])("refuses %j", (text, shown) => {
    expect(() => parseDelays(text)).toThrow(`ERP_FETCH_RETRY_SECONDS: ${shown}`);
  });

  it("gives each caller a list of its own", () => {
    parseDelays("").push(1);
    expect(parseDelays("")).toEqual([5, 15, 45]);
  });
});

describe("HTTP dates", () => {
  const time = Date.UTC(1994, 10, 6, 8, 49, 37);

  it.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", time],
    ["Sunday, 06-Nov-94 08:49:37 GMT", time],
    ["Sun Nov  6 08:49:37 1994", time],
    ["Sun Nov 16 08:49:37 1994", Date.UTC(1994, 10, 16, 8, 49, 37)],
    [" sun, 06 nov 1994 08:49:37 gmt ", time],
    ["Monday, 01-Dec-25 08:00:00 GMT", now],
    ["Thu, 29 Feb 2024 00:00:00 GMT", Date.UTC(2024, 1, 29)],
  ])("reads %s", (text, expected) => {
    expect(parseHttpDate(text, now)).toBe(expected);
  });

  it.each([
    "",
    "soon",
    "2025-12-01",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 +0100",
    "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, 31 Feb 2025 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 0094 08:49:37 GMT",
  ])("does not guess at %j", (text) => {
    expect(parseHttpDate(text, now)).toBe(null);
  });

  it("reads back whatever toUTCString writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2199-01-01"), noInvalidDate: true }), (date) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000;
        expect(parseHttpDate(new Date(seconds).toUTCString(), now)).toBe(seconds);
      }),
    );
  });

  it.each([
    ["0", 0],
    ["120", 120],
    ["Mon, 01 Dec 2025 08:00:30 GMT", 30],
    ["-5", 0],
    ["1.5", 0],
  ])("Retry-After %j asks for %i s", (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
