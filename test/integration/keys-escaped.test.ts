import { beforeAll, expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";

const NAME = "parts";
let server: PocketBaseServer;

beforeAll(async () => {
  const rows = [
    { NO: "A#1", BIN: "x|y" },
    { NO: "C:\\dir", BIN: "z" },
    { NO: "B", BIN: "z" },
  ];
  const feed = await startFeed({ "/parts": rows });
  server = await startPocketBase({ env: { ERP_FEED_URL: feed.url } });
  await server.pb.collections.create({ name: NAME, type: "base", fields: [{ name: "NO", type: "text" }] });
  await createStream(server, {
    ...{ name: NAME, source_url: "${ERP_FEED_URL}/parts", key_fields: ["NO", "BIN"], target_collection: NAME },
  });
  await server.runSync({}, NAME);
});

it.each([
  ["A#1", ["A\\#1|x\\|y"]],
  ["x|y", ["A\\#1|x\\|y"]],
  ["C:\\dir", ["C:\\\\dir|z"]],
  ["A\\#1", ["A\\#1|x\\|y"]],
  ["z", ["B|z", "C:\\\\dir|z"]],
])("rows are found by %s, as the ERP writes it", async (text, expected) => {
  const { items } = await server.pb.send(`/api/erp/streams/${NAME}/rows`, { query: { text } });
  expect(items.map((row: { erp_id: string }) => row.erp_id).sort()).toEqual(expected);
});

it("a row that is asked for as the ERP writes its key is suggested", async () => {
  const asked = server.pb.send("/api/erp/rows", { query: { stream: NAME, erp_id: "A#1|x|y" } });
  const { suggestions } = await asked.catch((error) => error.response);
  expect(suggestions).toEqual([{ erp_id: "A\\#1|x\\|y", was: false }]);
});
