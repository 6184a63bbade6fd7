import { describe, expect, it } from "vitest";
import { defaultsApplied } from "../../../src/settings/options";
import { readStream, type StreamRecord } from "../../../src/settings/stream";

const bytesOf = (value: unknown) => Array.from(new TextEncoder().encode(JSON.stringify(value)));

const record = (changes: StreamRecord = {}): StreamRecord => ({
  name: "inventory",
  paused: false,
  schedule: "0 2 * * *",
  source_url: "https://erp.test/inventory",
  from_date: "",
  group_fields: [],
  key_fields: ["sku"],
  target_collection: "inventory",
  mapping: {},
  timezone: "",
  on_missing: "",
  options: {},
  ...changes,
});

describe("readStream", () => {
  it("types a record and fills in what may be blank", () => {
    expect(readStream(record())).toEqual({
      name: "inventory",
      paused: false,
      schedule: ["0 2 * * *"],
      sourceUrl: "https://erp.test/inventory",
      fromDate: "",
      groupFields: ["sku"],
      keyFields: ["sku"],
      targetCollection: "inventory",
      mapping: {},
      timezone: "UTC",
      onMissing: "keep",
      options: defaultsApplied({}),
    });
  });

  it.each([
    ["parsed", (value: unknown) => value],
    ["as JSON text", (value: unknown) => JSON.stringify(value)],
    ["as the bytes of JSON text", bytesOf],
  ])("reads json fields that arrive %s", (_, sent) => {
    const stream = readStream(
      record({
        group_fields: sent(["größe"]),
        key_fields: sent(["größe", "line"]),
        mapping: sent({ QTY: { from: "BOM_QTY" } }),
        options: sent({ push: { batch_size: 500 } }),
      }),
    );
    expect(stream.groupFields).toEqual(["größe"]);
    expect(stream.keyFields).toEqual(["größe", "line"]);
    expect(stream.mapping).toEqual({ QTY: { from: "BOM_QTY" } });
    expect(stream.options.push.batch_size).toBe(500);
  });

  it("groups by the time window of a key field, not by its value", () => {
    const window = { field: "at", bucket_minutes: 5 };
    const keys = { key_fields: ["sku", window], group_fields: ["at"] };
    expect(readStream(record(keys))).toMatchObject({ groupFields: [window], keyFields: ["sku", window] });
    expect(readStream(record({ key_fields: ["sku", window] })).groupFields).toEqual(["sku", window]);
  });

  it.each([undefined, null, "", "null", [], bytesOf(null)])("takes %j for a blank json field", (blank) => {
    const stream = readStream(record({ group_fields: blank, mapping: blank, options: blank }));
    expect(stream.groupFields).toEqual(["sku"]);
    expect(stream.mapping).toEqual({});
    expect(stream.options).toEqual(defaultsApplied({}));
  });

  it("takes only true for paused", () => {
    expect(readStream(record({ paused: true })).paused).toBe(true);
    expect(readStream(record({ paused: undefined })).paused).toBe(false);
  });

  it.each<[StreamRecord, string]>([
    [{ name: 5 }, "name: 5 is not text"],
    [{ key_fields: '["sku"' }, 'key_fields: "[\\"sku\\"" is not JSON'],
    [{ key_fields: { sku: 1 } }, 'key_fields: {"sku":1} is not a list'],
    [{ key_fields: ["sku", ""] }, 'key_fields: entry 2, "", is not a field name'],
    [{ key_fields: [5000] }, "key_fields: entry 1, 5000, is not a field name"],
    [{ group_fields: ["sku", "sku"] }, 'group_fields: "sku" stands there twice, remove one'],
    [{ mapping: ["sku"] }, 'mapping: ["sku"] is not an object'],
    [{ on_missing: "drop" }, 'on_missing: "drop" is not a choice (expected keep, mark, delete)'],
    [{ options: { push: { batch_size: 0 } } }, "options.push.batch_size: 0 is out of range"],
  ])("refuses %j, naming the field", (changes, message) => {
    expect(() => readStream(record(changes))).toThrow(message);
  });
});
