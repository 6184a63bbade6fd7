import { beforeAll, describe, expect, it } from "vitest";
import { type PocketBaseServer, startPocketBase } from "./harness";

/** Each command: how it is used, and what its help says it does. */
const COMMANDS = {
  sync: ["sync <stream>", "Run a stream now"],
  work: ["work [stream]", "Work off the queue once"],
  status: ["status", "Show each stream at a glance"],
  runs: ["runs [stream]", "List the newest runs"],
  retry: ["retry [stream]", "Make dead and waiting jobs due again"],
  pause: ["pause <stream>", "Pause a stream"],
  resume: ["resume <stream>", "Let a paused stream run by its schedule again"],
  "approve-deletes": ["approve-deletes <stream> [run]", "Release deletes that were held"],
  "test-connection": ["test-connection <stream>", "Ask the ERP once"],
  doctor: ["doctor", "Look at everything that could keep the sync from running"],
} as const;
const NAMES = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

let server: PocketBaseServer;
beforeAll(async () => {
  server = await startPocketBase();
  // The console has to work without the server too.
  await server.stop();
});

describe("pocketbase erp", () => {
  it.each([[[]], [["--help"]]])("lists its commands and exit codes for %j", async (args) => {
    const { code, stdout, stderr } = await server.cli(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Exit codes: 0 all right, 1 it failed, 2 the command was wrong.");
    for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^  ${name} +${COMMANDS[name][1]}`, "m"));
  });

  it.each(NAMES)("explains %s", async (name) => {
    const { code, stdout, stderr } = await server.cli([name, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [use, summary] = COMMANDS[name];
    expect(stdout.startsWith(summary)).toBe(true);
    expect(stdout).toMatch(new RegExp(`^ +\\S+ erp ${use.replace(/[[\]]/g, "\\$&")} \\[flags\\]$`, "m"));
    expect(stdout).toContain("--json");
  });

  it("has flags of its own where a command needs them", async () => {
    const helps = await Promise.all(["sync", "runs", "retry"].map((name) => server.cli([name, "--help"])));
    const [sync, runs, retry] = helps.map(({ stdout }) => stdout);
    expect(sync).toMatch(/--force +run although the stream is paused/);
    expect(sync).toMatch(/--empty +an empty answer/);
    expect(runs).toMatch(/--limit int +how many runs, 1 to 200 \(default 20\)/);
    expect(runs).toMatch(/--page int .*\(default 1\)/);
    expect(retry).toMatch(/--job string +only this job's id/);
  });
});

describe("a wrong command", () => {
  it.each([
    [["nonsense"], 'there is no command "nonsense"', "erp [command]"],
    [["nonsense", "--json"], 'there is no command "nonsense"', "erp [command]"],
    [["help", "sync"], 'there is no command "help"', "erp [command]"],
    [["--wrong"], "unknown flag: --wrong", "erp [command]"],
    [["sync"], "name the stream, for example: aswan_bom", "erp sync <stream>"],
    [["pause"], "name the stream, for example: aswan_bom", "erp pause <stream>"],
    [["test-connection", "--json"], "name the stream, for example: aswan_bom", "erp test-connection <stream>"],
    [["sync", "aswan_bom", "now"], '"now" is one argument too many', "erp sync <stream>"],
    [["status", "aswan_bom"], '"aswan_bom" is one argument too many', "erp status"],
    [["approve-deletes", "aswan_bom", "run", "more"], '"more" is one argument too many', "erp approve-deletes"],
    [["sync", "aswan_bom", "--fast"], "unknown flag: --fast", "erp sync <stream>"],
    [["doctor", "-x"], "unknown shorthand flag: 'x' in -x", "erp doctor"],
    [["runs", "--limit", "many"], 'invalid argument "many" for "--limit" flag', "erp runs [stream]"],
  ])("%j is refused with a sentence, the usage and exit code 2", async (args, sentence, usage) => {
    const { code, stdout, stderr } = await server.cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.startsWith(sentence)).toBe(true);
    expect(stderr).toContain("\n\nUsage:\n");
    expect(stderr).toContain(usage);
  });

  it.each([
    ["--limit=0", 'limit: "0" is not a whole number from 1 to 200'],
    ["--limit=201", 'limit: "201" is not a whole number from 1 to 200'],
    ["--page=-1", 'page: "-1" is not a whole number from 1 to 1000000'],
  ])("runs %s is refused with a sentence and exit code 2", async (flag, sentence) => {
    expect(await server.cli(["runs", flag])).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
    const { code, stdout, stderr } = await server.cli(["runs", flag, "--json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ error: sentence });
  });

  const TAKING_A_STREAM = NAMES.filter((name) => /[[<]stream/.test(COMMANDS[name][0]));
  it.each(TAKING_A_STREAM)("%s of an unknown stream lists the streams, with exit code 1", async (name) => {
    const sentence = 'there is no stream "nowhere"; sync_settings has: aswan_bom';
    expect(await server.cli([name, "nowhere"])).toEqual({ code: 1, stdout: "", stderr: `${sentence}\n` });
    const { code, stdout, stderr } = await server.cli([name, "nowhere", "--json"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ error: sentence });
  });
});
