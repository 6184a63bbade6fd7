import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { dump, setSource, startWithErp, TRANSPORTS } from "./answers-instance";
import { atEndOfFile, type PocketBaseServer } from "./harness";

const ROW = JSON.stringify({ TXN_TYPE: "BOM", BOM_WORKORDER_BASE_ID: "AW-1", BOM_PIECE_NO: 10, CUST_ORDER_ID: "x" });
const ANSWER = `[${ROW},${ROW.replace("10", "20")}]`;

/** Answers in the ways in which an answer's size is known late or never. */
const WAYS: Record<string, (response: ServerResponse) => void> = {
  "/length": (response) => response.writeHead(200, { "Content-Length": ANSWER.length }).end(ANSWER),
  "/chunked": (response) => {
    response.write(ANSWER.slice(0, 20));
    setTimeout(() => response.end(ANSWER.slice(20)), 5);
  },
  "/compressed": (response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(ANSWER)),
  "/endless": (response) => {
    const timer = setInterval(() => response.write("[".padEnd(10_000)), 5);
    response.once("close", () => clearInterval(timer));
  },
};

let server: PocketBaseServer;
let url: string;
let before: string;
let open = 0;
beforeAll(async () => {
  const http = createServer((request, response) => {
    open++;
    response.once("close", () => open--);
    WAYS[request.url?.split("?")[0] ?? ""]?.(response);
  }).listen(0, "127.0.0.1");
  atEndOfFile(() => {
    http.closeAllConnections();
    http.close();
  });
  ({ server } = await startWithErp());
  await server.runSync();
  before = await dump(server);
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

describe.each(TRANSPORTS)("by %s", (transport) => {
  it.each(["/length", "/chunked", "/compressed"])("refuses an answer over max_bytes: %s", async (path) => {
    await server.updateSettings({ source_url: url + path });
    await setSource(server, { transport, max_bytes: ANSWER.length - 1 });
    const run = await server.runSync();
    expect(run.error.replace(/\(.*?\)/, "(…)")).toBe(
      `${url}${path} sent more than options.source.max_bytes (…): check what the ERP sends, or raise options.source.max_bytes; nothing was taken`,
    );
    expect(run).toMatchObject({ status: "failed", transport });
    expect(await dump(server)).toBe(before);
  });

  it.each(["/length", "/chunked", "/compressed"])("takes one of just max_bytes: %s", async (path) => {
    await server.updateSettings({ source_url: url + path });
    await setSource(server, { transport, max_bytes: ANSWER.length });
    expect(await server.action("test")).toMatchObject({ ok: true, rows: 2, bytes: ANSWER.length, transport });
  });
});

it("ends an endless answer by curl as soon as it is over max_bytes", async () => {
  await server.updateSettings({ source_url: `${url}/endless` });
  await setSource(server, { transport: "curl", max_bytes: 100_000, timeout_seconds: 600 });
  const run = await server.runSync();
  expect(run).toMatchObject({ status: "failed", error: expect.stringContaining("options.source.max_bytes") });
  expect(run.bytes).toBeGreaterThan(100_000);
  expect(open).toBe(0);
  expect(await dump(server)).toBe(before);
});
