import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { setupServer } from "msw/node";
import { afterEach, describe, expect, it } from "vitest";
import { Answers } from "../../erp/answers";
import { Factory } from "../../erp/factory";
import { erpHandlers } from "../../erp/handlers";
import type { ErpRow } from "../../erp/row";
import { type Erp, type ErpOptions, startErp } from "../../erp/server";
import { ask, BOM_URL } from "./ask";

const running: Erp[] = [];
async function start(options: ErpOptions = {}): Promise<Erp> {
  const erp = await startErp({ factory: new Factory({ rows: 30 }), ...options });
  running.push(erp);
  return erp;
}
afterEach(async () => {
  for (const erp of running.splice(0)) await erp.close();
});

async function rowsAt(erp: Erp, path?: string): Promise<ErpRow[]> {
  return JSON.parse((await ask(erp, path)).body.toString()) as ErpRow[];
}

describe("the ERP over HTTP", () => {
  it("answers the factory's rows as a JSON array of known length", async () => {
    const erp = await start();
    const answer = await ask(erp);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
    expect(JSON.parse(answer.body.toString())).toEqual(erp.factory.rows());
  });

  it("answers what the factory has now", async () => {
    const erp = await start();
    await ask(erp);
    const { after } = erp.factory.changeRow(4);
    expect((await rowsAt(erp))[4]).toEqual(after);
  });

  it("leaves out work orders created before fromDate", async () => {
    const erp = await start();
    const rows = await rowsAt(erp, BOM_URL.replace("2025-12-01", "2025-12-08"));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(erp.factory.rows().length);
    for (const row of rows) expect(row.WO_CREATE_DATE?.slice(0, 10) ?? "").not.toMatch(/2025-12-0[1-7]/);
  });

  it("refuses a fromDate that is not a date and knows nothing of another txnType", async () => {
    const erp = await start();
    expect((await ask(erp, BOM_URL.replace("2025-12-01", "yesterday"))).status).toBe(400);
    expect(await rowsAt(erp, BOM_URL.replace("BOM&", "LAB&"))).toEqual([]);
  });

  it("answers given rows or given text until told to go back", async () => {
    const erp = await start();
    const [row] = erp.factory.rows() as [ErpRow];
    erp.setRows([row]);
    expect(await rowsAt(erp)).toEqual([row]);
    erp.setRows('[{"BOM_QTY": 10.0}]');
    expect((await ask(erp)).body.toString()).toBe('[{"BOM_QTY": 10.0}]');
    erp.setRows(null);
    expect(await rowsAt(erp)).toEqual(erp.factory.rows());
  });

  it("keeps a record of every request with its query and headers", async () => {
    const erp = await start();
    await ask(erp);
    expect(erp.requests).toMatchObject([
      { method: "GET", query: { txnType: "BOM", fromDate: "2025-12-01" }, headers: { host: erp.url.slice(7) } },
    ]);
  });

  it("answers 401 to whom it does not know", async () => {
    const erp = await start({ authorize: (headers) => headers.authorization === "Bearer secret" });
    expect((await ask(erp)).status).toBe(401);
    const known = await fetch(erp.url + BOM_URL, { headers: { authorization: "Bearer secret" } });
    expect(known.status).toBe(200);
  });

  it("lets another process move the factory only where control is on", async () => {
    const [open, shut] = [await start({ control: true }), await start()];
    const send = (erp: Erp, command: object) =>
      fetch(`${erp.url}/__control`, { method: "POST", body: JSON.stringify(command) });
    const before = await rowsAt(open);
    await send(open, { tick: 1, fault: { kind: "empty" } });
    expect(await rowsAt(open)).toEqual([]);
    expect(await rowsAt(open)).not.toEqual(before);
    expect((await send(shut, { tick: 1 })).status).toBe(404);
  });

  it("closes while a client still waits for an answer", async () => {
    const erp = await startErp({ factory: new Factory({ rows: 10 }) });
    erp.fault({ kind: "hang", before: "headers" });
    const waiting = expect(ask(erp)).rejects.toThrow("socket hang up");
    await expect.poll(() => erp.requests.length, { timeout: 60_000 }).toBe(1);
    await erp.close();
    await waiting;
  });
});

describe("the ERP over HTTPS", () => {
  function statusOf(erp: Erp, ca?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = request(erp.url + BOM_URL, { agent: false, ...(ca && { ca }) }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on("error", reject);
      call.end();
    });
  }

  it("is trusted by those who have its authority, and only by them", async () => {
    const erp = await start({ https: true });
    expect(erp.url).toMatch(/^https:/);
    await expect(statusOf(erp)).rejects.toThrow(/certificate/);
    expect(await statusOf(erp, readFileSync(erp.caFile ?? "", "utf8"))).toBe(200);
  });

  it("takes its authority's file away when it closes", async () => {
    const erp = await startErp({ https: true, factory: new Factory({ rows: 10 }) });
    expect(existsSync(erp.caFile ?? "")).toBe(true);
    await erp.close();
    expect(existsSync(erp.caFile ?? "")).toBe(false);
  });
});

describe("the ERP in pages", () => {
  it.each(["offset", "page", "cursor", "link"])("gives every row once by %s", async (style) => {
    const erp = await start();
    const seen: ErpRow[] = [];
    let path: string | null = `/api/paged/${style}?limit=7`;
    for (let page = 1; path !== null; page++) {
      const answer = await ask(erp, path);
      const body = JSON.parse(answer.body.toString());
      const items: ErpRow[] = Array.isArray(body) ? body : body.data.items;
      seen.push(...items);
      if (style === "cursor") path = body.next_cursor && `/api/paged/cursor?limit=7&cursor=${body.next_cursor}`;
      else if (style === "link") path = nextLink(String(answer.headers.link ?? ""));
      else path = items.length < 7 ? null : `/api/paged/${style}?limit=7&page=${page + 1}&offset=${page * 7}`;
    }
    expect(seen).toEqual(erp.factory.rows());
  });

  function nextLink(header: string): string | null {
    const url = /<([^>]+)>; rel="next"/.exec(header)?.[1];
    return url ? new URL(url).pathname + new URL(url).search : null;
  }

  it("can fail at the third page only", async () => {
    const erp = await start();
    erp.fault({ kind: "none" }, 2);
    erp.fault({ kind: "cut", framing: "length" });
    const pages = [];
    for (const offset of [0, 7, 14]) pages.push(await ask(erp, `/api/paged/offset?limit=7&offset=${offset}`));
    expect(pages.map((page) => page.complete)).toEqual([true, true, false]);
  });
});

describe("the ERP inside the process", () => {
  it("answers fetch through msw with the same handlers", async () => {
    const factory = new Factory({ rows: 10 });
    const server = setupServer(...erpHandlers(new Answers(factory)));
    server.listen({ onUnhandledRequest: "error" });
    try {
      const answer = await fetch(`https://erp.test${BOM_URL}`);
      expect(await answer.json()).toEqual(factory.rows());
    } finally {
      server.close();
    }
  });
});
