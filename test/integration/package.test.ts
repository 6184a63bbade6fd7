import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { unzipSync } from "fflate";
import PocketBase from "pocketbase";
import { beforeAll, expect, test } from "vitest";
import { linksIn } from "../unit/docs/pages";
import { startFeed } from "./feed";
import {
  atEndOfFile,
  type Child,
  cleanEnvironment,
  Factory,
  freePort,
  REPOSITORY,
  startChild,
  waitFor,
} from "./harness";
import { findBinary } from "./harness/binary";

// A PocketBase that was there before us: own hooks, migrations, collections and rows, in the folders PocketBase expects.
const HOOK = `routerAdd("GET", "/theirs", (e) => e.json(200, { theirs: $app.countRecords("notes") }));
onRecordCreate((e) => { e.record.set("text", e.record.get("text") + "!"); e.next(); }, "notes");
cronAdd("theirs", "0 3 * * *", () => $app.logger().info("theirs"));`;
const MIGRATION = `migrate(
  (app) => app.save(new Collection({ name: "notes", type: "base", listRule: "", fields: [{ name: "text", type: "text" }] })),
  (app) => app.delete(app.findCollectionByNameOrId("notes")),
);`;
const LATER_MIGRATION = `migrate(
  (app) => app.save(new Collection({ name: "later", type: "base" })),
  (app) => app.delete(app.findCollectionByNameOrId("later")),
);`;
const OURS = ["sync_settings", "sync_runs", "erp_raw_data", "job_queue", "push_log", "failed_records", "sync_overview"];
const ACCOUNT = { email: "test@example.com", password: "test-password" };

const home = mkdtempSync(join(tmpdir(), "pb-home-"));
atEndOfFile(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
const binary = join(home, process.platform === "win32" ? "pocketbase.exe" : "pocketbase");
let archive: Record<string, Uint8Array>;

function write(path: string, content: string | Uint8Array) {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), content);
}

function pack(out: string): Buffer {
  execFileSync(process.execPath, ["scripts/package.mjs", `--out=${out}`], { cwd: REPOSITORY });
  const [name] = readdirSync(out);
  return readFileSync(join(out, String(name)));
}

/** As an operator types it, in the folder of the binary. */
function pocketbase(args: string[], input = ""): string {
  return execFileSync(binary, [...args, "--dev=false"], {
    cwd: home,
    env: cleanEnvironment(),
    input,
    encoding: "utf8",
  });
}

async function serving<T>(work: (pb: PocketBase) => Promise<T>, env: Record<string, string> = {}): Promise<T> {
  const address = `127.0.0.1:${await freePort()}`;
  const flags = ["--hooksWatch=false", "--automigrate=false", "--dev=false"];
  const server: Child = startChild(binary, ["serve", `--http=${address}`, ...flags], {
    cwd: home,
    env: { ...cleanEnvironment(), ...env },
  });
  const pb = new PocketBase(`http://${address}`).autoCancellation(false);
  try {
    await waitFor(async () => {
      if (!server.running()) throw new Error(server.log());
      return pb.health.check();
    }, "PocketBase to answer");
    await pb.collection("_superusers").authWithPassword(ACCOUNT.email, ACCOUNT.password);
    return await work(pb);
  } finally {
    server.signal("SIGTERM");
    await server.ended;
  }
}

async function collectionNames(pb: PocketBase): Promise<string[]> {
  return (await pb.collections.getFullList()).filter((each) => !each.system).map((each) => each.name);
}

beforeAll(async () => {
  cpSync(await findBinary(), binary);
  write("pb_hooks/main.pb.js", HOOK);
  write("pb_migrations/1700000000_notes.js", MIGRATION);
  pocketbase(["superuser", "upsert", ACCOUNT.email, ACCOUNT.password]);
  await serving(async (pb) => {
    for (const text of ["a", "b"]) await pb.collection("notes").create({ text });
  });
  archive = unzipSync(pack(join(home, "archive")));
});

test("makes the same archive again, with what INSTALL.txt speaks of", () => {
  const again = pack(join(home, "again"));
  expect(unzipSync(again)).toEqual(archive);
  expect(again.equals(pack(join(home, "archive")))).toBe(true);
  const names = Object.keys(archive);
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(
    expect.arrayContaining([
      ".env.example",
      "INSTALL.txt",
      "LICENSE",
      "pb_hooks/erp_sync.pb.js",
      "pb_hooks/erp_sync/engine.js",
    ]),
  );
  const install = Buffer.from(archive["INSTALL.txt"] ?? "").toString();
  expect(install).not.toMatch(/[{}]/);
  expect(install).toContain(`migrate down ${names.filter((name) => name.startsWith("pb_migrations/")).length} `);
});

test("holds every page and what deploys it, and no link of a page leads out of it", () => {
  const names = Object.keys(archive);
  const wanted = ["docs/operations.md", "docs/settings.schema.json", "docs/openapi.yaml", "deploy/pocketbase.service"];
  expect(names).toEqual(expect.arrayContaining([...wanted, "deploy/prometheus-alerts.yml", "README.md"]));
  const pages = names.filter((name) => name.endsWith(".md"));
  expect(pages.length).toBeGreaterThan(20);
  const astray = pages.flatMap((path) => {
    const links = linksIn({ path, text: Buffer.from(archive[path] ?? "").toString() });
    const leads = links.map((link) => posix.join(posix.dirname(path), link.split("#")[0] || posix.basename(path)));
    return leads.filter((to) => !names.some((name) => name === to || name.startsWith(`${to}/`)));
  });
  // What the bench measured is for those who develop it.
  expect(astray.filter((to) => !to.startsWith("bench/"))).toEqual([]);
});

test("unpacked beside other hooks, migrations, collections and rows, leaves them working", async () => {
  for (const [path, bytes] of Object.entries(archive)) write(path, bytes);
  await serving(async (pb) => {
    expect(await collectionNames(pb)).toEqual(expect.arrayContaining(["notes", ...OURS]));
    expect(await pb.send("/theirs", {})).toEqual({ theirs: 2 });
    const { text } = await pb.collection("notes").create({ text: "c" });
    expect(text).toBe("c!");
    const texts = (await pb.collection("notes").getFullList({ sort: "text" })).map((note) => note.text);
    expect(texts).toEqual(["a!", "b!", "c!"]);
    expect((await pb.crons.getFullList()).map((cron) => cron.id)).toEqual(
      expect.arrayContaining(["theirs", "erp_worker"]),
    );
    const streams = await pb.collection("sync_settings").getFullList({ sort: "name" });
    expect(streams).toMatchObject([{ name: "aswan_bom" }, { name: "inventory", paused: true }]);
  });
});

test("syncs where its data folder is the one beside it, which is a path that depends on the working directory", async () => {
  const rows = new Factory({ rows: 5 }).rows();
  const feed = await startFeed({ "/api/inprocessjobsBOMmaterialsDetails": rows });
  await serving(
    async (pb) => {
      const run = await pb.send("/api/erp/streams/aswan_bom/sync?wait=true", { method: "POST" });
      expect(run).toMatchObject({ status: "succeeded", transport: "curl", pushed_inserted: rows.length });
      expect(await pb.collection("ASWNDUBAI_erpConsolidateData").getFullList()).toHaveLength(rows.length);
    },
    { ERP_BASE_URL: feed.url },
  );
});

test("goes away as INSTALL.txt says, also when other migrations came later", async () => {
  write("pb_migrations/1900000000_later.js", LATER_MIGRATION);
  await serving(async (pb) => expect(await collectionNames(pb)).toContain("later"));
  rmSync(join(home, "pb_hooks/erp_sync"), { recursive: true });
  rmSync(join(home, "pb_hooks/erp_sync.pb.js"));
  for (const [path, bytes] of Object.entries(archive)) write(`erp-sync/${path}`, bytes);
  const ours = Object.keys(archive).filter((path) => path.startsWith("pb_migrations/"));
  const said = pocketbase(["migrate", "down", String(ours.length), "--migrationsDir=erp-sync/pb_migrations"], "y\n");
  for (const path of ours) {
    expect(path).toContain("_erp_");
    expect(said).toContain(path.slice("pb_migrations/".length));
    rmSync(join(home, path));
  }
  await serving(async (pb) => {
    const names = await collectionNames(pb);
    expect(names).toEqual(expect.arrayContaining(["notes", "later"]));
    expect(names.filter((name) => OURS.includes(name))).toEqual([]);
    expect(await pb.send("/theirs", {})).toEqual({ theirs: 3 });
  });
  expect(existsSync(join(home, "pb_data/data.db"))).toBe(true);
});
