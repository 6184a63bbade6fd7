import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { atEndOfFile, type PocketBaseServer, startPocketBase } from "./harness";

const TARGET = "goods";
const STREAM = "goods";
const PLAIN = [
  { name: "SKU", type: "text" },
  { name: "PRICE", type: "number" },
  { name: "ACTIVE", type: "bool" },
  { name: "SINCE", type: "date" },
];
const SPECIAL = [
  { name: "INFO", type: "json" },
  { name: "TAGS", type: "select", maxSelect: 3, values: ["a", "b", "c"] },
];
const FIRST = {
  SKU: "S-1",
  PRICE: 10,
  ACTIVE: true,
  SINCE: "2025-01-02",
  INFO: { size: { w: 1, h: 2 }, parts: [1, "x", null] },
  TAGS: ["a", "b"],
};

let server: PocketBaseServer;
let rows: object[] = [];
beforeAll(async () => {
  const erp = createServer((_, response) => response.end(JSON.stringify(rows)));
  await new Promise<void>((resolve) => erp.listen(0, "127.0.0.1", resolve));
  atEndOfFile(() => void erp.close());
  server = await startPocketBase({ erpUrl: `http://127.0.0.1:${(erp.address() as AddressInfo).port}` });
});

async function makeStream(name: string, fields: object[], mode: string): Promise<void> {
  await server.pb.collections.create({ type: "base", name, fields });
  await server.pb.collection("sync_settings").create({
    name,
    source_url: "${ERP_BASE_URL}/rows",
    key_fields: ["SKU"],
    target_collection: name,
    on_missing: "keep",
    options: { push: { mode } },
  });
}

/** What the push of this change of the row logged. */
async function changesOf(stream: string, before: object, after: object): Promise<RecordModel | undefined> {
  rows = [before];
  await server.runSync({}, stream);
  rows = [after];
  const run = await server.runSync({}, stream);
  const [entry] = await server.rows("push_log", `run = "${run.id}"`);
  return entry;
}

const PLAIN_CASES: [string, object, object[]][] = [
  ["a number", { PRICE: 10.25 }, [{ field: "PRICE", from: 10, to: 10.25 }]],
  ["a number that became null", { PRICE: null }, [{ field: "PRICE", from: 10, to: 0 }]],
  ["a bool", { ACTIVE: false }, [{ field: "ACTIVE", from: true, to: false }]],
  ["a bool that became null", { ACTIVE: null }, [{ field: "ACTIVE", from: true, to: false }]],
  [
    "a date",
    { SINCE: "2025-01-02T03:04:05.6" },
    [{ field: "SINCE", from: "2025-01-02 00:00:00.000Z", to: "2025-01-02 03:04:05.600Z" }],
  ],
  ["a date that became null", { SINCE: null }, [{ field: "SINCE", from: "2025-01-02 00:00:00.000Z", to: "" }]],
];

const SPECIAL_CASES: [string, object, object[]][] = [
  ["json", { INFO: { parts: [2] } }, [{ field: "INFO", from: FIRST.INFO, to: { parts: [2] } }]],
  ["json that became null", { INFO: null }, [{ field: "INFO", from: FIRST.INFO, to: null }]],
  ["a list", { TAGS: ["b", "c"] }, [{ field: "TAGS", from: ["a", "b"], to: ["b", "c"] }]],
  ["a list that became empty", { TAGS: null }, [{ field: "TAGS", from: ["a", "b"], to: [] }]],
];

describe.each(["records", "bulk"])("push_log of a push in mode %s", (mode) => {
  const stream = `${STREAM}_${mode}`;
  beforeAll(() => makeStream(stream, PLAIN, mode));

  it.each(PLAIN_CASES)("lists exactly %s", async (_, patch, changes) => {
    const entry = await changesOf(stream, FIRST, { ...FIRST, ...patch });
    expect(entry).toMatchObject({ response_code: 200, erp_id: "S-1" });
    expect(entry?.changes).toEqual(changes);
  });

  it("has no entry for values that are written otherwise and mean the same", async () => {
    const same = { SKU: "S-1 ", PRICE: "10.0", ACTIVE: 1, SINCE: "2025-01-02T00:00:00Z" };
    expect(await changesOf(stream, FIRST, { ...FIRST, ...same })).toBeUndefined();
  });
});

describe("push_log of fields with a structure", () => {
  beforeAll(() => makeStream(TARGET, [...PLAIN, ...SPECIAL], "records"));

  it.each(SPECIAL_CASES)("lists exactly %s", async (_, patch, changes) => {
    const entry = await changesOf(TARGET, FIRST, { ...FIRST, ...patch });
    expect(entry?.changes).toEqual(changes);
  });

  it("has no entry for an object whose keys only stand in another order", async () => {
    const turned = { parts: [1, "x", null], size: { h: 2, w: 1 } };
    expect(await changesOf(TARGET, FIRST, { ...FIRST, INFO: turned })).toBeUndefined();
  });

  it("shows the same fields in a dry run and to verify, and finds a target that only looks different equal", async () => {
    rows = [FIRST];
    await server.runSync({}, TARGET);
    rows = [{ ...FIRST, INFO: { parts: [3] } }];
    const planned = await server.action("dry-run", {}, TARGET);
    const changes = [{ field: "INFO", from: FIRST.INFO, to: { parts: [3] } }];
    expect(planned.update.items[0].changes).toEqual(changes);

    rows = [{ ...FIRST, TAGS: ["b", "b", "a"], INFO: "123" }];
    await server.runSync({}, TARGET);
    expect(await server.action("verify", {}, TARGET)).toMatchObject({ equal: true, target: { matching: 1 } });
    const [record] = await server.rows(TARGET);
    await server.pb.collection(TARGET).update(record?.id ?? "", { INFO: { by: "hand" }, TAGS: ["c"] });
    const found = await server.action("verify", { local: true }, TARGET);
    expect(found.target.different.items[0].changes).toEqual([
      { field: "INFO", from: { by: "hand" }, to: 123 },
      { field: "TAGS", from: ["c"], to: ["b", "a"] },
    ]);
  });
});
