import { beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../erp/faults";
import { BOM_PATH } from "../erp/handlers";
import { type Installation, setSource, startWithErp, TRANSPORTS } from "./answers-instance";
import { TARGET } from "./harness";

/** Texts that a careless reader changes. U+FFFD is what a careless decoder puts in; here the ERP sent it. */
const TEXTS = [
  "Ünïcödé ß 中文 العربية",
  "🚀👩🏽‍🔧 e\u0301",
  "before \ufffd after",
  "\ufffd\ufffd",
  'quote " backslash \\ slash / </script>',
  "},{",
  '"},{"TXN_TYPE":"BOM"',
  "line\u2028and\u2029paragraph",
];

describe.each(TRANSPORTS)("by %s", (transport) => {
  let here: Installation;
  beforeAll(async () => {
    here = await startWithErp({ ERP_LOG_JSON: "1" });
    await setSource(here.server, { transport });
    await here.server.runSync();
  });

  it.each<[string, Fault[], number]>([
    ["two answers of 500", Array(2).fill({ kind: "status", status: 500 }), 3],
    ["a 429", [{ kind: "status", status: 429 }], 2],
    ["a 503 and a lost connection", [{ kind: "status", status: 503 }, { kind: "reset" }], 3],
    ["a cut answer", [{ kind: "cut", framing: "length" }], 2],
    ["an answer cut without its last chunk", [{ kind: "cut", framing: "chunked" }], 2],
    ["an answer cut by a connection that closes in good order", [{ kind: "cut", framing: "close" }], 2],
  ])("syncs after %s, in the same run", async (_, faults, requests) => {
    const { erp, server, factory } = here;
    factory.changeRow();
    for (const fault of faults) erp.fault(fault);
    erp.requests.length = 0;
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "succeeded", error: "", rows_changed: 1, pushed_updated: 1, transport });
    expect(erp.requests).toHaveLength(requests);
    await server.expectTarget(factory.rows());
  });

  it("waits as long as Retry-After asks, which is longer than its own delay", async () => {
    const { erp, server } = here;
    const logged = server.log().length;
    erp.fault({ kind: "status", status: 429, retryAfter: 1 });
    erp.fault({ kind: "status", status: 500 });
    await server.runSync();
    const waits = server
      .log()
      .slice(logged)
      .matchAll(/"fetch attempt failed, trying again".*"waitSeconds":([\d.]+)/g);
    expect(Array.from(waits, (wait) => wait[1])).toEqual(["1", "0.05"]);
  });

  it.each<[string, Fault]>([
    ["compressed", { kind: "gzip" }],
    ["slow", { kind: "slow", bytesPerMs: 200 }],
    ["found behind a redirect", { kind: "redirect", to: `${BOM_PATH}?txnType=BOM&fromDate=2025-12-01` }],
  ])("syncs an answer that is %s", async (_, fault) => {
    const { erp, server, factory } = here;
    factory.changeRow(1);
    erp.fault(fault);
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_fetched: factory.rows().length });
    await server.expectTarget(factory.rows());
  });

  it("syncs an answer that begins with a byte order mark and is laid out over many lines", async () => {
    const { erp, server, factory } = here;
    const rows = factory.rows();
    factory.changeRow(2);
    erp.setRows(`\ufeff\n${JSON.stringify(factory.rows(), null, 2)}\n\n`);
    const run = await server.runSync();
    erp.setRows(null);
    // Every row's text is another one, and one row's content.
    expect(run).toMatchObject({ status: "succeeded", rows_changed: 1, rows_touched: rows.length - 1 });
    await server.expectTarget(factory.rows());
  });

  it("keeps every character of a text as the ERP sent it", async () => {
    const { erp, server, factory } = here;
    TEXTS.forEach((text, at) => void factory.changeRow(at, { WO_PRODUCT_CODE: text }));
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: TEXTS.length, rows_invalid: 0 });
    await server.expectTarget(factory.rows());
    const stored = (await server.rows(TARGET)).map((record) => record.WO_PRODUCT_CODE);
    expect(stored).toEqual(expect.arrayContaining(TEXTS));
    const raw = (await server.rows("erp_raw_data")).map((row) => row.payload_json.WO_PRODUCT_CODE);
    expect(raw).toEqual(expect.arrayContaining(TEXTS));
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length });
    expect(erp.requests.at(-1)?.query).toEqual({ txnType: "BOM", fromDate: "2025-12-01" });
  });
});
