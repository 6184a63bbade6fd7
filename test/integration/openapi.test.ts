import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { documentedOperations, type OpenApi, readOpenApi, validatorFor } from "../openapi";
import { type Receiver, startReceiver } from "./alert-receivers";
import { ALERTS_ROUTE, alertOf, lookAndDeliver } from "./alerts-instance";
import { hooksWith, TARGET } from "./harness";
import { setOptions, untilQuiet } from "./in-flight";
import { erpIdOf, type Installation, rawRow, startSynced } from "./outcomes-instance";

const WEBHOOK_SECRET = "a secret for calls that start a run";
const METRICS_TOKEN = "a token for Prometheus";
const POISON = `onRecordUpdate((e) => {
  const code = e.record.getString("WO_PRODUCT_CODE");
  if (code === "REFUSED") throw new BadRequestError("we do not take this one");
  if (code === "AWAY") throw new Error("the other system is away");
  e.next();
}, "${TARGET}");`;
const NO_ID = "abcdefghijklmno";

const document: OpenApi = readOpenApi();
/** What was asked and answered: "GET /api/erp/status 200". */
const visited = new Set<string>();
let all: Installation;
let receiver: Receiver;
let deadJob = "";
let quarantined = "";
let erpId = "";

/** Asks a route as the document knows it; the answer must be one that it describes. */
async function ask(
  operation: string,
  given: {
    path?: Record<string, string>;
    query?: Record<string, string>;
    body?: object;
    token?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<number> {
  const [method = "", route = ""] = operation.split(" ");
  const path = route.replace(/\{(\w+)\}/g, (_, name) => given.path?.[name] ?? NO_ID);
  const query = new URLSearchParams(given.query).toString();
  const response = await fetch(`${all.server.url}${path}${query && `?${query}`}`, {
    method,
    headers: {
      Authorization: given.token ?? all.server.pb.authStore.token,
      ...(given.body && { "Content-Type": "application/json" }),
      ...given.headers,
    },
    ...(given.body && { body: JSON.stringify(given.body) }),
  });
  const text = await response.text();
  visited.add(`${operation} ${response.status}`);
  const problems = validatorFor(document, operation, response.status, response.headers.get("content-type") ?? "")(text);
  expect({ operation, status: response.status, problems, ...(problems.length > 0 && { text }) }).toEqual({
    operation,
    status: response.status,
    problems: [],
  });
  return response.status;
}

beforeAll(async () => {
  const env = { ERP_FETCH_RETRY_SECONDS: "0", ERP_METRICS_TOKEN: METRICS_TOKEN, ERP_WEBHOOK_SECRET: WEBHOOK_SECRET };
  receiver = await startReceiver();
  all = await startSynced({
    ...{ rows: 20, hooksDir: hooksWith(`${POISON}\n${ALERTS_ROUTE}`) },
    env: { ...env, ERP_ALERT_WEBHOOK_URL: receiver.url },
  });
  const { factory, server } = all;
  factory.breakRow(2, "BOM_QTY", "ten");
  factory.breakRow(3, "BOM_PIECE_NO", { no: 1 });
  factory.changeRow(5, { WO_PRODUCT_CODE: "REFUSED" });
  factory.changeRow(6, { WO_PRODUCT_CODE: "AWAY" });
  erpId = erpIdOf(factory.changeRow(7, { WO_PRODUCT_CODE: "CHANGED" }).after);
  expect(await server.runSync()).toMatchObject({ status: "partial" });
  deadJob = (await server.jobs('status = "dead"'))[0]?.id ?? "";
  quarantined = (await server.rows("failed_records", "stage = 'key'"))[0]?.id ?? "";
});

const OF_STREAM = { path: { name: "aswan_bom" } };
const NOWHERE = { path: { name: "nowhere" } };

describe("docs/openapi.yaml describes what the real server answers", () => {
  it("to who looks", async () => {
    expect(await ask("GET /api/erp/status")).toBe(200);
    expect(await ask("GET /api/erp/sources")).toBe(200);
    expect(await ask("GET /api/erp/runs", { query: { limit: "2" } })).toBe(200);
    expect(await ask("GET /api/erp/metrics", { query: { hours: "1" } })).toBe(200);
    expect(await ask("GET /api/erp/streams/{name}/rows", { ...OF_STREAM, query: { limit: "3" } })).toBe(200);
    expect(await ask("GET /api/erp/jobs", { query: { status: "open" } })).toBe(200);
    expect(await ask("GET /api/erp/failed", { query: { include_dead: "true" } })).toBe(200);
    const done = (await all.server.jobs('status = "done"'))[0]?.id ?? "";
    const waiting = (await all.server.jobs('status = "failed"'))[0]?.id ?? "";
    for (const id of [deadJob, done, waiting]) {
      expect(await ask("GET /api/erp/jobs/{id}", { path: { id } })).toBe(200);
      expect(await ask("GET /api/erp/saga/{id}", { path: { id } })).toBe(200);
    }
    const rejected = await rawRow(all.server, erpIdOf(all.factory.rows()[2] as never));
    for (const id of [erpId, rejected.erp_id]) {
      expect(await ask("GET /api/erp/rows", { query: { stream: "aswan_bom", erp_id: id } })).toBe(200);
    }
    const cron = { cron: "0 6 * * 1-5" };
    for (const zone of ["Asia/Dubai", "Europe/Berlin"]) {
      expect(await ask("GET /api/erp/schedule", { query: { ...cron, zone } })).toBe(200);
    }
  });

  it("to who asks for what is not there, or wrongly", async () => {
    expect(await ask("GET /api/erp/rows", { query: { stream: "aswan_bom", erp_id: `${erpId}x` } })).toBe(404);
    expect(await ask("GET /api/erp/rows")).toBe(400);
    expect(await ask("GET /api/erp/jobs/{id}")).toBe(404);
    expect(await ask("GET /api/erp/saga/{id}")).toBe(404);
    expect(await ask("GET /api/erp/schedule", { query: { cron: "nonsense", zone: "UTC" } })).toBe(400);
    for (const [operation, query] of [
      ["GET /api/erp/sources", { page: "0" }],
      ["GET /api/erp/runs", { limit: "-1" }],
      ["GET /api/erp/metrics", { hours: "abc" }],
      ["GET /api/erp/jobs", { status: "nonsense" }],
      ["GET /api/erp/failed", { page_size: "1000000000" }],
      ["POST /api/erp/jobs/retry", { job: NO_ID }],
    ] as const) {
      expect([400, 404]).toContain(await ask(operation, { query }));
    }
    expect(await ask("POST /api/erp/failed/{id}/replay")).toBe(404);
    expect(await ask("POST /api/erp/failed/{id}/ignore")).toBe(404);
    expect(await ask("POST /api/erp/failed/{id}/ignore", { query: { undo: "perhaps" } })).toBe(400);
    for (const operation of documentedOperations(document).filter((each) => each.includes("/streams/{name}/"))) {
      expect({ operation, status: await ask(operation, NOWHERE) }).toEqual({ operation, status: 404 });
    }
  });

  it("to who does something", async () => {
    const stream = "POST /api/erp/streams/{name}/";
    expect(await ask(`${stream}dry-run`, OF_STREAM)).toBe(200);
    expect(await ask(`${stream}verify`, OF_STREAM)).toBe(200);
    expect(await ask(`${stream}verify`, { ...OF_STREAM, query: { local: "true", repair: "true" } })).toBe(200);
    for (const healthy of [true, false]) {
      const once = () => healthy || all.erp.fault({ kind: "status", status: 404 });
      once();
      expect(await ask(`${stream}test`, OF_STREAM)).toBe(200);
      once();
      expect(await ask("POST /api/erp/test", { body: { source_url: all.erp.url } })).toBe(200);
    }
    expect(await ask(`${stream}approve-deletes`, OF_STREAM)).toBe(200);
    expect(await ask("POST /api/erp/failed/{id}/replay", { path: { id: quarantined } })).toBe(400);
    const mended = all.factory.rows()[3] as object;
    await all.server.pb
      .collection("failed_records")
      .update(quarantined, { raw_data: { ...mended, BOM_PIECE_NO: 4711 } });
    expect(await ask("POST /api/erp/failed/{id}/replay", { path: { id: quarantined } })).toBe(200);
    const other = (await all.server.rows("failed_records", "resolved_at = ''"))[0]?.id ?? "";
    expect(await ask("POST /api/erp/failed/{id}/ignore", { path: { id: other } })).toBe(200);
    expect(await ask("POST /api/erp/jobs/retry", { body: { job: deadJob } })).toBe(200);
    expect(await ask(`${stream}replay`, { ...OF_STREAM, query: { wait: "true", all: "true" } })).toBe(200);
    expect(await ask(`${stream}sync`, { ...OF_STREAM, query: { wait: "true" } })).toBe(200);
    expect(await ask(`${stream}sync`, { ...OF_STREAM, query: { dry_run: "true", limit: "1" } })).toBe(200);
    expect(await ask(`${stream}sync`, { ...OF_STREAM, query: { wait: "perhaps" } })).toBe(400);
    expect(await ask(`${stream}sync`, OF_STREAM)).toBe(202);
    expect(await ask(`${stream}pause`, OF_STREAM)).toBe(200);
    expect(await ask(`${stream}sync`, OF_STREAM)).toBe(409);
    expect(await ask(`${stream}replay`, OF_STREAM)).toBe(409);
    expect(await ask(`${stream}resume`, OF_STREAM)).toBe(200);
  });

  it("about deletes that are held, and rows that are gone", async () => {
    await setOptions(all.server, {});
    all.erp.setRows(all.factory.rows().slice(15));
    await all.server.updateSettings({ on_missing: "delete" });
    await all.server.runSync();
    await all.server.runSync();
    expect(await ask("GET /api/erp/streams/{name}/rows", { ...OF_STREAM, query: { state: "held" } })).toBe(200);
    for (const operation of ["GET /api/erp/status", "GET /api/erp/runs", "GET /api/erp/health/target"]) {
      expect(await ask(operation)).toBe(200);
    }
    expect(await ask("GET /api/erp/rows", { query: { stream: "aswan_bom", erp_id: erpId } })).toBe(200);
    expect(await ask("POST /api/erp/streams/{name}/verify", OF_STREAM)).toBe(200);
    expect(await ask("POST /api/erp/streams/{name}/approve-deletes", OF_STREAM)).toBe(200);
    all.erp.setRows(null);
  });

  it("about the health and the metrics", async () => {
    for (const part of ["", "/database", "/source", "/target", "/alerts"]) {
      expect(await ask(`GET /api/erp/health${part}`)).toBe(200);
      expect(await ask(`GET /api/erp/health${part}`, { token: "" })).toBe(200);
    }
    const operation = "GET /api/erp/metrics/prometheus";
    expect(await ask(operation, { token: `Bearer ${METRICS_TOKEN}` })).toBe(200);
    expect(await ask(operation)).toBe(401);
  });

  it("to webhook calls", async () => {
    const operation = "POST /api/erp/webhook/{stream}";
    const signed = (body: object, stream = "aswan_bom", seconds = Math.floor(Date.now() / 1000)) => {
      const mac = createHmac("sha256", WEBHOOK_SECRET)
        .update(`${seconds}.${JSON.stringify(body)}`)
        .digest("hex");
      const headers = { "X-ERP-Timestamp": `${seconds}`, "X-ERP-Signature": `sha256=${mac}` };
      return { path: { stream }, body, headers, token: "" };
    };
    const call = signed({ event: 1 });
    expect(await ask(operation, call)).toBe(202);
    expect(await ask(operation, call)).toBe(409);
    expect(await ask(operation, signed({ event: 2 }, "nope"))).toBe(404);
    expect(await ask(operation, signed({ event: 3 }, "aswan_bom", 1))).toBe(401);
    expect(await ask(operation, signed({ event: "run.finished" }))).toBe(400);
    expect(await ask(operation, signed({ event: "x".repeat(70_000) }))).toBe(413);
    await untilQuiet(all.server);
  });

  it("about alerts", async () => {
    all.erp.fault({ kind: "status", status: 404 });
    await all.server.runSync();
    await lookAndDeliver(all.server);
    expect(await ask("GET /api/erp/alerts", { query: { open: "true" } })).toBe(200);
    expect(await ask("GET /api/erp/alerts", { query: { page: "none" } })).toBe(400);
    const { id } = await alertOf(all.server, "run_failed");
    expect(await ask("POST /api/erp/alerts/{id}/acknowledge", { path: { id } })).toBe(200);
    expect(await ask("POST /api/erp/alerts/{id}/acknowledge")).toBe(404);
    expect(await ask("POST /api/erp/streams/{name}/mute", { ...OF_STREAM, query: { kind: "run_failed" } })).toBe(200);
    expect(await ask("POST /api/erp/streams/{name}/mute", { ...OF_STREAM, query: { kind: "nonsense" } })).toBe(400);
    expect(await ask("POST /api/erp/streams/{name}/test-alert", OF_STREAM)).toBe(200);
    receiver.answer = "refuse";
    expect(await ask("POST /api/erp/streams/{name}/test-alert", OF_STREAM)).toBe(400);
    expect(await ask("GET /api/erp/health/alerts")).toBe(200);
  });

  it("to strangers", async () => {
    for (const operation of documentedOperations(document)) {
      if (document.paths[operation.split(" ")[1] ?? ""]?.[operation.split(" ")[0]?.toLowerCase() ?? ""]?.security)
        continue;
      expect({ operation, status: await ask(operation, { ...OF_STREAM, token: "" }) }).toEqual({
        operation,
        status: 401,
      });
    }
  });

  it("and nothing that was not seen to be so: each operation answered well, once at least", () => {
    const unseen = documentedOperations(document).filter(
      (operation) => !Array.from(visited).some((each) => each.startsWith(`${operation} 20`)),
    );
    expect(unseen, "ask these in this file, with their 200 and their errors").toEqual([]);
  });
});
