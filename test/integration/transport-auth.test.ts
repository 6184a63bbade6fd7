import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { BOM_PATH } from "../erp/handlers";
import { type Installation, setSource, startWithErp, TRANSPORTS } from "./answers-instance";
import { freePort, waitFor } from "./harness";

const TOKEN = 'tok-7f3a9c-with+odd/chars&="\\';
const PASSWORD = "päss:wörd 1f9b";
const API_KEY = "key-5d21e8b0";
const BASIC = Buffer.from(`sync:${PASSWORD}`).toString("base64");
/** In every form in which one could get out. */
const SECRETS = [TOKEN, PASSWORD, API_KEY].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString("base64"),
]);
SECRETS.push(BASIC);

/** Collections that hold what this project writes. */
const OURS = ["sync_settings", "sync_runs", "erp_raw_data", "job_queue", "push_log", "failed_records", "sync_overview"];

const auth: Record<string, { source: Record<string, unknown>; sent: IncomingHttpHeaders }> = {
  none: { source: {}, sent: {} },
  bearer: {
    source: { auth: { kind: "bearer", token: "${ERP_TOKEN}" } },
    sent: { authorization: `Bearer ${TOKEN}` },
  },
  basic: {
    source: { auth: { kind: "basic", username: "sync", password: "${ERP_PASSWORD}" } },
    sent: { authorization: `Basic ${BASIC}` },
  },
  header: {
    source: { auth: { kind: "header", name: "X-API-Key", value: "${ERP_API_KEY}" } },
    sent: { "x-api-key": API_KEY },
  },
  "own headers": {
    source: { headers: { "X-Tenant": "dubai", Cookie: "${ERP_TOKEN}" } },
    sent: { "x-tenant": "dubai", cookie: TOKEN },
  },
};

let here: Installation;
let open = true;
beforeAll(async () => {
  const env = { ERP_TOKEN: TOKEN, ERP_PASSWORD: PASSWORD, ERP_API_KEY: API_KEY, ERP_LOG_JSON: "1" };
  here = await startWithErp(env, { authorize: () => open });
});

function expectNoSecret(where: string, text: string): void {
  const found = SECRETS.filter((secret) => text.includes(secret));
  expect(found, `secrets in ${where}`).toEqual([]);
}

/** Records, PocketBase's own logs, output, and every byte of the data folder. */
async function expectNoSecretAnywhere(): Promise<void> {
  const { server } = here;
  for (const name of OURS)
    expectNoSecret(name, JSON.stringify(await server.rows(name, "", name === "sync_overview" ? "" : "id")));
  const logs = await server.pb.logs.getList(1, 1000);
  expectNoSecret("the logs", JSON.stringify(logs.items));
  expectNoSecret("the output", server.log());
  for (const entry of readdirSync(server.dataDir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expectNoSecret(entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8"));
  }
}

/** All processes of this machine, as `<parent's pid> <command line>`. */
function processes(): string[] {
  if (process.platform !== "linux") {
    return execFileSync("ps", ["-axww", "-o", "ppid=,args="], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim());
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return `${parent} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`;
      } catch {
        return "";
      }
    });
}

describe.each(TRANSPORTS)("by %s", (transport) => {
  describe.each(Object.entries(auth))("with auth %s", (_, { source, sent }) => {
    it("the ERP gets what it wants", async () => {
      const { server, erp, factory } = here;
      await setSource(server, { transport, ...source });
      erp.requests.length = 0;
      factory.changeRow();
      expect(await server.runSync()).toMatchObject({ status: "succeeded", transport });
      await server.expectTarget(factory.rows());
      const [request] = erp.requests;
      expect(erp.requests).toHaveLength(1);
      expect(request?.headers).toMatchObject({ accept: "application/json", ...sent });
      for (const name of ["authorization", "x-api-key", "cookie"]) {
        expect(request?.headers[name]).toBe(sent[name]);
      }
      expect(request?.query).toEqual({ txnType: "BOM", fromDate: "2025-12-01" });
    });

    it("a 401 says which variable to look at", async () => {
      open = false;
      const run = await here.server.runSync();
      open = true;
      expect(run).toMatchObject({ status: "failed" });
      expect(run.error).toContain("answered 401");
      expect(run.error).toContain("check options.source.auth and the variable it names");
    });
  });

  it("secrets of the query are encoded", async () => {
    const { server, erp } = here;
    await setSource(server, { transport, query: { access_token: "${ERP_TOKEN}", pass: "${ERP_PASSWORD}" } });
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    expect(erp.requests.at(-1)?.query).toMatchObject({ access_token: TOKEN, pass: PASSWORD });
  });

  it("a secret that the ERP quotes back, or that is in an address that fails, is hidden", async () => {
    const { server, erp } = here;
    await setSource(server, { transport, query: { access_token: "${ERP_TOKEN}" } });
    erp.setRows(JSON.stringify({ error: `token ${TOKEN} is unknown` }));
    expect((await server.runSync()).error).toContain('it says "token *** is unknown"');
    erp.setRows(null);
    const settings = await server.settings();
    await server.updateSettings({ source_url: `http://127.0.0.1:${await freePort()}/api?key=\${ERP_API_KEY}` });
    expect(await server.runSync()).toMatchObject({
      status: "failed",
      error: expect.stringContaining("did not take the connection"),
    });
    expect(await server.action("test").catch((error) => error.response)).toMatchObject({ ok: false });
    await server.updateSettings({ source_url: settings.source_url });
  });

  it("no secret is in a record, a log, the output or a file", async () => {
    const { server } = here;
    // PocketBase writes its logs every few seconds.
    const { id } = (await server.runs())[0] ?? { id: "" };
    await waitFor(
      async () => (await server.pb.logs.getList(1, 1, { filter: `data.run = "${id}"` })).totalItems > 0,
      "the logs",
    );
    await expectNoSecretAnywhere();
  });
});

it("no secret is in the process list while curl works", async () => {
  const { server, erp } = here;
  await setSource(server, { transport: "curl", ...auth.bearer?.source, query: { access_token: "${ERP_API_KEY}" } });
  erp.fault({ kind: "slow", bytesPerMs: 20 });
  const { run } = await server.action("sync");
  const lines = await waitFor(() => {
    const seen = processes();
    return seen.some((line) => line.startsWith(`${server.pid} curl -q -K -`)) && seen;
  }, "curl in the process list");
  expectNoSecret("the process list", lines.join("\n"));
  expectNoSecret("the answer of the route", JSON.stringify(run));
  await waitFor(async () => (await server.runs(`id = "${run}"`))[0]?.status === "succeeded", "the run to end");
  await expectNoSecretAnywhere();
});

it.each(TRANSPORTS)("a token or a password does not follow a redirect to another host by %s", async (transport) => {
  const { server, erp } = here;
  for (const name of ["bearer", "basic"]) {
    await setSource(server, { transport, ...auth[name]?.source });
    erp.requests.length = 0;
    const elsewhere = erp.url.replace("127.0.0.1", "localhost");
    erp.fault({ kind: "redirect", to: `${elsewhere}${BOM_PATH}?txnType=BOM&fromDate=2025-12-01` });
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    expect(erp.requests.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([
      [auth[name]?.sent.authorization, auth[name]?.sent.cookie],
      [undefined, undefined],
    ]);
  }
});

it.each(["header", "own headers"])(
  "curl follows no redirect with a secret in %s, and says where to go",
  async (name) => {
    const { server, erp } = here;
    await setSource(server, { transport: "curl", ...auth[name]?.source });
    erp.requests.length = 0;
    const elsewhere = erp.url.replace("127.0.0.1", "localhost");
    erp.fault({ kind: "redirect", to: `${elsewhere}${BOM_PATH}?txnType=BOM&fromDate=2025-12-01` });
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "failed" });
    expect(run.error).toContain("the ERP has moved, set source_url to the new address");
    expect(erp.requests).toHaveLength(1);
  },
);
