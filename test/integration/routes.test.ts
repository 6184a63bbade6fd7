import PocketBase, { ClientResponseError } from "pocketbase";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { OPEN_ROUTES, registeredRoutes } from "../registered-routes";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import { changeSome, expectSettled, slowAnswer, startQuietly, startSlowRun, story, untilQuiet } from "./in-flight";
import { hooksWithSql, sql } from "./test-hooks";

let erp: Erp;
let server: PocketBaseServer;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 60 }) });
  server = await startQuietly(erp, { hooksDir: hooksWithSql(), env: { ERP_FETCH_RETRY_SECONDS: "0" } });
});
beforeEach(() => untilQuiet(server));

const ROUTES = [
  ["POST", "/api/erp/streams/aswan_bom/sync"],
  ["POST", "/api/erp/streams/aswan_bom/pause"],
  ["POST", "/api/erp/streams/aswan_bom/resume"],
  ["POST", "/api/erp/streams/aswan_bom/test"],
  ["POST", "/api/erp/streams/aswan_bom/approve-deletes"],
  ["POST", "/api/erp/jobs/retry"],
  ["GET", "/api/erp/status"],
  ["GET", "/api/erp/runs"],
] as const;

/** What a route answers, whatever its status, with the headers as they came. */
async function ask(
  method: string,
  path: string,
  token = server.pb.authStore.token,
  body?: string,
): Promise<{ status: number; headers: Headers; answer: ReturnType<typeof JSON.parse> }> {
  const headers = { ...(token && { Authorization: token }), "Content-Type": "application/json" };
  const response = await fetch(server.url + path, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, headers: response.headers, answer: await response.json() };
}

describe("the routes under /api/erp", () => {
  it("are for superusers only", async () => {
    const account = { email: "a@example.com", password: "a-password", passwordConfirm: "a-password" };
    await server.pb.collection("users").create(account);
    const user = new PocketBase(server.url);
    await user.collection("users").authWithPassword(account.email, account.password);
    const closed = registeredRoutes().filter(({ method, path }) => !OPEN_ROUTES.includes(`${method} ${path}`));
    expect(closed.length).toBeGreaterThan(15);
    for (const { method, path } of closed) {
      const address = path.replace("{name}", "aswan_bom").replace(/\{\w+\}/, "abcdefghijklmno");
      expect({ path, answer: await ask(method, address, "") }).toMatchObject({ path, answer: { status: 401 } });
      const { status } = await ask(method, address, user.authStore.token);
      expect({ path, status }).toEqual({ path, status: 403 });
    }
    expect(erp.requests).toEqual([]);
    expect(await server.runs()).toEqual([]);
    expect(await server.settings()).toMatchObject({ paused: false });
  });

  it("know no stream but those of sync_settings", async () => {
    const unknown = ROUTES.slice(0, 5).map(([method, path]) => [method, path.replace("aswan_bom", "nowhere")] as const);
    const more = [
      ["POST", "/api/erp/jobs/retry?stream=nowhere"],
      ["GET", "/api/erp/runs?stream=nowhere"],
    ] as const;
    for (const [method, path] of [...unknown, ...more]) {
      const { status, answer } = await ask(method, path);
      const error = 'there is no stream "nowhere"; sync_settings has: aswan_bom';
      expect({ path, status, answer }).toEqual({ path, status: 404, answer: { error } });
    }
  });
});

describe("POST sync", () => {
  it("answers 202 with the run's id long before the run ends", async () => {
    slowAnswer(erp, 60_000);
    const { status, headers, answer } = await ask("POST", "/api/erp/streams/aswan_bom/sync");
    expect(status).toBe(202);
    expect(headers.get("connection")).toBe("close");
    const [run] = await server.runs();
    expect(answer).toEqual({ run: run?.id, status: "running" });
    expect(run).toMatchObject({ status: "running", trigger: "manual", triggered_by: "test@example.com" });
    await waitFor(() => erp.requests.length > 0, "the run to ask the ERP");
    await server.action("pause");
    await untilQuiet(server);
    await server.action("resume");
  });

  it.each([
    ["?wait=true", undefined],
    ["?wait=1", undefined],
    ["", '{"wait": true}'],
  ])("answers 200 with the finished run when asked to wait (%s %s)", async (query, body) => {
    changeSome(erp);
    const { status, answer } = await ask("POST", `/api/erp/streams/aswan_bom/sync${query}`, undefined, body);
    expect(status).toBe(200);
    const [run] = await server.runs();
    expect(answer).toMatchObject({ id: run?.id, status: "succeeded", rows_fetched: erp.factory.rows().length });
    expect(answer.finished_at).not.toBe("");
    await expectSettled(server, erp);
  });

  it("answers 200 with a run that failed, and says why", async () => {
    erp.fault({ kind: "login-page" }, 4);
    const { status, answer } = await ask("POST", "/api/erp/streams/aswan_bom/sync?wait=true");
    expect({ status, answer }).toMatchObject({ status: 200, answer: { status: "failed" } });
    expect(answer.error).not.toBe("");
    erp.clearFaults();
  });

  it("starts nothing when its body is not JSON, or when the stream's record cannot be used", async () => {
    const before = await story(server);
    for (const body of ['{"wait":', "[]", "{bad"]) {
      const answer = await ask("POST", "/api/erp/streams/aswan_bom/sync", undefined, body);
      expect(answer).toMatchObject({ status: 400, answer: { error: expect.stringContaining("not a JSON object") } });
    }
    const { options } = await server.settings();
    const write = (json: string) => sql(server, "UPDATE sync_settings SET options = {:json}", { json });
    await write('{"push": {"batch_size": "many"}}');
    const { status, answer } = await ask("POST", "/api/erp/streams/aswan_bom/sync");
    expect({ status, answer }).toEqual({ status: 400, answer: { error: expect.stringContaining('"many"') } });
    await write(JSON.stringify(options));
    expect(await story(server)).toEqual(before);
  });
});

describe("GET status and runs", () => {
  it("tell what is in the database", async () => {
    const { answer: status } = await ask("GET", "/api/erp/status");
    const rows = erp.factory.rows().length;
    const done = (await server.jobs('status = "done"')).length;
    const stream = {
      name: "aswan_bom",
      state: "idle",
      rows,
      jobs: { queued: 0, processing: 0, failed: 0, dead: 0, done },
    };
    expect(status).toMatchObject({ pending_count: 0, completed_count: done, total_queue_size: 0, streams: [stream] });

    const runs = await server.runs();
    const pages = [];
    for (let page = 1; page <= Math.ceil(runs.length / 2) + 1; page++) {
      const { answer } = await ask("GET", `/api/erp/runs?stream=aswan_bom&limit=2&page=${page}`);
      expect(answer).toMatchObject({ page, limit: 2 });
      pages.push(answer.items);
    }
    expect(pages.at(-1)).toEqual([]);
    expect(pages.flat().map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
    const { answer: defaults } = await ask("GET", "/api/erp/runs");
    expect(defaults).toMatchObject({ page: 1, limit: 20 });
  });

  it.each([
    ["limit=0", 'limit: "0" is not a whole number from 1 to 200'],
    ["limit=201", 'limit: "201" is not a whole number from 1 to 200'],
    ["limit=1.5", 'limit: "1.5" is not a whole number from 1 to 200'],
    ["limit=ten", 'limit: "ten" is not a whole number from 1 to 200'],
    ["page=0", 'page: "0" is not a whole number from 1 to 1000000'],
    ["page=-3", 'page: "-3" is not a whole number from 1 to 1000000'],
  ])("refuses %s with a sentence", async (query, error) => {
    expect(await ask("GET", `/api/erp/runs?${query}`)).toMatchObject({ status: 400, answer: { error } });
  });
});

const PAGED = [
  ["/api/erp/runs", "limit", 200],
  ["/api/erp/failed", "page_size", 200],
  ["/api/erp/sources", "page_size", 200],
  ["/api/erp/rows?stream=aswan_bom&erp_id=x", "limit", 200],
  ["/api/erp/metrics", "hours", 168],
] as const;

describe("a number that cannot be", () => {
  it.each(PAGED)("is refused by %s with a sentence", async (path, size, most) => {
    const refused = async (name: string, value: string, highest: number) => {
      const query = `${path.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;
      const error = `${name}: "${value}" is not a whole number from 1 to ${highest}`;
      expect({ query, ...(await ask("GET", path + query)) }).toMatchObject({ query, status: 400, answer: { error } });
    };
    for (const value of ["0", "-1", "1000000000", "1.5", "abc", "NaN", "1; DROP TABLE sync_runs"]) {
      await refused(size, value, most);
      if (path !== "/api/erp/metrics" && value !== "1000000000") await refused("page", value, 1_000_000);
    }
  });
});

describe("a switch that is neither on nor off", () => {
  it.each([
    ["POST", "/api/erp/streams/aswan_bom/sync", "dry_run"],
    ["POST", "/api/erp/streams/aswan_bom/sync", "wait"],
    ["POST", "/api/erp/streams/aswan_bom/verify", "repair"],
    ["POST", "/api/erp/streams/aswan_bom/replay", "all"],
    ["GET", "/api/erp/failed", "include_dead"],
  ])("makes %s %s start nothing (%s)", async (method, path, name) => {
    const before = await story(server);
    const error = `${name}: "yes" is neither true nor false (or 1 nor 0)`;
    expect(await ask(method, `${path}?${name}=yes`)).toMatchObject({ status: 400, answer: { error } });
    expect(await story(server)).toEqual(before);
  });

  it.each([
    ["/api/erp/streams/aswan_bom/sync?dryrun=true", "dryrun", undefined],
    ["/api/erp/streams/aswan_bom/sync", "DRY_RUN", '{"DRY_RUN": true}'],
    ["/api/erp/streams/aswan_bom/replay", "limits", '{"limits": 1}'],
    ["/api/erp/jobs/retry", "saga", '{"saga": "x"}'],
  ])("refuse %s with the option %s, which there is not, and start nothing", async (path, name, body) => {
    const before = (await server.runs()).length;
    const { status, answer } = await ask("POST", path, undefined, body);
    expect(status).toBe(400);
    expect(answer.error).toMatch(new RegExp(`^there is no option "${name}" here \\(expected .*stream`));
    expect((await server.runs()).length).toBe(before);
  });

  it("may be 1 or 0, also as a number in the body", async () => {
    const before = await story(server);
    const { status, answer } = await ask("POST", "/api/erp/streams/aswan_bom/sync", undefined, '{"dry_run": 1}');
    expect({ status, answer }).toMatchObject({ status: 200, answer: { dry_run: true } });
    expect(await story(server)).toEqual(before);
  });
});

describe("the other routes", () => {
  it("pause and resume a stream, as often as asked", async () => {
    for (const paused of [true, true, false, false]) {
      const { status, answer } = await ask("POST", `/api/erp/streams/aswan_bom/${paused ? "pause" : "resume"}`);
      expect({ status, answer }).toEqual({ status: 200, answer: { stream: "aswan_bom", paused } });
      expect(await server.settings()).toMatchObject({ paused });
    }
  });

  it("test the connection without writing anything", async () => {
    const before = await story(server);
    const { status, answer } = await ask("POST", "/api/erp/streams/aswan_bom/test");
    const rows = erp.factory.rows().length;
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { ok: true, status: 200, rows, transport: "curl" },
    });
    erp.fault({ kind: "status", status: 404 });
    const failing = await ask("POST", "/api/erp/streams/aswan_bom/test");
    expect(failing).toMatchObject({
      status: 200,
      answer: { ok: false, error: expect.stringContaining("answered 404") },
    });
    expect(await story(server)).toEqual(before);
  });

  it("approve deletes and retry jobs, but approve nothing while a run works", async () => {
    const approve = (query = "") => ask("POST", `/api/erp/streams/aswan_bom/approve-deletes${query}`);
    expect(await approve()).toMatchObject({ status: 200, answer: { approved: 0 } });
    expect(await ask("POST", "/api/erp/jobs/retry")).toMatchObject({ status: 200, answer: { retried: 0 } });
    await startSlowRun(server, erp, 1000);
    const error = "aswan_bom: a run is in progress; try again when it has ended";
    expect(await approve("?run=abcdefghijklmno")).toMatchObject({ status: 409, answer: { error } });
  });

  it("list the sources page by page, without their secrets", async () => {
    const { answer } = await ask("GET", "/api/erp/sources?page_size=1");
    expect(answer).toMatchObject({ total_count: 1, page: 1, page_size: 1 });
    const url = `${erp.url}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM&fromDate=2025-12-01`;
    const settings = { transport: "auto", auth: "none", paging: "none", page_size: null, on_missing: "keep" };
    expect(answer.items).toMatchObject([{ name: "aswan_bom", url, problem: "", settings }]);
    const { options, source_url } = await server.settings();
    const token = "canary-in-the-address";
    await server.restart({ ERP_ROUTES_TOKEN: token });
    await server.updateSettings({ source_url: `${source_url}&key=\${ERP_ROUTES_TOKEN}` });
    const hidden = await ask("GET", "/api/erp/sources");
    expect(hidden.answer.items[0].url).toMatch(/&key=\*\*\*&fromDate=/);
    expect(JSON.stringify(hidden.answer)).not.toContain(token);
    await server.restart({ ERP_ROUTES_TOKEN: "" });
    const missing = (await ask("GET", "/api/erp/sources")).answer.items[0];
    expect(missing.problem).toContain("ERP_ROUTES_TOKEN is not set");
    expect(missing.url).toContain("${ERP_ROUTES_TOKEN}");
    await server.updateSettings({ source_url, options });
    expect((await ask("GET", "/api/erp/sources?page=2")).answer).toMatchObject({ items: [], total_count: 1, page: 2 });
  });

  it("answer the JavaScript SDK with an error that carries status and reason", async () => {
    await server.action("pause");
    const refused = await server.action("sync").catch((error: ClientResponseError) => error);
    expect(refused).toBeInstanceOf(ClientResponseError);
    expect(refused).toMatchObject({ status: 409, response: { status: "paused" } });
    await server.action("resume");
  });
});
