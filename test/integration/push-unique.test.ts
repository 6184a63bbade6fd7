import { beforeAll, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url });
});

type Row = [no: string, code: string];
const MODES = ["records", "bulk"];

/** A target of which no two records may have the same CODE, holding these rows. */
async function hold(name: string, mode: string, rows: Row[]): Promise<void> {
  const indexes = [`CREATE UNIQUE INDEX idx_${name} ON ${name} (CODE)`];
  const fields = ["NO", "CODE"].map((field) => ({ name: field, type: "text" }));
  await server.pb.collections.create({ type: "base", name, fields, indexes });
  await createStream(server, {
    name,
    source_url: `\${ERP_BASE_URL}/${name}`,
    key_fields: ["NO"],
    target_collection: name,
    on_missing: "delete",
    options: { push: { mode }, diff: { max_shrink_percent: 100 } },
  });
  expect(await run(name, rows)).toMatchObject({ status: "succeeded" });
}

function run(stream: string, rows: Row[]) {
  feed.rows[`/${stream}`] = rows.map(([NO, CODE]) => ({ NO, CODE }));
  return server.runSync({}, stream);
}

async function target(stream: string): Promise<Row[]> {
  return (await server.rows(stream, "", "NO")).map(({ NO, CODE }): Row => [NO, CODE]);
}

it.each(MODES)("a unique value goes from a record that is deleted to a new one in one run: %s", async (mode) => {
  const name = `freed_${mode}`;
  await hold(name, mode, [
    ["1", "A"],
    ["2", "B"],
  ]);
  const rows: Row[] = [
    ["2", "B"],
    ["3", "A"],
  ];
  expect(await run(name, rows)).toMatchObject({ status: "succeeded", error: "" });
  expect(await target(name)).toEqual(rows);
});

it.each(MODES)("a unique value that a record gives away goes to a new one in one run: %s", async (mode) => {
  const name = `passed_${mode}`;
  await hold(name, mode, [["1", "A"]]);
  const rows: Row[] = [
    ["1", "B"],
    ["2", "A"],
    ["3", "C"],
  ];
  expect(await run(name, rows)).toMatchObject({ status: "succeeded", error: "" });
  expect(await target(name)).toEqual(rows);
});

it.each(MODES)("a unique value that nobody gives away is tried again later, and is told: %s", async (mode) => {
  const name = `taken_${mode}`;
  await hold(name, mode, [["1", "A"]]);
  const both: Row[] = [
    ["1", "A"],
    ["2", "A"],
    ["3", "C"],
  ];
  expect(await run(name, both)).toMatchObject({ status: "partial", pushed_failed: 1, pushed_inserted: 1 });
  const [job] = await server.jobs(`stream = "${name}" && status = "failed"`);
  expect(job).toMatchObject({ retry_count: 2, last_error: "CODE: Value must be unique." });
  const attempts = await server.rows("push_log", `job_id = "${job?.id}"`);
  expect(attempts.map((attempt) => attempt.response_code)).toEqual([422, 422]);

  const free: Row[] = [
    ["2", "A"],
    ["3", "C"],
  ];
  await run(name, free);
  await server.pb.send("/api/erp/jobs/retry", { method: "POST", query: { stream: name } });
  await server.cli(["work", name]);
  expect(await target(name)).toEqual(free);
});

it.each(MODES)(
  "a unique value that goes round under an index on an expression does so in one run: %s",
  async (mode) => {
    const name = `lower_${mode}`;
    await hold(name, mode, [
      ["1", "a"],
      ["2", "x"],
    ]);
    const indexes = [`CREATE UNIQUE INDEX idx_${name} ON ${name} (lower(CODE))`];
    await server.pb.collections.update(name, { indexes });
    const rows: Row[] = [
      ["1", "X"],
      ["2", "y"],
    ];
    expect(await run(name, rows)).toMatchObject({ status: "succeeded", error: "" });
    expect(await target(name)).toEqual(rows);
  },
);
