import { expect, it } from "vitest";
import { createStream, startFeed } from "./feed";
import { hooksWith, pause, startPocketBase } from "./harness";

it("a stream that is paused while a form about it is being saved stays paused", async () => {
  const feed = await startFeed();
  const server = await startPocketBase({
    env: { ERP_FEED_URL: feed.url },
    // Runs before ours: the form was read, and is not yet written.
    hooksDir: hooksWith(`onRecordUpdateRequest((e) => { sleep(1500); e.next(); }, "sync_settings");`),
  });
  const fields = [{ name: "SKU", type: "text" }];
  await server.pb.collections.create({ name: "stock", type: "base", fields });
  const { id } = await createStream(server, {
    ...{ name: "stock", source_url: "${ERP_FEED_URL}/stock", key_fields: ["SKU"], target_collection: "stock" },
  });
  const saving = server.pb.collection("sync_settings").update(id, { schedule: "1 0 1 1 *" });
  await pause(500);
  await server.action("pause", {}, "stock");
  await saving;
  expect(await server.settings("stock")).toMatchObject({ paused: true, schedule: "1 0 1 1 *" });
  await server.pb.collection("sync_settings").update(id, { paused: false });
  expect(await server.settings("stock")).toMatchObject({ paused: false });
});
