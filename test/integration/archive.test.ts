import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Archiving,
  answerText,
  archiveTo,
  hooksWithEngine,
  localFiles,
  localFolder,
  startArchiving,
} from "./archive-instance";
import { atEndOfFile, waitFor } from "./harness";
import { S3_SECRET, S3Server, SLOW_START_MS } from "./harness/s3";
import { setOptions } from "./in-flight";
import { refusalOf } from "./settings-form";

const PATH = /^erp\/\d{4}-\d\d-\d\d\/aswan_bom_\d{8}_\d{6}\.json$/;

let s3: S3Server;
beforeAll(async () => {
  s3 = await S3Server.start();
  atEndOfFile(() => s3.stop());
}, SLOW_START_MS);

/** Where a run's start puts its answer. */
function pathOf(startedAt: string, prefix = "erp/"): string {
  const [day = "", time = ""] = startedAt.split(" ");
  return `${prefix}${day}/aswan_bom_${day.replaceAll("-", "")}_${time.slice(0, 8).replaceAll(":", "")}.json`;
}

describe.each(["local", "s3"] as const)("an archive in %s", (to) => {
  let all: Archiving;
  beforeAll(async () => {
    all = await startArchiving({ ...(to === "s3" && { s3 }) });
  });
  const place = () => (to === "s3" ? s3.folder : localFolder(all.server));
  const files = () => (to === "s3" ? s3.files() : localFiles(all.server));
  const scheme = to === "s3" ? "s3://erp-answers/" : "local:";

  it("holds the answer byte by byte, by stream, day and second", async () => {
    const sent = answerText(all);
    const run = await all.server.runSync();
    expect(run).toMatchObject({ status: "succeeded", archive_error: "" });
    const path = pathOf(run.started_at);
    expect(path).toMatch(PATH);
    expect(run.archive_path).toBe(scheme + path);
    expect(readFileSync(join(place(), path), "utf8")).toBe(sent);
    await all.server.expectTarget(all.factory.rows());
  });

  it("holds each page of an answer as a file, under one path", async () => {
    const { server, factory } = all;
    await server.updateSettings({ source_url: "${ERP_BASE_URL}/api/paged/offset", from_date: "" });
    const source = { from_date_param: "", paging: { kind: "offset", page_size: 8 } };
    await setOptions(server, { source, archive: { to, prefix: "paged" } });
    const run = await server.runSync();
    const pages = Math.ceil(factory.rows().length / 8);
    expect(run.archive_path).toBe(scheme + pathOf(run.started_at, "paged/").replace(".json", `.{1..${pages}}.json`));
    const paged = files().filter((path) => path.startsWith("paged/"));
    expect(paged).toHaveLength(pages);
    const rows = paged.flatMap((path) => JSON.parse(readFileSync(join(place(), path), "utf8")));
    expect(rows).toEqual(factory.rows());
  });

  it("deletes what is older than its days, pages too, and only that", async () => {
    const { server } = all;
    const runs = await server.runs("archive_path != ''");
    const [paged] = runs;
    const pages = files().filter((path) => path.startsWith("paged/")).length;
    await age(all, `archive_path = {:path}`, { path: paged?.archive_path });
    const { deleted } = await prune(all);
    expect(deleted).toMatchObject({ archive_files: pages });
    expect(files().filter((path) => path.startsWith("paged/"))).toEqual([]);
    expect(files().filter((path) => PATH.test(path))).toHaveLength(1);
    expect(await server.runs("archive_path != ''")).toHaveLength(runs.length - 1);
    expect((await prune(all)).deleted).toMatchObject({ archive_files: 0 });
  });
});

/** `erp prune`, as JSON. */
async function prune({ server }: Archiving) {
  const { stdout } = await server.cli(["prune", "aswan_bom", "--json"]);
  return JSON.parse(stdout);
}

/** Makes runs 40 days old. */
async function age({ server }: Archiving, where: string, params: Record<string, unknown> = {}): Promise<void> {
  for (const { id } of await server.rows("sync_runs", server.pb.filter(where, params))) {
    const old = new Date(Date.now() - 40 * 86_400_000).toISOString();
    await server.pb.collection("sync_runs").update(id, { started_at: old });
  }
}

describe("old answers", () => {
  it("go by the hour by themselves, unless their run holds deletes; a run whose answer is there stays too", async () => {
    const all = await startArchiving({ rows: 40 });
    const { server, factory } = all;
    await server.updateSettings({ on_missing: "delete" });
    await server.runSync();
    await server.runSync();
    for (let n = 0; n < 25; n++) factory.removeRow(0);
    const holding = await server.runSync();
    expect(holding.rows_held).toBeGreaterThan(0);
    await age(all, "id != ''");
    await setOptions(server, { archive: { to: "none" }, retention: { runs_days: 1 } });
    await server.runSync({ empty: true, "max-records": 1 });
    await server.cli(["prune", "aswan_bom"]);
    const left = await server.runs("archive_path != ''");
    expect(left.map(({ id }) => id)).toEqual([holding.id]);
    expect(localFiles(server)).toEqual([holding.archive_path.replace("local:", "")]);

    expect(await server.action("approve-deletes")).toMatchObject({ run: holding.id });
    await server.pb.crons.run("erp_archive");
    await waitFor(() => localFiles(server).length === 0, "the last answer to go");
    await waitFor(async () => (await server.runs("archive_path != ''")).length === 0, "its path to go");
    expect(readdirSync(join(localFolder(server), "erp"))).toEqual([]);
  });

  it("stay for ever with days 0", async () => {
    const all = await startArchiving({ archive: { days: 0 } });
    await all.server.runSync();
    await age(all, "id != ''");
    expect((await prune(all)).deleted).toMatchObject({ archive_files: 0 });
    expect(localFiles(all.server)).toHaveLength(1);
  });
});

it("gives answers of the same second a path each", async () => {
  const hooksDir = hooksWithEngine("atMs: startedAt", "atMs: 0");
  const { server } = await startArchiving({ hooksDir, archive: { prefix: "" } });
  for (let n = 0; n < 3; n++) await server.runSync();
  const base = "1970-01-01/aswan_bom_19700101_000000";
  expect(localFiles(server)).toEqual([`${base}.json`, `${base}_2.json`, `${base}_3.json`]);
});

it("keeps answers in ERP_ARCHIVE_DIR, for nobody else to read", async () => {
  const { server } = await startArchiving();
  const folder = join(server.dataDir, "elsewhere");
  await server.restart({ ERP_ARCHIVE_DIR: folder });
  const run = await server.runSync();
  expect(run.archive_error).toBe("");
  expect(readdirSync(folder)).toEqual(["erp"]);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(localFiles(server)).toEqual([]);
});

it("keeps the secret of the bucket out of records, logs and files", async () => {
  const all = await startArchiving({ s3 });
  const { server } = all;
  expect((await server.runSync()).archive_error).toBe("");
  await server.restart({ ERP_S3_ACCESS_KEY: "another-key" });
  expect((await server.runSync()).archive_error).toContain("No user exists");
  await server.stop();
  for (const name of readdirSync(server.dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const text = readFileSync(join(name.parentPath, name.name), "latin1");
    expect(text.includes(S3_SECRET), `the secret in ${name.name}`).toBe(false);
  }
  expect(server.log()).not.toContain(S3_SECRET);
});

describe("settings", () => {
  it("refuse an archive in S3 that the environment does not describe, and erp doctor tells when that is lost", async () => {
    const { server } = await startArchiving();
    const { fields } = await refusalOf(archiveTo(server, "s3"));
    expect(fields.options).toContain('"s3" cannot be used: environment variable ERP_S3_BUCKET is not set');
    await server.restart({ ...s3.env, ERP_S3_ENDPOINT: `${s3.endpoint}/erp-answers` });
    expect((await refusalOf(archiveTo(server, "s3"))).fields.options).toContain(
      "ERP_S3_ENDPOINT holds more than a host",
    );
    await server.restart({ ERP_S3_ENDPOINT: s3.endpoint });
    await archiveTo(server, "s3");
    expect((await server.runSync()).archive_error).toBe("");
    expect((await server.cli(["doctor"])).stdout).toContain("ok       aswan_bom archive: s3");
    const lost = await server.cli(["doctor"], { ERP_S3_SECRET_KEY: "" });
    expect(lost).toMatchObject({ code: 1, stdout: expect.stringContaining("ERP_S3_SECRET_KEY is not set") });
  });
});
