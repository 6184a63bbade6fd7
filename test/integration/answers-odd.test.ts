import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { createStream } from "./feed";
import { atEndOfFile, type PocketBaseServer, startPocketBase } from "./harness";
import { hooksWithSql, sql } from "./test-hooks";

/** What the ERP says to each question, as text. */
let answer: (query: URLSearchParams) => string = () => "[]";
let asked: URLSearchParams[] = [];
let server: PocketBaseServer;
beforeAll(async () => {
  const erp = createServer((request, response) => {
    const query = new URL(request.url ?? "", "http://erp").searchParams;
    asked.push(query);
    response.writeHead(200, { "Content-Type": "application/json" }).end(answer(query));
  });
  await new Promise<void>((done) => erp.listen(0, "127.0.0.1", done));
  atEndOfFile(() => {
    erp.closeAllConnections();
    erp.close();
  });
  const erpUrl = `http://127.0.0.1:${(erp.address() as AddressInfo).port}`;
  server = await startPocketBase({ erpUrl, hooksDir: hooksWithSql(), env: { ERP_FETCH_RETRY_SECONDS: "0" } });
});

const SINCE = { param: "since", cursor_field: "V", format: "number" };
const PAGES = { kind: "page", page_size: 2 };

async function makeStream(name: string, source: object = {}): Promise<void> {
  const fields = [
    { name: "NO", type: "text" },
    { name: "QTY", type: "number" },
    { name: "NAME", type: "text" },
  ];
  await server.pb.collections.create({ type: "base", name, fields });
  const source_url = "${ERP_BASE_URL}/";
  await createStream(server, { name, source_url, key_fields: ["NO"], target_collection: name, options: { source } });
}

async function target(name: string): Promise<unknown[]> {
  return (await server.rows(name, "", "NO")).map((record) => [record.NO, record.QTY]);
}

/** These pages, and then an empty one. */
function pages(...texts: string[]): void {
  answer = (query) => texts[Number(query.get("page") ?? 1) - 1] ?? "[]";
}

it("text that the ERP spoiled itself is taken as it comes, wherever the answer is cut into pieces", async () => {
  await makeStream("spoiled");
  const rows = Array.from({ length: 800 }, (_, NO) => ({ NO, NAME: "\uFFFD".repeat(1000) }));
  for (const spaces of ["", " ", "  "]) {
    answer = () => spaces + JSON.stringify(rows);
    expect(await server.runSync({}, "spoiled")).toMatchObject({ status: "succeeded", rows_fetched: 800 });
  }
});

describe("pages", () => {
  it("a row that changes after its page was read is asked for again, however high the cursor rose behind it", async () => {
    await makeStream("moving", { paging: PAGES, incremental: SINCE });
    pages('[{"NO":1,"V":5,"QTY":1},{"NO":2,"V":3}]', '[{"NO":3,"V":1002},{"NO":4,"V":2}]');
    expect(await server.runSync({}, "moving")).toMatchObject({ status: "succeeded", cursor: "5" });
    pages('[{"NO":1,"V":1001,"QTY":2},{"NO":3,"V":1002}]');
    asked = [];
    expect(await server.runSync({}, "moving")).toMatchObject({ status: "succeeded", sync_type: "incremental" });
    expect(asked[0]?.get("since")).toBe("5");
    expect((await target("moving"))[0]).toEqual(["1", 2]);
  });

  it("a cursor that is too large a number ends the fetch: a rounded one would leave rows out", async () => {
    await makeStream("rounded", { rows_path: "items", paging: { kind: "cursor", cursor_path: "next" } });
    answer = () => '{"items":[{"NO":1,"QTY":1}],"next":1234567890123456789}';
    const run = await server.runSync({}, "rounded");
    expect(run).toMatchObject({ status: "partial", rows_new: 1 });
    expect(run.error).toContain("next is a number beyond 9007199254740991 (1234567890123456800)");
  });

  it("an entry that is no row is left out also where it is the first of a later page", async () => {
    await makeStream("odd", { paging: PAGES });
    pages('[{"NO":1,"QTY":1},{"NO":2,"QTY":2}]', '[null,{"NO":3,"QTY":3}]');
    expect(await server.runSync({}, "odd")).toMatchObject({ status: "partial", rows_new: 3, rows_invalid: 1 });
    expect(await target("odd")).toHaveLength(3);
  });
});

it("a row with a number too large to be read, mended by a person, stays so in an incremental stream", async () => {
  await makeStream("mended", { incremental: SINCE });
  const good = '{"NO":1,"V":1,"QTY":1}';
  answer = () => `[${good},{"NO":2,"V":2,"QTY":1e400}]`;
  expect(await server.runSync({}, "mended")).toMatchObject({ status: "partial", rows_invalid: 1 });
  const [record] = await server.rows("failed_records", 'stream = "mended"');
  expect(record).toMatchObject({ error_type: "number_too_large" });
  await server.pb
    .collection("failed_records")
    .update(String(record?.id), { raw_data: JSON.stringify({ NO: 2, V: 2, QTY: 7 }) });
  expect(await server.cli(["replay", "mended", "--failed"])).toMatchObject({ code: 0 });
  await server.cli(["work", "mended"]);
  expect(await target("mended")).toEqual([
    ["1", 1],
    ["2", 7],
  ]);
  expect(await server.runSync({}, "mended")).toMatchObject({ status: "succeeded", rows_unchanged: 2 });
});

it("a text from quarantine does not take the place of one that the ERP sent later", async () => {
  await makeStream("late", { incremental: SINCE });
  const say = (...rows: [v: number, qty: number][]) => {
    answer = () => JSON.stringify(rows.map(([V, QTY]) => ({ NO: 1, V, QTY })));
    return server.runSync({}, "late");
  };
  await say([1, 1]);
  expect(await say([10, 2], [11, 3])).toMatchObject({ sync_type: "incremental", rows_invalid: 2 });
  expect(await say([12, 4])).toMatchObject({ rows_changed: 1 });
  await server.cli(["replay", "late", "--failed"]);
  await server.cli(["work", "late"]);
  expect(await target("late")).toEqual([["1", 4]]);
  const said = await server.cli(["replay", "late", "--failed", "--json"]);
  expect(said.stdout).toContain("after this text");
});

it("a run of a time when the clock was ahead is followed by a full one", async () => {
  await makeStream("ahead", { incremental: SINCE });
  answer = () => '[{"NO":1,"V":1,"QTY":1}]';
  await server.runSync({}, "ahead");
  await sql(server, "UPDATE sync_runs SET started_at = '2099-01-01 00:00:00.000Z' WHERE stream = 'ahead'");
  expect(await server.runSync({}, "ahead")).toMatchObject({ sync_type: "full" });
  expect(await server.runSync({}, "ahead")).toMatchObject({ sync_type: "incremental" });
});
