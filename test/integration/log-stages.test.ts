import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hooksWith, TARGET, waitFor } from "./harness";
import { setOptions } from "./in-flight";
import { type Installation, startSynced } from "./outcomes-instance";

/** A value that only the ERP knows, in every way a row or an answer can go wrong. */
const CANARY = "CANARY";
const HOOK = `onRecordUpdate((e) => {
  const code = e.record.getString("WO_PRODUCT_CODE");
  if (code.startsWith("${CANARY}-refused")) throw new BadRequestError("we do not take " + code);
  e.next();
}, "${TARGET}");`;

type Entry = Record<string, unknown> & { message: string };

let all: Installation;
let seen = 0;
beforeAll(async () => {
  const env = { ERP_LOG_JSON: "1", ERP_FETCH_RETRY_SECONDS: "0" };
  all = await startSynced({ rows: 20, env, hooksDir: hooksWith(HOOK) });
});
beforeEach(() => {
  entries();
});

/** What was logged since the last look, as ERP_LOG_JSON prints it. */
function entries(): Entry[] {
  const lines = all.server
    .log()
    .split("\n")
    .filter((line) => line.startsWith('{"time"'));
  const fresh = lines.slice(seen).map((line) => JSON.parse(line) as Entry);
  seen = lines.length;
  return fresh;
}

/** The same entries on the Logs page, once PocketBase has written them. */
async function logsPage(run: string): Promise<Record<string, unknown>[]> {
  const filter = `data.run = "${run}"`;
  const read = async () => (await all.server.pb.logs.getList(1, 200, { filter })).items;
  return waitFor(async () => {
    const items = await read();
    return items.some((item) => item.message.startsWith("erp: run ")) && items;
  }, "the run's entries on the Logs page");
}

describe("a run", () => {
  it("logs one entry a stage, with its time and counts, and one for its end", async () => {
    all.factory.changeRow(0);
    const run = await all.server.runSync();
    const told = entries().filter((entry) => entry.run === run.id);
    expect(told.map(({ message }) => message)).toEqual(
      ["fetch", "diff", "ingest", "heal", "push"].map((name) => `stage ${name}`).concat("stage touch", "run succeeded"),
    );
    for (const entry of told)
      expect(entry).toMatchObject({ level: "info", stream: "aswan_bom", ms: expect.any(Number) });
    const of = (stage: string) => told.find((entry) => entry.stage === stage);
    expect(of("fetch")).toMatchObject({ pages: 1, complete: true });
    expect(of("diff")).toMatchObject({ rows_fetched: all.factory.rows().length, rows_changed: 1 });
    expect(of("ingest")).toMatchObject({ rows: 1, absent: 0 });
    expect(of("push")).toMatchObject({ pushed_updated: 1, pushed_failed: 0 });
    const page = await logsPage(run.id);
    expect(page.map(({ message }) => message).sort()).toEqual(told.map(({ message }) => `erp: ${message}`).sort());
    expect(page.find(({ message }) => message === "erp: stage push")).toMatchObject({
      data: { stream: "aswan_bom", stage: "push", pushed_updated: 1 },
    });
  });

  it("logs the stage that ended it, with the sentence", async () => {
    all.erp.fault({ kind: "status", status: 404 });
    const run = await all.server.runSync();
    const told = entries().filter((entry) => entry.run === run.id);
    expect(told.map(({ message, level }) => `${level} ${message}`)).toEqual([
      "error stage fetch ended early",
      "error run failed",
      "warn alert run_failed",
    ]);
    for (const { error } of told.slice(0, 2)) expect(error).toContain("answered 404");
  });

  it("logs only what is grave enough for options.log.level", async () => {
    await setOptions(all.server, { log: { level: "warn" } });
    all.factory.changeRow(0);
    expect(await all.server.runSync()).toMatchObject({ status: "succeeded" });
    all.erp.fault({ kind: "status", status: 503 });
    expect(await all.server.runSync()).toMatchObject({ status: "succeeded" });
    expect(entries().map(({ message }) => message)).toEqual(["fetch attempt failed, trying again"]);
    await setOptions(all.server, {});
  });
});

/** Rows and answers with the canary in each place where something can go wrong; answers what was logged of them. */
async function goWrong(): Promise<{ told: Entry[]; page: string }> {
  const { erp, factory, server } = all;
  const before = factory.rows();
  erp.fault({ kind: "status", status: 503, message: `${CANARY}-503` });
  erp.fault({ kind: "status", status: 400, message: `${CANARY}-400` });
  const failed = [await server.runSync()];
  for (const answer of [
    `{"error":"${CANARY}-error"}`,
    `${CANARY}-text`,
    `<html><title>${CANARY}-page</title></html>`,
    `["${CANARY}-row"]`,
    `[{"a":"${CANARY}-cut`,
    `[{"a":${CANARY}}]`,
  ]) {
    erp.setRows(answer);
    failed.push(await server.runSync());
  }
  erp.setRows(null);
  for (const run of failed) {
    expect(run).toMatchObject({ status: "failed" });
    expect(run.error, "the record of the run has the whole sentence").toMatch(/CANARY|broke off/);
  }
  factory.breakRow(2, "BOM_QTY", `${CANARY}-quantity`);
  factory.breakRow(3, "BOM_PIECE_NO", { no: `${CANARY}-key` });
  factory.changeRow(5, { WO_PRODUCT_CODE: `${CANARY}-refused` });
  const partial = await server.runSync();
  expect(partial).toMatchObject({ status: "partial", rows_invalid: 2, pushed_failed: 1 });
  before.forEach((row, at) => void factory.changeRow(at, row));
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  const told = entries();
  const page = await Promise.all([...failed, partial].map((run) => logsPage(run.id)));
  return { told, page: JSON.stringify(page) };
}

describe("with options.log.payloads off", () => {
  it("no value of a row, no key and no word of the ERP is in the log", async () => {
    const { told, page } = await goWrong();
    expect(told.filter((entry) => JSON.stringify(entry).includes(CANARY))).toEqual([]);
    expect(page).not.toContain(CANARY);
    const errors = told.flatMap(({ error }) => (typeof error === "string" ? [error] : []));
    for (const sentence of ["answered 400", "no list of rows", "HTML page", "broke off", "2 rows went to quarantine"]) {
      expect(
        errors.some((error) => error.includes(sentence)),
        sentence,
      ).toBe(true);
    }
  });
});

describe("with options.log.payloads on", () => {
  it("the log shows what the ERP said, which rows were rejected and which were refused", async () => {
    await setOptions(all.server, { log: { payloads: true } });
    const { told, page } = await goWrong();
    for (const part of ["503", "400", "text", "page", "quantity", "key", "refused"]) {
      expect(
        told.some((entry) => JSON.stringify(entry).includes(`${CANARY}-${part}`)),
        part,
      ).toBe(true);
    }
    expect(page).toContain(`${CANARY}-quantity`);
  });
});
