import { expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { hooksWith, startPocketBase, waitFor } from "./harness";
import { LATER_HOOK, tickLater } from "./later";

const NAME = "stock";

it("a batch that takes longer than the lease keeps it: who waited for the database meanwhile finds it held", async () => {
  const feed = await startFeed({ "/stock": Array.from({ length: 30 }, (_, at) => ({ SKU: `S${at}` })) });
  const server = await startPocketBase({
    env: { ERP_FEED_URL: feed.url, ERP_LEASE_SECONDS: "2" },
    hooksDir: hooksWith(`${LATER_HOOK}\nonRecordCreate((e) => { sleep(200); e.next(); }, "stock");`),
  });
  await server.pb.collections.create({ name: NAME, type: "base", fields: [{ name: "SKU", type: "text" }] });
  await createStream(server, {
    ...{ name: NAME, source_url: "${ERP_FEED_URL}/stock", key_fields: ["SKU"], target_collection: NAME },
    options: { push: { mode: "records" } },
  });
  await server.action("sync", {}, NAME);
  await waitFor(async () => (await server.jobs('status = "processing"')).length > 10, "the claim of a large batch");
  expect(await tickLater(server, NAME)).toMatchObject([{ did: "busy" }]);
  await waitFor(async () => (await server.runs('status = "running"')).length === 0, "the end of the run");
  expect(await server.runs()).toMatchObject([{ status: "succeeded", pushed_inserted: 30 }]);
});
