import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url });
  await server.pb.collections.create({ type: "base", name: "articles", fields: [{ name: "sku", type: "text" }] });
});

const FIELDS = [
  { name: "K", type: "text" },
  { name: "N", type: "number" },
  { name: "T", type: "text", max: 5 },
  { name: "GONE", type: "date" },
  { name: "article", type: "text" },
];

async function start(name: string, settings: { options?: object; [name: string]: unknown } = {}): Promise<void> {
  await server.pb.collections.create({ type: "base", name, fields: FIELDS });
  await createStream(server, {
    ...{
      name,
      source_url: `\${ERP_BASE_URL}/${name}`,
      key_fields: ["K"],
      target_collection: name,
      on_missing: "delete",
    },
    ...settings,
    options: { diff: { max_shrink_percent: 100 }, ...settings.options },
  });
}

function run(name: string, rows: object[]): Promise<RecordModel> {
  feed.rows[`/${name}`] = rows;
  return server.runSync({}, name);
}

const keys = async (name: string) => (await server.rows(name, "", "K")).map(({ K }) => K);
const open = (name: string) => server.rows("failed_records", `stream = "${name}" && resolved_at = ""`);
const [a, b] = [
  { K: "a", N: 1 },
  { K: "b", N: 1 },
];

describe("a row that went bad, and whose record was deleted meanwhile", () => {
  it.each(["records", "bulk"])("is in the target again when the ERP sends it as it was: %s", async (mode) => {
    const name = `cured_${mode}`;
    await start(name, { options: { push: { mode } } });
    await run(name, [a, b]);
    await run(name, [{ ...a, N: "ten" }, b]);
    const [record] = await server.rows(name, "K = 'a'");
    await server.pb.collection(name).delete(record?.id ?? "");
    expect(await run(name, [{ ...a, N: "ten" }, b])).toMatchObject({ status: "partial", pushed_failed: 1 });
    expect(await run(name, [a, b])).toMatchObject({ status: "succeeded", pushed_inserted: 1 });
    expect(await keys(name)).toEqual(["a", "b"]);
    expect(await server.jobs(`stream = "${name}" && status != "done"`)).toEqual([]);
    expect(await open(name)).toEqual([]);
  });
});

describe("a row that is no longer sent, while another of its group waits in quarantine", () => {
  it.each([
    ["cannot be mapped", "unmapped", { K: "c", N: "ten" }],
    ["is refused by the target", "refused", { K: "c", N: 1, T: "too long" }],
  ])("is kept, and each run says so and is partial: one that %s", async (_, name, c) => {
    await start(name, { group_fields: ["G"], key_fields: ["G", "K"] });
    const rows = (...list: object[]) => list.map((row) => ({ G: "g", ...row }));
    await run(name, rows(a, b, c));
    for (let times = 0; times < 2; times++) {
      const held = await run(name, rows(a, c));
      expect(held).toMatchObject({ status: "partial", rows_superseded: 0 });
      expect(held.error).toContain("rows that are no longer sent and kept, because a row in quarantine");
    }
    expect(await keys(name)).toEqual(["a", "b"]);
    expect(await run(name, rows(a))).toMatchObject({ rows_superseded: expect.any(Number) });
    expect(await keys(name)).toEqual(["a"]);
  });
});

it("a row with one fault after another is in quarantine once, and not mapped again for what it no longer lacks", async () => {
  await start("faults", { mapping: { article: { from: "sku", lookup: { collection: "articles", field: "sku" } } } });
  await run("faults", [{ ...a, sku: "X" }, b]);
  expect(await open("faults")).toMatchObject([{ stage: "validate", waits_for: "X" }]);
  await run("faults", [{ K: "a", N: "ten" }, b]);
  expect(await open("faults")).toMatchObject([{ stage: "normalize", count: 1 }]);
  await server.pb.collection("articles").create({ sku: "X" });
  expect((await server.cli(["work", "faults"])).stdout).toContain("nothing to do");
  expect(await open("faults")).toMatchObject([{ stage: "normalize", count: 1 }]);
});

it.each([
  ["could not be mapped", "mark_unmapped", { K: "a", N: "ten" }],
  ["was refused", "mark_refused", { K: "a", N: 1, T: "too long" }],
])("a row that was back and %s is marked with the time at which it went again", async (_, name, bad) => {
  await start(name, { on_missing: "mark", options: { mark: { fields: { GONE: "@now" } } } });
  await run(name, [a, b]);
  await run(name, [b]);
  await run(name, [bad, b]);
  await run(name, [b]);
  const [record] = await server.rows(name, "K = 'a'");
  const [raw] = await server.rows("erp_raw_data", `stream = "${name}" && erp_id = "a"`);
  expect(record?.GONE).toBe(raw?.missing_since);
  expect(await server.action("verify", { local: true }, name)).toMatchObject({ equal: true });
});
