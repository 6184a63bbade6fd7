import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Factory } from "../../erp/factory";
import type { CutFraming } from "../../erp/faults";
import { type Erp, startErp } from "../../erp/server";
import { ask } from "./ask";

let erp: Erp;
let whole: string;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 200 }) });
  whole = JSON.stringify(erp.factory.rows());
});
beforeEach(() => erp.clearFaults());
afterAll(() => erp.close());

describe("a cut answer", () => {
  it.each<[CutFraming, string, boolean]>([
    ["length", "promises its length", false],
    ["chunked", "has no last chunk", false],
    ["close", "closes in good order", true],
  ])("framed by %s %s", async (framing, _, complete) => {
    erp.fault({ kind: "cut", framing });
    const answer = await ask(erp);
    expect(answer.status).toBe(200);
    expect(answer.complete).toBe(complete);
    expect(answer.error).toBe(complete ? undefined : "aborted");
    expect(answer.body.length).toBe(Math.floor(Buffer.byteLength(whole) / 2));
    expect(() => JSON.parse(answer.body.toString())).toThrow();
  });

  it("says by its headers how it is framed", async () => {
    erp.fault({ kind: "cut", framing: "length" });
    erp.fault({ kind: "cut", framing: "chunked" });
    erp.fault({ kind: "cut", framing: "close" });
    const [length, chunked, close] = [await ask(erp), await ask(erp), await ask(erp)];
    expect(length.headers["content-length"]).toBe(String(Buffer.byteLength(whole)));
    expect(chunked.headers["transfer-encoding"]).toBe("chunked");
    expect(close.httpVersion).toBe("1.0");
    expect(close.headers["content-length"] ?? close.headers["transfer-encoding"]).toBeUndefined();
  });

  it("can end right behind a whole row, so that closing the bracket would make it JSON", async () => {
    erp.fault({ kind: "cut", framing: "close", afterRow: true, at: 0.3 });
    const text = (await ask(erp)).body.toString();
    const rows = JSON.parse(`${text}]`) as unknown[];
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(200);
  });
});

describe("a connection without an answer", () => {
  it("is closed at once by reset", async () => {
    erp.fault({ kind: "reset" });
    await expect(ask(erp)).rejects.toThrow("socket hang up");
  });

  it("stays silent by hang before headers", async () => {
    erp.fault({ kind: "hang", before: "headers" });
    await expect(ask(erp, undefined, { giveUpAfterMs: 150 })).rejects.toThrow("gave up waiting");
  });

  it("stops in the middle by hang before the body's end", async () => {
    erp.fault({ kind: "hang", before: "body-end" });
    const answer = await ask(erp, undefined, { giveUpAfterMs: 150 });
    expect(answer.complete).toBe(false);
    expect(answer.body.length).toBeGreaterThan(0);
    expect(answer.body.length).toBeLessThan(Buffer.byteLength(whole));
  });
});

describe("a wrong answer", () => {
  it.each([
    ["error-object", '{"error":"Timeout expired. The server is not responding."}'],
    ["numbers", "[1,2,3]"],
    ["object", '{"data":[]}'],
    ["null", "null"],
    ["no-body", ""],
  ] as const)("of shape %s is 200 and JSON by its headers", async (shape, text) => {
    erp.fault({ kind: "shape", shape });
    const answer = await ask(erp);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain("application/json");
    expect(answer.body.toString()).toBe(text);
  });

  it("is an HTML page with status 200 by login-page", async () => {
    erp.fault({ kind: "login-page" });
    const answer = await ask(erp);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.body.toString()).toMatch(/^<!DOCTYPE html>/);
  });

  it("is an empty array by empty", async () => {
    erp.fault({ kind: "empty" });
    expect((await ask(erp)).body.toString()).toBe("[]");
  });

  it("is not UTF-8 by latin1", async () => {
    erp.fault({ kind: "latin1" });
    const { body, complete } = await ask(erp);
    expect(complete).toBe(true);
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(body)).toThrow();
    expect(body.toString("latin1")).toContain("Ø");
  });

  it("has the status asked for, and Retry-After where one is given", async () => {
    erp.fault({ kind: "status", status: 401 });
    erp.fault({ kind: "status", status: 429, retryAfter: 2 });
    const [unauthorized, busy] = [await ask(erp), await ask(erp)];
    expect(unauthorized.status).toBe(401);
    expect(unauthorized.headers["www-authenticate"]).toBe("Bearer");
    expect(busy.status).toBe(429);
    expect(busy.headers["retry-after"]).toBe("2");
  });

  it("points elsewhere by redirect", async () => {
    erp.fault({ kind: "redirect", to: "https://erp.invalid/login" });
    const answer = await ask(erp);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe("https://erp.invalid/login");
  });
});

describe("an unusual right answer", () => {
  it("is compressed by gzip", async () => {
    erp.fault({ kind: "gzip" });
    const answer = await ask(erp);
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(answer.body).toString()).toBe(whole);
  });

  it("comes in small pieces by slow, and is whole", async () => {
    erp.fault({ kind: "slow", bytesPerMs: 2000 });
    const answer = await ask(erp);
    expect(answer.complete).toBe(true);
    expect(answer.body.toString()).toBe(whole);
  });
});

describe("the line of faults", () => {
  it("fails as often as asked, in order, then answers right", async () => {
    erp.fault({ kind: "status", status: 500 }, 2);
    erp.fault({ kind: "none" });
    erp.fault({ kind: "empty" });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await ask(erp)).status);
    expect(statuses).toEqual([500, 500, 200]);
    expect((await ask(erp)).body.toString()).toBe("[]");
    expect((await ask(erp)).body.toString()).toBe(whole);
  });

  it("goes on failing when asked for Infinity, until cleared", async () => {
    erp.fault({ kind: "status", status: 503 }, Number.POSITIVE_INFINITY);
    for (let n = 0; n < 4; n++) expect((await ask(erp)).status).toBe(503);
    erp.clearFaults();
    expect((await ask(erp)).status).toBe(200);
  });
});
