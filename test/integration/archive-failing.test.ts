import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { type Archiving, archiveTo, localFiles, localFolder, startArchiving } from "./archive-instance";
import { atEndOfFile, waitFor } from "./harness";
import { S3Server, SLOW_START_MS } from "./harness/s3";
import { story, untilQuiet } from "./in-flight";

let s3: S3Server;
let all: Archiving;
/** Takes connections and never says anything. */
let silent: string;
let open = 0;
beforeAll(async () => {
  s3 = await S3Server.start();
  atEndOfFile(() => s3.stop());
  const server = createServer((socket) => {
    open++;
    socket
      .resume()
      .once("close", () => open--)
      .once("error", () => undefined);
    atEndOfFile(() => void socket.destroy());
  }).listen(0, "127.0.0.1");
  atEndOfFile(() => void server.close());
  await once(server, "listening");
  silent = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  all = await startArchiving({ s3 });
}, SLOW_START_MS);

/** Everything a run may write, apart from its own record. */
async function rowsOf({ server }: Archiving): Promise<string> {
  const names = ["ASWNDUBAI_erpConsolidateData", "erp_raw_data", "job_queue", "push_log", "failed_records"];
  return JSON.stringify(await Promise.all(names.map((name) => server.rows(name))));
}

/** What goes wrong, and what the run says of it. */
const faults: [string, () => NodeJS.ProcessEnv, string][] = [
  ["a wrong secret", () => ({ ERP_S3_SECRET_KEY: "wrong" }), "SignatureDoesNotMatch.*check ERP_S3_SECRET_KEY"],
  ["no such bucket", () => ({ ERP_S3_BUCKET: "nowhere" }), "NoSuchBucket.*make the bucket, or correct ERP_S3_BUCKET"],
  ["nobody there", () => ({ ERP_S3_ENDPOINT: "http://127.0.0.1:1" }), "could not be used .*check ERP_S3_ENDPOINT"],
  ["no answer", () => ({ ERP_S3_ENDPOINT: silent }), "could not be used .*check ERP_S3_ENDPOINT"],
  ["a variable that is lost", () => ({ ERP_S3_BUCKET: "" }), "environment variable ERP_S3_BUCKET is not set"],
];

describe.each(faults)("%s", (_, env, sentence) => {
  it("keeps no run from its work, and the run says so", async () => {
    const { server, factory } = all;
    await server.restart(s3.env);
    await archiveTo(server, "s3", { timeout_seconds: 2 });
    await server.restart(env());
    factory.changeRow(1);
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", error: "", rows_fetched: factory.rows().length });
    expect(run.archive_error).toMatch(new RegExp(sentence));
    await server.expectTarget(factory.rows());
    expect((await server.cli(["doctor"])).stdout).toMatch(new RegExp(`aswan_bom archive: .*${sentence}`));
    const again = await server.cli(["replay", "aswan_bom", "--from-archive", run.id]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/no archived answer|was not archived/) });
  });

  it("fails the run before anything is written, where the archive is required", async () => {
    const { server, factory } = all;
    await server.restart(s3.env);
    await archiveTo(server, "s3", { timeout_seconds: 2, required: true });
    await server.restart(env());
    const before = await rowsOf(all);
    factory.changeRow(2);
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "failed", ingested_at: "" });
    expect(run.error).toMatch(new RegExp(`^the answer could not be archived, .*${sentence}.*; nothing was changed$`));
    expect(await rowsOf(all)).toBe(before);
    await server.restart(s3.env);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", archive_error: "" });
    await server.expectTarget(factory.rows());
  });
});

it("stops a run in the middle of an upload that does not end, and leaves no curl behind", async () => {
  const { server } = all;
  await server.restart(s3.env);
  await archiveTo(server, "s3", { timeout_seconds: 3600 });
  await server.restart({ ERP_S3_ENDPOINT: silent });
  const { run } = await server.action("sync");
  await waitFor(() => open > 0, "curl to be connected");
  await server.action("pause");
  const ended = await waitFor(async () => {
    const found: RecordModel = await server.pb.collection("sync_runs").getOne(String(run));
    return found.status !== "running" && found;
  }, "the run to end");
  expect(ended).toMatchObject({ status: "stopped", ingested_at: "" });
  await waitFor(() => open === 0, "the connection to close");
  await server.action("resume");
  await server.restart(s3.env);
  await untilQuiet(server);
});

it("keeps the lease while an upload takes longer than that", async () => {
  const { server, factory } = all;
  await server.restart(s3.env);
  await archiveTo(server, "s3", { timeout_seconds: 5 });
  await server.restart({ ERP_S3_ENDPOINT: silent, ERP_LEASE_SECONDS: "1" });
  const before = (await story(server)).length;
  const { run } = await server.action("sync");
  await waitFor(() => open > 0, "curl to be connected");
  const until = Date.now() + 2500;
  while (Date.now() < until) {
    const other = await server.cli(["work", "aswan_bom", "--json"]);
    for (const ticked of JSON.parse(other.stdout)) expect(ticked.did).toBe("busy");
  }
  await untilQuiet(server);
  expect((await story(server)).slice(before)).toEqual(["manual succeeded"]);
  expect(await server.pb.collection("sync_runs").getOne(String(run))).toMatchObject({
    status: "succeeded",
    archive_error: expect.stringContaining("could not be used"),
  });
  await server.expectTarget(factory.rows());
  await server.restart({ ...s3.env, ERP_LEASE_SECONDS: "60" });
});

it("leaves old answers where they are while the bucket cannot be reached, and says why", async () => {
  const { server } = all;
  await archiveTo(server, "s3");
  const { id } = await server.runSync();
  // A server that is over tells nobody any more that the run has ended: that saves the record as it was.
  await server.restart({ ERP_S3_ENDPOINT: "http://127.0.0.1:1" });
  const old = new Date(Date.now() - 40 * 86_400_000).toISOString();
  await server.pb.collection("sync_runs").update(id, { started_at: old });
  const { archive_path } = await server.pb.collection("sync_runs").getOne(id);
  const { code, stdout } = await server.cli(["prune", "aswan_bom", "--json"]);
  expect({ code, error: JSON.parse(stdout).error }).toEqual({
    code: 1,
    error: expect.stringContaining(`${archive_path} could not be deleted: http://127.0.0.1:1 could not be used`),
  });
  expect(await server.pb.collection("sync_runs").getOne(id)).toMatchObject({ archive_path });
  await server.restart(s3.env);
  await server.cli(["prune", "aswan_bom"]);
  expect(await server.pb.collection("sync_runs").getOne(id)).toMatchObject({ archive_path: "" });
});

it("says when the folder of this machine cannot be written, and an alert does until it can", async () => {
  const { server, factory } = await startArchiving();
  writeFileSync(localFolder(server), "a file where the folder should be");
  const run = await server.runSync();
  expect(run).toMatchObject({ status: "succeeded", archive_error: expect.stringContaining("erp_archive") });
  await server.expectTarget(factory.rows());
  const alerts = () => server.rows("sync_alerts", 'kind = "archive_failed"');
  const [open] = await waitFor(async () => (await alerts()).length === 1 && alerts(), "the alert");
  expect(open).toMatchObject({ run: run.id, closed_at: "" });
  rmSync(localFolder(server));
  expect(await server.runSync()).toMatchObject({ archive_error: "" });
  await waitFor(async () => (await alerts())[0]?.closed_at !== "", "the alert to be over");
  expect(localFiles(server)).toHaveLength(1);
});
