import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PocketBase from "pocketbase";
import { describe, expect, it } from "vitest";
import {
  atEndOfFile,
  type Child,
  cleanEnvironment,
  freePort,
  isAlive,
  killAtEnd,
  REPOSITORY,
  startChild,
  TARGET,
  waitFor,
} from "./harness";
import { findBinary } from "./harness/binary";

interface Running {
  url: string;
  erp: string;
  pids: { start: number; pocketbase: number; erp: number };
}

function demoFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pb-demo-"));
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function npmStart(folder: string, port: number | string, binary = process.env.POCKETBASE_BIN): Child {
  const { POCKETBASE_DIR } = process.env;
  const env = cleanEnvironment({ POCKETBASE_BIN: binary, POCKETBASE_DIR, DEMO_DIR: folder, PORT: String(port) });
  return startChild(process.execPath, ["scripts/start.mjs"], { cwd: REPOSITORY, env });
}

/** A PocketBase that a Ctrl-C reaches, with everything else on that terminal, when it has just made its database. */
async function interruptedBinary(folder: string): Promise<string> {
  const script = `#!/bin/sh
if [ "$1" != superuser ]; then exec "${await findBinary()}" "$@"; fi
for argument; do
  case "$argument" in --dir=*) mkdir -p "\${argument#--dir=}" && : > "\${argument#--dir=}/data.db" ;; esac
done
kill -INT "$PPID"
exit 130
`;
  const path = join(folder, "pocketbase");
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

/** Waits for the line with the first sync's result. */
async function firstResult(demo: Child, folder: string): Promise<{ line: string; running: Running }> {
  const result = () => /^First sync: .+$/m.exec(demo.log())?.[0] ?? (!demo.running() && `it ended: ${demo.log()}`);
  const line = await waitFor(result, `the demo's first result after ${demo.log()}`);
  const running = JSON.parse(readFileSync(join(folder, "running.json"), "utf8")) as Running;
  for (const pid of Object.values(running.pids)) killAtEnd(pid);
  return { line, running };
}

describe("npm start", () => {
  it("syncs the demo ERP, refuses a second start on its folder, and Ctrl-C stops everything", async () => {
    const folder = demoFolder();
    const port = await freePort();
    const demo = npmStart(folder, port);
    const { line, running } = await firstResult(demo, folder);
    expect(line).toMatch(/^First sync: succeeded, 1,\d{3} rows fetched, 1,\d{3} inserted, \d+\.\d s$/);
    expect(demo.stdout()).toContain(`http://127.0.0.1:${port}/_/`);
    expect(demo.stdout()).toContain(running.erp);
    expect(demo.stderr()).toBe("");

    const [, email, password] = /Login\s+(\S+)\s+(\S+)/.exec(demo.stdout()) ?? [];
    const pb = new PocketBase(running.url).autoCancellation(false);
    await pb.collection("_superusers").authWithPassword(email ?? "", password ?? "");
    const [record] = (await pb.collection(TARGET).getList(1, 1)).items;
    expect(record?.BOM_WORKORDER_BASE_ID).toMatch(/^AW-\d+\.\d$/);

    const second = await npmStart(folder, await freePort()).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      `the demo already runs at ${running.url} (process ${demo.pid}): stop it first, or use that one\n`,
    );

    demo.signal("SIGINT");
    const { code, stderr } = await demo.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(Object.values(running.pids).filter(isAlive)).toEqual([]);
  });

  it("ends everything when somebody ends npm alone, which passes the signal on to nobody", async () => {
    const folder = demoFolder();
    const { POCKETBASE_BIN, POCKETBASE_DIR } = process.env;
    const port = String(await freePort());
    const env = cleanEnvironment({ POCKETBASE_BIN, POCKETBASE_DIR, DEMO_DIR: folder, PORT: port });
    const npm = startChild("npm", ["start"], { cwd: REPOSITORY, env });
    const { running } = await firstResult(npm, folder);
    npm.signal("SIGTERM");
    await waitFor(() => Object.values(running.pids).filter(isAlive).length === 0, "the demo to end");
  });

  it("ends everything and tells why when PocketBase dies", async () => {
    const folder = demoFolder();
    const demo = npmStart(folder, await freePort());
    const { running } = await firstResult(demo, folder);
    process.kill(running.pids.pocketbase, "SIGKILL");
    const { code, stderr } = await demo.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("PocketBase has stopped by itself (ended by SIGKILL)");
    expect(Object.values(running.pids).filter(isAlive)).toEqual([]);
  });

  it("starts anew after a Ctrl-C in the middle of its first start", async () => {
    const folder = demoFolder();
    const interrupted = await npmStart(folder, await freePort(), await interruptedBinary(folder)).ended;
    expect(interrupted).toEqual({ code: 0, stdout: "\nStopping …\n", stderr: "" });

    const demo = npmStart(folder, await freePort());
    expect((await firstResult(demo, folder)).line).toMatch(/^First sync: succeeded, 1,/);
    demo.signal("SIGINT");
    expect((await demo.ended).code).toBe(0);
  });

  it("says in one sentence that the port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    atEndOfFile(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, stdout, stderr } = await npmStart(demoFolder(), port).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      `port ${port} is taken: stop the program that uses it, or choose another with PORT=… npm start\n`,
    );
  });

  it("says in one sentence that PORT is no port", async () => {
    const { code, stderr } = await npmStart(demoFolder(), "eighty").ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'PORT is "eighty", expected a number from 1 to 65535\n' });
  });
});
