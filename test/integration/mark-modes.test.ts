import { beforeAll, expect, it } from "vitest";
import { createStream, type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url });
});

const FIELDS = [
  { name: "SKU", type: "text" },
  { name: "QTY", type: "number" },
  { name: "NOTE", type: "text", max: 12 },
  { name: "SOLD", type: "bool" },
  { name: "gone_at", type: "date" },
  { name: "since", type: "date" },
];
const MARK = { QTY: null, NOTE: null, SOLD: null, gone_at: "@now", since: "2025-01-01T04:00:00+04:00" };

async function makeStream(name: string, mode: string, fields: object): Promise<void> {
  await server.pb.collections.create({ type: "base", name, fields: FIELDS });
  await createStream(server, {
    name,
    source_url: `\${ERP_BASE_URL}/${name}`,
    key_fields: ["SKU"],
    target_collection: name,
    on_missing: "mark",
    options: { push: { mode }, mark: { fields } },
  });
  await run(name, ["A", "B"]);
}

function run(stream: string, skus: string[]) {
  feed.rows[`/${stream}`] = skus.map((SKU) => ({ SKU, QTY: 5, NOTE: "here", SOLD: true }));
  return server.runSync({}, stream);
}

it.each(["records", "bulk"])("a mark is stored as its fields store it, and verified so: %s", async (mode) => {
  const name = `marked_${mode}`;
  await makeStream(name, mode, MARK);
  expect(await run(name, ["A"])).toMatchObject({ status: "succeeded", push_mode: mode, pushed_updated: 1 });
  const marked = (await server.rows(name, 'SKU = "B"'))[0];
  expect(marked).toMatchObject({ QTY: 0, NOTE: "", SOLD: false, since: "2025-01-01 00:00:00.000Z" });
  expect(marked?.gone_at).toMatch(/^20\d\d-/);
  expect(JSON.parse((await server.cli(["verify", name, "--json"])).stdout)).toMatchObject({ equal: true });
  expect(await run(name, ["A", "B"])).toMatchObject({ status: "succeeded", pushed_updated: 1 });
  expect((await server.rows(name, 'SKU = "B"'))[0]).toMatchObject({ QTY: 5, NOTE: "here", gone_at: "", since: "" });
});

it.each(["records", "bulk"])("a mark that the target refuses goes into quarantine: %s", async (mode) => {
  const name = `refused_${mode}`;
  await makeStream(name, mode, { NOTE: "too long a text for it" });
  expect(await run(name, ["A"])).toMatchObject({ status: "partial", push_mode: mode, pushed_failed: 1 });
  expect(await server.rows("failed_records", `stream = "${name}"`)).toMatchObject([
    { error_type: "refused_by_target", field: "NOTE", error_message: "NOTE: Must be no more than 12 character(s)." },
  ]);
  expect((await server.rows(name, 'SKU = "B"'))[0]).toMatchObject({ NOTE: "here" });
});
