import { describe, expect, it } from "vitest";
import { parentKeyNames } from "../../../src/settings/parent";
import { check } from "./inventory-record";

/** inventory-record.ts has streams: aswan_bom (into orders), plants, sites whose parent is halls, halls, shifts. */
const BOM = { stream: "aswan_bom", key: ["ORDER", "LINE"], field: "order" };
const withParent = (parent: Record<string, unknown>, more = {}, record = {}) =>
  check({ ...record, options: { parent: { ...BOM, ...parent }, ...more } });

describe("options.parent", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a relation to the parent's collection", {}],
    ["a text field", { field: "order_id" }],
    ["one field as a text", { stream: "plants", key: "PLANT", field: "order_id" }],
    ["one field as a list", { stream: "plants", key: ["PLANT"], field: "order_id" }],
    ["nothing at all", { stream: "", key: [], field: "" }],
    ["nothing, with the key as a blank text", { stream: "", key: "", field: "" }],
  ])("accepts %s", (_, parent) => {
    expect(withParent(parent)).toEqual({});
  });

  const TOGETHER = "is blank: set stream, key and field, or leave parent out when the rows have no parent";
  it.each<[Record<string, unknown>, string]>([
    [{ stream: "" }, `options.parent.stream ${TOGETHER}`],
    [{ key: [] }, `options.parent.key ${TOGETHER}`],
    [{ key: "" }, `options.parent.key ${TOGETHER}`],
    [{ field: "" }, `options.parent.field ${TOGETHER}`],
    [{ stream: "inventory" }, 'options.parent.stream: "inventory" is this stream itself; expected another one'],
    [{ stream: "aswan_bon" }, 'there is no stream "aswan_bon", did you mean "aswan_bom"?'],
    [
      { stream: "sites", key: "SITE" },
      "inventory → sites → halls → inventory is a circle: each would wait for the other; take parent out of one of them",
    ],
    [{ stream: "halls", key: "HALL" }, "inventory → halls → inventory is a circle"],
    [{ key: ["ORDER", "ORDER"] }, 'options.parent.key: "ORDER" stands there twice, remove one'],
    [
      { key: "ORDER" },
      '["ORDER"] has 1 of the 2 parts of the key of stream "aswan_bom"; expected this stream\'s fields for ["NO","LINE"], in that order',
    ],
    [{ key: [" ORDER"] }, "options.parent.key.0: "],
    [{ key: 7 }, "options.parent.key: 7 is not text or a list"],
    [{ stream: "shifts", key: "AT", field: "order_id" }, 'the key of stream "shifts" has a time window'],
    [{ field: "orders" }, 'options.parent.field: the target collection has no field "orders", did you mean "order"?'],
    [{ field: "qty" }, '"qty" is a number field (expected a relation to one record, or a text field)'],
    [{ field: "labels" }, '"labels" is a relation field for several values (expected a relation to one record'],
    [
      { stream: "plants", key: "PLANT" },
      '"order" is a relation to another collection than "plants", where the rows of stream "plants" go',
    ],
  ])("refuses %j", (parent, sentence) => {
    expect(withParent(parent).options?.message).toContain(sentence);
  });

  it.each<[string, object, object]>([
    ["mapping", {}, { mapping: { order: { from: "ORDER" } } }],
    ["options.mark.fields", { mark: { fields: { order: "none" } } }, {}],
  ])("refuses a field that %s sets too", (where, more, record) => {
    const { options } = withParent({}, more, record);
    expect(options?.message).toBe(`options.parent.field: "order" is set by ${where} too, take it out there`);
  });

  it("leaves a circle of other streams to them", () => {
    const circle = [
      { name: "a", targetCollection: "a", keyFields: ["K"], parent: "b" },
      { name: "b", targetCollection: "b", keyFields: ["K"], parent: "a" },
    ];
    const options = { parent: { stream: "a", key: "K", field: "order_id" } };
    expect(check({ options }, { otherStreams: () => circle })).toEqual({});
  });
});

describe("parentKeyNames", () => {
  it.each([
    ["ORDER", ["ORDER"]],
    [
      ["ORDER", "LINE"],
      ["ORDER", "LINE"],
    ],
    ["", []],
  ])("of %j are %j", (key, names) => {
    expect(parentKeyNames({ stream: "", field: "", key })).toEqual(names);
  });
});
