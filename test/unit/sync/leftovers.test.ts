import { describe, expect, it } from "vitest";
import { KeylessRows } from "../../../src/sync/keyless";
import { Leftovers } from "../../../src/sync/leftovers";
import type { Spool } from "../../../src/sync/ports";
import type { LeftoverRow } from "../../../src/sync/snapshot";
import { SpooledTexts } from "../../../src/sync/spooled-texts";

/** A spool in memory that hands out pieces of 5 characters. */
function memorySpool(): Spool & { files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    ...{ files, dir: "", create: () => {}, size: () => 0, earlyEnd: () => "", remove: () => files.clear() },
    reader: (file) => {
      let at = 0;
      const read = () => {
        at += 5;
        return (files.get(file) ?? "").slice(at - 5, at);
      };
      return Object.assign(read, { isAscii: () => false });
    },
    writer: (file) => {
      files.set(file, "");
      return { write: (text) => void files.set(file, files.get(file) + text), close: () => {} };
    },
  };
}

const rejection = { stage: "key" as const, type: "t", message: "m", field: "f", value: "v", expected: "e" };
const row = (group: string, key: string, more: Partial<LeftoverRow> = {}): LeftoverRow => ({
  ...{ seq: -1, position: 0, group, key, fingerprint: `f ${key}`, mappedHash: `h ${key}`, valid: true },
  ...more,
});

describe("Leftovers", () => {
  const bad = row("g2", "k3", { mappedHash: "", valid: false, rejection, position: 9, version: "v7" });
  const put = () => {
    const leftovers = new Leftovers(memorySpool());
    for (const each of [row("g", "k"), row("g", "k2"), bad]) {
      leftovers.put(each, { text: `text of ${each.key}`, mapped: `[${each.key}]` });
    }
    leftovers.seal();
    return leftovers;
  };

  it("gives the rows back by group, as they were put", () => {
    const leftovers = put();
    expect([...leftovers.keys()]).toEqual(["g", "g2"]);
    expect(leftovers.get("g")).toEqual([row("g", "k", { seq: 0 }), row("g", "k2", { seq: 1 })]);
    // Why a row is bad waits on disk until it is stored.
    expect(leftovers.get("g2")).toEqual([{ ...bad, seq: 2, rejection: undefined }]);
    expect(leftovers.get("g3")).toBeUndefined();
    expect([leftovers.has("g2"), leftovers.has("g3")]).toEqual([true, false]);
    expect(leftovers.count).toBe(3);
  });

  it("says in the order of the answer what becomes of each row; what nobody spoke for is dropped", () => {
    const leftovers = put();
    const [first] = leftovers.get("g") ?? [];
    const [third] = leftovers.get("g2") ?? [];
    if (!first || !third) throw new Error("there are rows in both groups");
    leftovers.rejectAll([third], (key) => ({ ...rejection, value: key }));
    leftovers.store({ kind: "changed", row: first, rawId: "r", erpId: "k#2" });
    const next = leftovers.steps();
    expect([next(), next(), next()]).toEqual([
      {
        step: { kind: "upsert", upsert: { kind: "changed", row: first, rawId: "r", erpId: "k#2" } },
        texts: { text: "text of k", mapped: "[k]" },
      },
      { step: { kind: "drop" }, texts: { text: "text of k2", mapped: "[k2]" } },
      {
        step: { kind: "reject", row: third, rejection: { ...rejection, value: "k3" } },
        texts: { text: "text of k3", mapped: "[k3]" },
      },
    ]);
    expect(next).toThrow("there are only 6 texts in leftovers.txt");
  });

  it("hands all rows out when their groups are forgotten, which take memory until then", () => {
    const leftovers = put();
    leftovers.rejectAll(leftovers.get("g2") ?? [], (key) => ({ ...rejection, value: key }));
    leftovers.forgetGroups();
    expect([...leftovers.keys()]).toEqual([]);
    const next = leftovers.steps();
    expect([next(), next(), next()].map(({ step }) => step.kind)).toEqual(["drop", "drop", "reject"]);
  });

  it("gives a row that cannot be mapped back with the reason and with what could be mapped", () => {
    const leftovers = new Leftovers(memorySpool());
    const why = { ...rejection, value: "two\nlines" };
    leftovers.put({ ...bad, rejection: why }, { text: "text", mapped: "{}\n" });
    leftovers.seal();
    const [third] = leftovers.get("g2") ?? [];
    if (!third) throw new Error("the row is there");
    leftovers.store({ kind: "new", row: third, rawId: "", erpId: "k3" });
    expect(leftovers.steps()()).toEqual({
      step: {
        kind: "upsert",
        upsert: { kind: "new", row: { ...bad, seq: 0, rejection: why }, rawId: "", erpId: "k3" },
      },
      texts: { text: "text", mapped: "{}\n" },
    });
  });

  it("makes no file for an answer without any", () => {
    const spool = memorySpool();
    new Leftovers(spool).seal();
    expect(spool.files.size).toBe(0);
  });
});

describe("KeylessRows", () => {
  it("waits on disk and keeps only group and fingerprint", () => {
    const rows = new KeylessRows(memorySpool());
    const row = { text: '{"a":\n1}', group: "g", fingerprint: "f", rejection };
    rows.put(row);
    rows.seal();
    expect(rows.marks).toEqual([{ group: "g", fingerprint: "f" }]);
    expect(rows.take()()).toEqual(row);
  });
});

describe("SpooledTexts", () => {
  it.each([[["", "", ""]], [["a", "", "\n", "b\nc", ""]], [["x".repeat(1_200_000), "y", ""]]])(
    "gives back what was put aside, also what is empty: %#",
    (texts) => {
      const spooled = new SpooledTexts(memorySpool(), "texts.txt");
      for (const text of texts) spooled.put(text);
      spooled.seal();
      const take = spooled.take();
      expect(texts.map(() => take())).toEqual(texts);
      expect(take).toThrow(`there are only ${texts.length} texts`);
    },
  );
});
