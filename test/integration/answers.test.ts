import { beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../erp/faults";
import { BOM_PATH } from "../erp/handlers";
import {
  breakAnswers,
  dump,
  type Installation,
  sentence,
  setSource,
  startWithErp,
  TRANSPORTS,
} from "./answers-instance";

const NO_ROWS_PATH = 'rows_path is "$", but the answer is an object, not a list; its top level has:';
const LOGIN_PAGE =
  'the answer is an HTML page titled "Sign in", not JSON (a login page? check source_url and options.source.auth) (Content-Type: text/html); nothing was changed';
const CUT =
  "ERP broke off in the middle of the answer (…); given up after 3 attempts: check the ERP's log; nothing of a half answer was taken";
const LATE =
  "ERP did not answer in time (…); given up after 3 attempts: check that the ERP is up, or raise options.source.timeout_seconds";

/** Name, what the ERP does, what the person on call reads, options.source. */
const badAnswers: [string, Fault[], string, Record<string, unknown>?][] = [
  ["one cut short of its Content-Length", [{ kind: "cut", framing: "length" }], CUT],
  ["one cut without its last chunk", [{ kind: "cut", framing: "chunked" }], CUT],
  ["one cut by a connection that closes in good order", [{ kind: "cut", framing: "close" }], CUT],
  ["one cut between two rows", [{ kind: "cut", framing: "close", afterRow: true }], CUT],
  ["a connection that is reset", [{ kind: "reset" }], CUT],
  ["none within the timeout", [{ kind: "hang", before: "headers" }], LATE, { timeout_seconds: 1 }],
  ["one that stops in the middle", [{ kind: "hang", before: "body-end" }], LATE, { timeout_seconds: 1 }],
  ["a login page with status 200", [{ kind: "login-page" }], LOGIN_PAGE],
  ["a redirect to a login page", [{ kind: "redirect", to: "/api/login" }, { kind: "login-page" }], LOGIN_PAGE],
  [
    "redirects without end",
    [{ kind: "redirect", to: "/api/again" }],
    "ERP leads from one address to the next without end (…): check source_url, and options.source.auth: a login page is often behind it",
  ],
  [
    "one that says it is only a part of the rows",
    [{ kind: "status", status: 206 }],
    'ERP answered 206 ("An error has occurred."): the ERP says that this is only a part of its rows, and nothing was taken: ask it for all of them, or set options.source.paging',
  ],
  [
    "an empty list",
    [{ kind: "empty" }],
    "the ERP answered with no rows at all; nothing was changed. If that is right: erp sync aswan_bom --empty",
  ],
  ["nothing at all", [{ kind: "shape", shape: "no-body" }], "the answer is empty; nothing was changed"],
  [
    "an error with status 200",
    [{ kind: "shape", shape: "error-object" }],
    `${NO_ROWS_PATH} error; it says "Timeout expired. The server is not responding."; nothing was changed`,
  ],
  ["an object around the rows", [{ kind: "shape", shape: "object" }], `${NO_ROWS_PATH} data; nothing was changed`],
  ["numbers", [{ kind: "shape", shape: "numbers" }], "row 1 is a number (1), expected an object; nothing was changed"],
  ["null", [{ kind: "shape", shape: "null" }], "the answer is null, expected a list of rows; nothing was changed"],
  [
    "text in ISO-8859-1",
    [{ kind: "latin1" }],
    'the answer is not UTF-8 text, near "NO":10,"BOM_PIECE_NO":10,"BOM_PART_ID":"\ufffdBER","BOM_QTY":15,"PART_IS_MANUFACTURE""; the ERP must answer in UTF-8; nothing was changed',
  ],
  [
    "401",
    [{ kind: "status", status: 401 }],
    'ERP answered 401 ("Authorization has been denied for this request."): check options.source.auth and the variable it names, such as ERP_TOKEN',
  ],
  [
    "404",
    [{ kind: "status", status: 404 }],
    'ERP answered 404 ("An error has occurred."): there is nothing at this address, check source_url',
  ],
  [
    "429 without end",
    [{ kind: "status", status: 429, retryAfter: 0 }],
    'ERP answered 429 ("An error has occurred."); given up after 3 attempts: the ERP gets too many requests, let the stream run less often',
  ],
  [
    "500 without end",
    [{ kind: "status", status: 500 }],
    'ERP answered 500 ("An error has occurred."); given up after 3 attempts: check that the ERP is up and what its log says',
  ],
];

describe.each(TRANSPORTS)("an answer by %s that cannot be used changes nothing and says why:", (transport) => {
  let here: Installation;
  beforeAll(async () => {
    here = await startWithErp();
    here.factory.changeRow(0, { BOM_PART_ID: "ÜBER" });
    await setSource(here.server, { transport });
    expect(await here.server.runSync()).toMatchObject({ status: "succeeded", transport });
  });

  it.each(badAnswers)("%s", async (_, faults, expected, source = {}) => {
    const { erp, server, factory } = here;
    await setSource(server, { transport, ...source });
    const before = await dump(server);
    breakAnswers(erp, faults);
    erp.requests.length = 0;

    const run = await server.runSync();
    erp.clearFaults();
    const asked = erp.requests.filter((request) => request.path === BOM_PATH);
    // Go asks once more by itself when a connection that it had kept is reset.
    expect(expected.includes("given up after 3 attempts") ? [3, 4] : [1]).toContain(asked.length);
    expect(sentence(erp, run.error)).toBe(expected);
    expect(run).toMatchObject({ status: "failed", transport, ingested_at: "", rows_new: 0, rows_left: 0 });
    expect(await dump(server)).toBe(before);
    expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });

    // The next good answer is taken as if nothing had been.
    await setSource(server, { transport });
    factory.changeRow(5);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: 1, pushed_updated: 1 });
    await server.expectTarget(factory.rows());
  });

  it("one that ends with a list inside a row, which looks like the end", async () => {
    const { erp, server } = here;
    const before = await dump(server);
    erp.setRows('[{"TXN_TYPE":"BOM","TAGS":["a"]');
    const run = await server.runSync();
    erp.setRows(null);
    expect(run).toMatchObject({
      status: "failed",
      error: "the answer is cut: it ends inside row 1, after 31 characters; nothing was changed",
    });
    expect(await dump(server)).toBe(before);
  });

  it("one with a text after its rows, whose end is quoted", async () => {
    const { erp, server } = here;
    const before = await dump(server);
    erp.setRows(`[{"TXN_TYPE":"BOM"}]<br />Notice: date() wants a Zeitzone für "Dubai" in job.php, line 7`);
    const run = await server.runSync();
    erp.setRows(null);
    expect(run).toMatchObject({ status: "failed", rows_new: 0 });
    expect(run.error).toContain(
      'broke off in the middle of the answer (89 bytes arrived; it ends with "…[{"TXN_TYPE":"BOM"}]<br />Notice: date() wants a Zeitzone für "Dubai" in job.php, line 7"); given up',
    );
    expect(await dump(server)).toBe(before);
  });

  it("tells the console by exit code 1 and the sentence on standard error", async () => {
    const { erp, server } = here;
    erp.fault({ kind: "status", status: 401 }, 2);
    expect(await server.cli(["sync", "aswan_bom"])).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^aswan_bom: failed in .*; http:.* answered 401 .*such as ERP_TOKEN\n$/),
    });
    const json = await server.cli(["sync", "aswan_bom", "--json"]);
    expect(json).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(json.stdout)).toMatchObject({ status: "failed", trigger: "console", rows_fetched: 0 });
    erp.clearFaults();
    expect(await server.cli(["sync", "aswan_bom"])).toMatchObject({ code: 0, stderr: "" });
  });
});
