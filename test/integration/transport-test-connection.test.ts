import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../erp/faults";
import { dump, type Installation, sentence, setSource, startWithErp, TRANSPORTS } from "./answers-instance";
import { freePort } from "./harness";

let here: Installation;
let before: string;
beforeAll(async () => {
  here = await startWithErp();
  await here.server.runSync();
  before = await dump(here.server);
});
beforeEach(() => {
  here.erp.clearFaults();
  here.erp.requests.length = 0;
});

/** Testing asks once and writes nothing: no row, no run, no lock. */
async function expectOneQuestion(): Promise<void> {
  const { erp, server } = here;
  expect(erp.requests).toHaveLength(1);
  expect(await dump(server)).toBe(before);
  expect(await server.runs()).toHaveLength(1);
  expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });
}

describe.each(TRANSPORTS)("test-connection by %s", (transport) => {
  beforeEach(() => setSource(here.server, { transport }));

  it("tells over HTTP how many rows came and shows the first one", async () => {
    const { server, factory } = here;
    const rows = factory.rows();
    const bytes = Buffer.byteLength(JSON.stringify(rows));
    const latency_ms = expect.any(Number);
    const answer = { ok: true, status: 200, bytes, latency_ms, transport, rows: rows.length, first_row: rows[0] };
    expect(await server.action("test")).toEqual(answer);
    await expectOneQuestion();
  });

  it("tells the same in the console", async () => {
    const { server, factory } = here;
    const rows = factory.rows();
    const { code, stdout, stderr } = await server.cli(["test-connection", "aswan_bom"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const bytes = Buffer.byteLength(JSON.stringify(rows));
    const first = JSON.stringify(rows[0]).slice(0, 300);
    expect(stdout).toBe(`aswan_bom: ${rows.length} rows, ${bytes} bytes by ${transport}\nfirst row: ${first}\n`);
    await expectOneQuestion();
  });

  it.each<[string, Fault, string]>([
    [
      "a refusal",
      { kind: "status", status: 401 },
      'ERP answered 401 ("Authorization has been denied for this request."): check options.source.auth and the variable it names, such as ERP_TOKEN',
    ],
    [
      "a server error, without asking again",
      { kind: "status", status: 500 },
      'ERP answered 500 ("An error has occurred."); given up after 1 attempt: check that the ERP is up and what its log says',
    ],
    [
      "a login page",
      { kind: "login-page" },
      'the answer is an HTML page titled "Sign in", not JSON (a login page? check source_url and options.source.auth) (Content-Type: text/html); nothing was changed',
    ],
    [
      "rows somewhere else",
      { kind: "shape", shape: "object" },
      'rows_path is "$", but the answer is an object, not a list; its top level has: data; nothing was changed',
    ],
    [
      "a cut answer",
      { kind: "cut", framing: "length" },
      "ERP broke off in the middle of the answer (…); given up after 1 attempt: check the ERP's log; nothing of a half answer was taken",
    ],
  ])("says what is wrong: %s", async (_, fault, expected) => {
    const { erp, server } = here;
    erp.fault(fault, 2);
    const { ok, error } = await server.action("test");
    expect({ ok, error: sentence(erp, error) }).toEqual({ ok: false, error: expected });
    await expectOneQuestion();

    const told = await server.cli(["test-connection", "aswan_bom"]);
    expect({ ...told, stdout: sentence(erp, told.stdout) }).toEqual({ code: 1, stdout: `${expected}\n`, stderr: "" });
  });
});

it("works for a paused stream, to find out what is wrong before it goes on", async () => {
  const { server } = here;
  await server.updateSettings({ paused: true });
  expect(await server.action("test")).toMatchObject({ ok: true });
  await server.updateSettings({ paused: false });
  await expectOneQuestion();
});

it("names the streams there are when it is asked for another one", async () => {
  const error = 'there is no stream "bom"; sync_settings has: aswan_bom';
  await expect(here.server.action("test", {}, "bom")).rejects.toMatchObject({ response: { error } });
  expect(await here.server.cli(["test-connection", "bom", "--json"])).toMatchObject({
    code: 1,
    stdout: '{"error":"there is no stream \\"bom\\"; sync_settings has: aswan_bom"}\n',
  });
});

it("says so when nobody listens", async () => {
  const { server } = here;
  const { source_url } = await server.settings();
  const url = `http://127.0.0.1:${await freePort()}/api`;
  for (const transport of TRANSPORTS) {
    await setSource(server, { transport });
    await server.updateSettings({ source_url: url });
    const { error } = await server.action("test");
    expect(error.replace(/ \(.*?\);/, " (…);")).toBe(
      `${url} did not take the connection (…); given up after 1 attempt: check that the ERP is up, that source_url names the right port and that no firewall is in between`,
    );
  }
  await server.updateSettings({ source_url });
});
