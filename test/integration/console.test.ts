import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { consoleArguments } from "./console-process";
import { cleanEnvironment, Factory, type PocketBaseServer, REPOSITORY, startChild, startErp } from "./harness";
import { findBinary } from "./harness/binary";
import { changeSome, expectSettled, SLOW_PUSH, setOptions, startQuietly, story } from "./in-flight";

let erp: Erp;
let server: PocketBaseServer;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 120 }) });
  server = await startQuietly(erp, { env: { ERP_FETCH_RETRY_SECONDS: "0" } });
});

/** Runs a command with --json: nothing but one line of JSON may come out. */
async function json(...args: string[]): Promise<{ code: number | null; answer: ReturnType<typeof JSON.parse> }> {
  const { code, stdout, stderr } = await server.cli([...args, "--json"]);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return { code, answer: JSON.parse(stdout) };
}

describe("the console beside the live server", () => {
  it("runs a stream to its end, and says nothing but the result where nobody looks", async () => {
    const { code, stdout, stderr } = await server.cli(["sync", "aswan_bom"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const rows = erp.factory.rows().length;
    expect(stdout).toMatch(
      new RegExp(
        `^aswan_bom: succeeded in \\d+\\.\\d s; ${rows} rows fetched; ${rows} new, 0 changed, .*; pushed ${rows} inserts, 0 updates, 0 deletes\n$`,
      ),
    );
    expect(await server.runs()).toMatchObject([{ trigger: "console", triggered_by: "console", status: "succeeded" }]);
    await expectSettled(server, erp);
  });

  it("answers every command with one JSON document", async () => {
    changeSome(erp);
    const rows = erp.factory.rows().length;
    const sync = await json("sync", "aswan_bom");
    expect(sync).toMatchObject({ code: 0, answer: { status: "succeeded", rows_fetched: rows, rows_changed: 1 } });
    expect(await json("work")).toEqual({ code: 0, answer: [] });
    const status = await json("status");
    const { streams } = status.answer;
    expect(streams).toMatchObject([{ name: "aswan_bom", state: "idle", rows, last_run: { id: sync.answer.id } }]);
    const runs = await json("runs", "aswan_bom", "--limit", "1");
    expect(runs.answer).toMatchObject({ page: 1, limit: 1, items: [{ id: sync.answer.id }] });
    const second = await json("runs", "--limit=1", "--page=2");
    expect(second.answer).toMatchObject({ page: 2, items: [{ rows_new: rows - 1 }] });
    expect(await json("retry", "aswan_bom")).toEqual({ code: 0, answer: { retried: 0 } });
    expect(await json("approve-deletes", "aswan_bom")).toEqual({ code: 0, answer: { approved: 0 } });
    expect(await json("pause", "aswan_bom")).toEqual({ code: 0, answer: { stream: "aswan_bom", paused: true } });
    expect((await json("sync", "aswan_bom")).answer).toMatchObject({ status: "paused" });
    expect(await json("resume", "aswan_bom")).toEqual({ code: 0, answer: { stream: "aswan_bom", paused: false } });
    const test = await json("test-connection", "aswan_bom");
    expect(test.answer).toMatchObject({ ok: true, status: 200, rows, first_row: erp.factory.rows()[0] });
    expect((await json("doctor")).answer).toMatchObject({ ok: true });
    await expectSettled(server, erp);
  });

  it("answers every command with lines for a person", async () => {
    const lines = async (...args: string[]) => {
      const { code, stdout, stderr } = await server.cli(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return stdout;
    };
    expect(await lines("work")).toBe("nothing to do\n");
    expect(await lines("status")).toMatch(/^stream +state .*\naswan_bom +idle +succeeded .*\n$/);
    expect(await lines("runs", "--limit", "2")).toMatch(/^started \(UTC\) .*\n.*console.*\n.*console.*\n$/);
    expect(await lines("retry")).toBe("0 jobs are due again\n");
    expect(await lines("pause", "aswan_bom")).toBe("aswan_bom is paused\n");
    expect(await lines("resume", "aswan_bom")).toBe("aswan_bom is running by its schedule again\n");
    expect(await lines("approve-deletes", "aswan_bom")).toBe("aswan_bom: no deletes are held\n");
    expect(await lines("test-connection", "aswan_bom")).toMatch(
      /^aswan_bom: \d+ rows, \d+ bytes by curl\nfirst row: {/,
    );
    expect(await lines("doctor")).toMatch(/^ok +version: /);
  });
});

describe("a command that fails", () => {
  it("says on stderr why, with exit code 1, and as JSON on stdout", async () => {
    erp.fault({ kind: "status", status: 401 }, 4);
    const told = expect.stringContaining("answered 401");
    expect(await server.cli(["sync", "aswan_bom"])).toEqual({ code: 1, stdout: "", stderr: told });
    // That the ERP says no is what the test was to find out: its result.
    expect(await server.cli(["test-connection", "aswan_bom"])).toEqual({ code: 1, stdout: told, stderr: "" });
    const error = expect.stringContaining("check options.source.auth");
    expect(await json("sync", "aswan_bom")).toMatchObject({ code: 1, answer: { status: "failed", error } });
    expect(await json("test-connection", "aswan_bom")).toMatchObject({ code: 1, answer: { ok: false, error } });
    erp.clearFaults();
  });
});

describe("doctor", () => {
  it("warns of a target that is open to everybody until its rules are closed", async () => {
    const check = async () =>
      (await json("doctor")).answer.checks.find(({ name }: { name: string }) => /target/.test(name));
    expect(await check()).toMatchObject({ level: "warning", message: expect.stringContaining("listRule, viewRule") });
    const rules = { listRule: null, viewRule: null, createRule: null, updateRule: null, deleteRule: null };
    const target = await server.pb.collections.update("ASWNDUBAI_erpConsolidateData", rules);
    expect(await check()).toMatchObject({ level: "ok" });
    await server.pb.collections.update(target.id, { ...rules, viewRule: "@request.auth.id != ''" });
    expect(await check()).toMatchObject({ level: "ok" });
  });

  it("fails where a variable is not set, names it, and only warns of it while the stream is paused", async () => {
    const { source_url } = await server.settings();
    await server.updateSettings({ source_url: source_url.replace(/\$\{[^}]*\}/, "${ERP_BASE_URL}") });
    const doctor = async () => {
      const { code, stdout, stderr } = await server.cli(["doctor", "--json"], { ERP_BASE_URL: "" });
      const { ok, checks } = JSON.parse(stdout);
      const told = checks.map(({ name, level, message }: Record<string, string>) => [`${level} ${name}`, message]);
      return { code, stderr, ok, told };
    };
    const notSet = expect.stringContaining("ERP_BASE_URL is not set");
    const failed = await doctor();
    expect(failed).toMatchObject({ code: 1, stderr: "", ok: false });
    expect(failed.told).toContainEqual(["error aswan_bom settings", notSet]);

    await server.updateSettings({ paused: true });
    const warned = await doctor();
    expect(warned).toMatchObject({ code: 0, stderr: "", ok: true });
    expect(warned.told).toContainEqual(["warning aswan_bom settings", notSet]);
    expect(warned.told).toContainEqual(["warning aswan_bom paused", expect.stringContaining("the stream is paused")]);
    await server.updateSettings({ paused: false, source_url });
  });
});

describe("the console on a terminal", () => {
  it("draws its progress there, ends it, and then says the result", async () => {
    await setOptions(server, SLOW_PUSH);
    for (let at = 0; at < 100; at++) erp.factory.changeRow(at);
    const command = [await findBinary(), ...consoleArguments(server, ["sync", "aswan_bom"])].join(" ");
    const env = cleanEnvironment({ ERP_BASE_URL: erp.url, TERM: "xterm" });
    const child = startChild("script", ["-qec", command, "/dev/null"], { env, cwd: REPOSITORY });
    const { code, stdout } = await child.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("\r\x1b[Kpush 100 of 100 (100 %)\r\n");
    expect(stdout).toMatch(/\naswan_bom: succeeded in [^\r\n]*\r\n$/);
  });
});

describe("the console without the server", () => {
  it("does the same work on the same data", async () => {
    await server.stop();
    changeSome(erp);
    expect(await json("sync", "aswan_bom")).toMatchObject({
      code: 0,
      answer: { status: "succeeded", rows_changed: 1 },
    });
    expect(await json("status")).toMatchObject({ code: 0, answer: { pending_count: 0, dead_count: 0 } });
    await server.restart();
    expect((await story(server)).at(-1)).toBe("console succeeded");
    await expectSettled(server, erp);
  });
});
