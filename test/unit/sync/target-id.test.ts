import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db, Params } from "../../../src/sync/ports";
import { chooseTargetIds, quoted } from "../../../src/sync/target-id";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hash = { md5: sha256, sha256 };
/** What the design promises for a row's first choice. */
const firstId = (stream: string, erpId: string) => sha256(`${stream}\n${erpId}`).slice(0, 15);

/** A database in which these ids are taken. */
function dbWith(taken: string[]): Db {
  const all = (_: string, params: Params) => {
    const asked = JSON.parse(`${params.ids}`) as string[];
    return asked.filter((id) => taken.includes(id)).map((id) => ({ id }));
  };
  return { all } as unknown as Db;
}

const choose = (taken: string[], erpIds: string[], stream = "s") =>
  chooseTargetIds(hash, dbWith(taken), stream, "target", erpIds);

describe("the target id of a row", () => {
  it("is the hash of stream and key while that is free", () => {
    expect(choose([], ["a", "b"])).toEqual([firstId("s", "a"), firstId("s", "b")]);
    expect(firstId("s", "a")).toMatch(/^[0-9a-f]{15}$/);
  });

  it("is another one in another stream", () => {
    expect(choose([], ["a"], "one")).not.toEqual(choose([], ["a"], "two"));
  });

  it("gets a counter while the id is taken", () => {
    const second = sha256("s\na\n2").slice(0, 15);
    const third = sha256("s\na\n3").slice(0, 15);
    expect(choose([firstId("s", "a")], ["a"])).toEqual([second]);
    expect(choose([firstId("s", "a"), second], ["a"])).toEqual([third]);
  });

  it("is never given twice, whatever is asked for and taken", () => {
    const keys = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 });
    fc.assert(
      fc.property(keys, keys, (taken, wanted) => {
        const used = taken.map((key) => firstId("s", key));
        const chosen = choose(used, wanted);
        expect(chosen).toHaveLength(wanted.length);
        expect(new Set(chosen).size).toBe(wanted.length);
        for (const id of chosen) expect(used).not.toContain(id);
      }),
    );
  });
});

describe("a collection's name in SQL", () => {
  it.each([
    ["ASWNDUBAI_erpConsolidateData", '"ASWNDUBAI_erpConsolidateData"'],
    ['a"b', '"a""b"'],
  ])("%s is written %s", (name, sql) => {
    expect(quoted(name)).toBe(sql);
  });
});
