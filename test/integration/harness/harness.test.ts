import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { MAPPED_FIELDS } from "../../erp/row";
import { atEndOfFile, isAlive, type PocketBaseServer, pause, startPocketBase, TARGET, waitFor } from "./index";

// These tests are about starting and stopping: instead of our hooks they have one command that tells what it was given.
const hooksDir = mkdtempSync(join(tmpdir(), "pb-hooks-"));
atEndOfFile(() => rmSync(hooksDir, { recursive: true, force: true }));
const ECHO = `$app.rootCmd.addCommand(new Command({ use: "erp", run: (_, args) => {
  console.log(args.join(" ") + " " + $os.getenv("ERP_TOKEN"));
  $os.exit(2);
} }));`;
writeFileSync(join(hooksDir, "echo.pb.js"), ECHO);

describe("a PocketBase of the harness", () => {
  let server: PocketBaseServer;
  beforeAll(async () => {
    server = await startPocketBase({ hooksDir, env: { ERP_TOKEN: "secret" } });
  });

  it("has our collections and a superuser who may read them", async () => {
    expect(await server.settings()).toMatchObject({ name: "aswan_bom" });
    expect(await server.targetRows()).toEqual([]);
  });

  it("has the 54 fields in its target that the comparison looks at", async () => {
    const { fields } = await server.pb.collections.getOne(TARGET);
    const own = fields.map((field) => field.name).filter((name) => /^[A-Z]/.test(name));
    expect(own).toEqual(MAPPED_FIELDS);
  });

  it("reads more records than one page has", async () => {
    const batch = server.pb.collection(TARGET);
    const row = { BOM_WORKORDER_BASE_ID: "AW-1", BOM_WORKORDER_SUB_ID: "0" };
    for (let n = 0; n < 25; n++) await batch.create({ ...row, BOM_PIECE_NO: n });
    expect(await server.pb.collection(TARGET).getFullList({ batch: 10, sort: "id" })).toHaveLength(25);
    expect(await server.rows(TARGET, "BOM_PIECE_NO < 5")).toHaveLength(5);
  });

  it("keeps data, port and login over stop, kill and restart", async () => {
    const { url, pid } = server;
    expect(await server.stop()).toBe(0);
    expect(isAlive(pid)).toBe(false);
    await server.restart();
    await server.kill();
    await server.restart();
    expect(server.url).toBe(url);
    expect(server.pid).not.toBe(pid);
    expect(await server.targetRows()).toHaveLength(25);
  });

  it("runs the binary beside the server and tells its exit code and output", async () => {
    expect(await server.cli(["status", "now"])).toEqual({
      code: 2,
      stdout: expect.stringMatching(/status now secret\n$/),
      stderr: "",
    });
  });

  it("gives each server a data folder of its own", async () => {
    const other = await startPocketBase({ hooksDir });
    expect(other.dataDir).not.toBe(server.dataDir);
    expect(existsSync(join(other.dataDir, "data.db"))).toBe(true);
    expect(await other.targetRows()).toEqual([]);
  });

  it("tells what PocketBase said when it does not start", async () => {
    await expect(startPocketBase({ hooksDir, port: server.port })).rejects.toThrow("address already in use");
  });
});

describe("waitFor", () => {
  it("answers the first value that counts", async () => {
    let looks = 0;
    expect(await waitFor(() => ++looks > 2 && looks, "the third look")).toBe(3);
  });

  it("tells what it waited for and what it saw last", async () => {
    await expect(waitFor(() => pause(1), "nothing", 60)).rejects.toThrow(
      "waited 60 ms for nothing; last seen: undefined",
    );
    const fails = () => Promise.reject(new Error("not there"));
    await expect(waitFor(fails, "a file", 60)).rejects.toThrow("waited 60 ms for a file; last error: not there");
  });
});
