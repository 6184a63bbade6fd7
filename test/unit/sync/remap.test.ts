import { describe, expect, it } from "vitest";
import type { Mapped } from "../../../src/mapping/model";
import { ROW_TO_MAP, remapRow } from "../../../src/sync/remap";
import { predecessor, type Sibling } from "../../../src/sync/replay-failed";

const engine = { hash: { md5: (text: string) => `hash of ${text}`, sha256: () => "" } };
const problem = { stage: "normalize", field: "A", value: "x", expected: "y", message: "A is x", type: "t" } as const;
const mapper = {
  map: (row: Record<string, unknown>): Mapped =>
    row.bad ? { values: {}, problems: [problem] } : { values: { A: row.A as string }, problems: [] },
  fieldNames: ["A"],
  fields: [],
  version: "v2",
};
const PROBLEM = { stage: "normalize", field: "A", message: "A is x" };
const LEFT = "2026-01-02 03:04:05.000Z";

describe("remapRow", () => {
  it.each([
    ["a row", { payload: '{"A":"1"}', mappedHash: "old" }, { kind: "mapped", hash: 'hash of A\n["1"]' }],
    ["a new row that could not be mapped", { payload: '{"A":"1"}' }, { kind: "mapped", hash: 'hash of A\n["1"]' }],
    [
      "a kept row that left the ERP",
      { payload: '{"A":"1"}', mappedHash: "old", missingSince: LEFT },
      { kind: "mapped" },
    ],
    ["a deleted row that left the ERP", { payload: '{"A":"1"}', missingSince: LEFT }, { kind: "settled" }],
    ["a marked one", { payload: "{}", mappedHash: "mark:12", missingSince: LEFT }, { kind: "settled" }],
    ["a row with a bad value", { payload: '{"bad":1}', mappedHash: "old" }, { kind: "invalid", rejection: PROBLEM }],
    ["a payload that is a list", { payload: "[1]" }, { kind: "invalid", rejection: { type: "not_an_object" } }],
    ["a payload that is lost", { payload: "" }, { kind: "invalid", rejection: { value: "" } }],
  ])("of %s", (_, row, expected) => {
    expect(remapRow(engine, mapper, { ...ROW_TO_MAP, ...row })).toMatchObject(expected);
  });
});

describe("predecessor", () => {
  const raw = (id: string, more: Partial<Sibling> = {}): Sibling => {
    return { id, erpId: "K", fingerprint: id, missingSince: "", pushedHash: "h", fetchedAt: "", ...more };
  };

  it.each<[string, Sibling[], string | undefined]>([
    ["is the live row with the key", [raw("a", { erpId: "J" }), raw("b"), raw("c", { erpId: "K#2" })], "b"],
    ["is none when no row has the key", [raw("a", { erpId: "J" }), raw("b", { erpId: "K\\#2" })], undefined],
    ["is never the one that stands for the same text", [raw("f"), raw("c", { erpId: "K#2" })], "c"],
    ["is none for an identical twin", [raw("f")], undefined],
    ["is a live row before one that left", [raw("a", { missingSince: LEFT }), raw("b", { erpId: "K#2" })], "b"],
    [
      "is one with a record before one without",
      [raw("a", { missingSince: LEFT, pushedHash: "" }), raw("b", { erpId: "K#2", missingSince: LEFT })],
      "b",
    ],
    ["is one without a record at last", [raw("a", { missingSince: LEFT, pushedHash: "" })], "a"],
  ])("%s", (_, group, expected) => {
    expect(predecessor(group, "K", "f")?.id).toBe(expected);
  });
});
