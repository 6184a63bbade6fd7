import { request } from "node:http";
import PocketBase from "pocketbase";
import { expect, it } from "vitest";
import { waitFor } from "./harness";
import { Monitored } from "./monitoring-instance";
import { listenTo } from "./realtime";
import { sql } from "./test-hooks";

const here = new Monitored();
const STREAM = "aswan_bom";

/** A page or part of the dashboard, nothing followed, as a browser that takes gzip. */
function page(path: string): Promise<{ status: number; headers: Record<string, unknown>; bytes: number }> {
  return new Promise((resolve, reject) => {
    const headers = { "Accept-Encoding": "gzip", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT" };
    const asked = request(here.server.url + path, { headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
    });
    asked.on("error", reject).end();
  });
}

async function post(path: string, body: object) {
  const response = await fetch(`${here.server.url}/api/erp/${path}`, {
    method: "POST",
    headers: { Authorization: here.server.pb.authStore.token, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as ReturnType<typeof JSON.parse> };
}

it("serves the page at /erp/ with what keeps foreign scripts out, and sends /erp there", async () => {
  expect(await page("/erp")).toMatchObject({ status: 307, headers: { location: "erp/" } });
  const { status, headers } = await page("/erp/");
  expect(status).toBe(200);
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  const policy = String(headers["content-security-policy"]).split("; ");
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]));
  expect(policy.join()).not.toContain("unsafe");
});

it("serves parts that the page names by their content, compressed, less than 200 KB in all", async () => {
  const text = await (await fetch(`${here.server.url}/erp/`)).text();
  const parts = Array.from(text.matchAll(/"(app\.(?:js|css)\?v=[0-9a-f]{12})"/g), (match) => match[1]);
  expect(parts).toHaveLength(2);
  const loaded = await Promise.all(parts.map((part) => page(`/erp/${part}`)));
  for (const { status, headers } of loaded) {
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
  }
  expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(200_000);
});

it.each(["/erp/engine.js", "/erp/../engine.js", "/erp/%2e%2e/engine.js", "/erp/index.htm"])(
  "serves nothing else: %s",
  async (path) => {
    expect((await page(path)).status).not.toBe(200);
  },
);

it("lists jobs by stream, status and text, page by page, the newest first", async () => {
  const rows = await here.server.rows("erp_raw_data");
  const { answer } = await here.get(`jobs?stream=${STREAM}&status=done&limit=7&page=2`);
  expect(answer).toMatchObject({ total_count: here.rows, page: 2, limit: 7 });
  expect(answer.items).toHaveLength(7);
  const erpId = rows[3]?.erp_id ?? "";
  const found = await here.get(`jobs?text=${encodeURIComponent(erpId.toLowerCase())}`);
  expect(found.answer.items.map((job: { erp_id: string }) => job.erp_id)).toContain(erpId);
  expect((await here.get("jobs?status=dead")).answer).toMatchObject({ items: [], total_count: 0 });
  expect(await here.get("jobs?status=lost")).toMatchObject({
    status: 400,
    answer: { error: 'status: "lost" is not a status (expected open, queued, processing, failed, dead, done)' },
  });
});

/** Dead jobs of rows that are pending, each with the error. */
async function addDead(error: string, count: number): Promise<void> {
  const each = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  await sql(
    here.server,
    `INSERT INTO erp_raw_data (id, stream, erp_id, payload_json, mapped_hash)
     ${each} SELECT '${error}' || printf('%010d', i), '${STREAM}', '${error}' || i, '{}', 'h' FROM n`,
  );
  await sql(
    here.server,
    `INSERT INTO job_queue (id, payload_ref, stream, status, last_error, retry_count)
     ${each} SELECT '${error}' || printf('%010d', i), '${error}' || printf('%010d', i), '${STREAM}', 'dead', '${error}', 6 FROM n`,
  );
}

it("tries all jobs again that match, more than one transaction takes, and no other", async () => {
  const { server } = here;
  await server.action("pause");
  await addDead("wrong", 3);
  await addDead("moved", 2500);
  const total = async (query: string) => (await here.get(`jobs?${query}`)).answer.total_count;
  expect(await total("status=dead&text=MOVED")).toBe(2500);
  expect(await post("jobs/retry", { status: "dead", text: "moved", stream: STREAM })).toEqual({
    status: 200,
    answer: { retried: 2500 },
  });
  expect([await total("status=queued"), await total("status=dead")]).toEqual([2500, 3]);
  expect(await post("jobs/retry", { status: "done" })).toMatchObject({
    status: 400,
    answer: { error: 'status: "done" cannot be tried again (expected dead or failed)' },
  });
  await sql(server, "DELETE FROM job_queue WHERE status IN ('queued', 'dead')");
  await sql(server, "DELETE FROM erp_raw_data WHERE payload_json = '{}'");
  await server.action("resume");
});

it("finds rows by how their erp_id begins, by words in it, and by what they wait for", async () => {
  const rows = (await here.server.rows("erp_raw_data")).map((row) => row.erp_id).sort();
  const search = async (query: string) => {
    const { answer } = await here.get(`streams/${STREAM}/rows?${query}`);
    return answer as { items: { erp_id: string }[]; more: boolean };
  };
  const first = await search("limit=5");
  expect(first.items.map((row) => row.erp_id)).toEqual(rows.slice(0, 5));
  expect(first.more).toBe(true);
  const start = rows[0]?.slice(0, 16) ?? "";
  const beginning = rows.filter((erpId) => erpId.startsWith(start));
  expect((await search(`text=${encodeURIComponent(start)}&limit=200`)).items.map((row) => row.erp_id)).toEqual(
    beginning,
  );
  const words = (rows[2]?.split("|") ?? []).filter((part: string) => part.length > 3).reverse();
  const held = await search(`text=${encodeURIComponent(words.join(" ").toLowerCase())}`);
  expect(held.items.map((row) => row.erp_id)).toContain(rows[2]);
  expect((await search("text=nowhere-at-all")).items).toEqual([]);
  expect((await search("state=pending")).items).toEqual([]);
});

it("finds rows by their state, held ones with the runs that hold them", async () => {
  const rows = (await here.server.rows("erp_raw_data")).map((row) => row.erp_id).sort();
  const [pending = "", left = "", held = ""] = rows;
  const change = (sets: string, erpId: string) =>
    sql(here.server, `UPDATE erp_raw_data SET ${sets} WHERE erp_id = {:erpId}`, { erpId });
  await here.server.action("pause");
  await change("pushed_hash = 'old'", pending);
  await change("missing_since = '2026-01-01 00:00:00.000Z'", left);
  await change("missing_since = '2026-01-02 00:00:00.000Z', held_by = 'run1'", held);
  const found = async (query: string) => (await here.get(`streams/${STREAM}/rows?${query}`)).answer;
  const keys = async (query: string) => (await found(query)).items.map((row: { erp_id: string }) => row.erp_id);
  expect(await keys("state=pending")).toEqual([pending]);
  expect(await keys("state=left")).toEqual([held, left]);
  expect(await found("state=held")).toMatchObject({
    items: [{ erp_id: held, held_by: "run1", pending: false }],
    holds: [{ run: "run1", rows: 1, started_at: "" }],
  });
  expect(await keys(`state=left&text=${encodeURIComponent(left)}`)).toEqual([left]);
  expect((await found("state=lost")).error).toBe('state: "lost" is not a state (expected pending, left, held)');
  await change("pushed_hash = mapped_hash", pending);
  await sql(here.server, "UPDATE erp_raw_data SET missing_since = '', held_by = ''");
  await here.server.action("resume");
});

it("finds a row by words of its key in any order, capitals beyond ASCII as they stand", async () => {
  const [erpId = ""] = (await here.server.rows("erp_raw_data")).map((row) => row.erp_id);
  const rename = (to: string, from: string) =>
    sql(here.server, "UPDATE erp_raw_data SET erp_id = {:to} WHERE erp_id = {:from}", { to, from });
  await rename("AW-1|MÜLLER|PO-9", erpId);
  const found = await here.get(`streams/${STREAM}/rows?text=${encodeURIComponent("po-9 MÜLLER")}`);
  expect(found.answer.items).toMatchObject([{ erp_id: "AW-1|MÜLLER|PO-9" }]);
  await rename(erpId, "AW-1|MÜLLER|PO-9");
});

it("tests settings that are not saved: what the ERP answers, or why it does not", async () => {
  const source_url = `${here.erp.url}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM&fromDate=2025-12-01`;
  const good = await post("test", { source_url });
  expect(good).toMatchObject({ status: 200, answer: { ok: true, status: 200, rows: here.rows } });
  expect(Object.keys(good.answer.first_row)).toContain("BOM_PART_ID");
  expect(Object.keys(good.answer.problems).sort()).toEqual(["key_fields", "name", "target_collection"]);

  const refused = await post("test", { source_url, options: { source: { timeout: 3 } } });
  expect(refused).toMatchObject({ status: 200, answer: { ok: false } });
  expect(refused.answer.error).toContain("timeout");

  here.erp.fault({ kind: "status", status: 403 });
  const failed = await post("test", { source_url });
  expect(failed).toMatchObject({ status: 200, answer: { ok: false } });
  expect(failed.answer.error).toContain("403");
});

it("answers 200 with a sentence when the ERP of a saved stream fails its test", async () => {
  here.erp.fault({ kind: "status", status: 503 });
  const { status, answer } = await post(`streams/${STREAM}/test`, {});
  expect(status).toBe(200);
  expect(answer).toMatchObject({ ok: false, error: expect.stringContaining("503") });
});

it("tells superusers, and nobody else, over realtime how a run is getting on, and that it has ended", async () => {
  const { pb, url } = here.server;
  const account = { email: "a@example.com", password: "a-password", passwordConfirm: "a-password" };
  await pb.collection("users").create(account);
  const user = new PocketBase(url);
  await user.collection("users").authWithPassword(account.email, account.password);
  type Told = { stream: string; progress: { run: string; stage: string } | null };
  const [told, toldToUser] = [await listenTo<Told>(pb, "erp/live"), await listenTo<Told>(user, "erp/live")];
  const run = await here.server.runSync();
  await waitFor(() => told.some(({ progress }) => progress === null), "the end of the run to be told");
  expect(told[0]).toMatchObject({ stream: STREAM, progress: { run: run.id, stage: "begin" } });
  expect(toldToUser).toEqual([]);
  expect((await here.get("status")).answer.streams[0]).toMatchObject({ progress: null });
});
