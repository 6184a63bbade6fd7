import { describe, expect, it } from "vitest";
import type { Db } from "../../../src/sync/ports";
import { RememberingLookup } from "../../../src/sync/remembering-lookup";

/** A collection `products` with one field, and how often it was asked for what. */
function world(records: { id: string; sku: string | number }[]) {
  const asked = { one: 0, count: 0, all: 0 };
  let now = 1_000_000;
  const ordered = () => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  const one = (sql: string, params: Record<string, unknown>) => {
    if (sql.includes("json_group_array")) {
      asked.all++;
      const texts = ordered()
        .filter(({ sku }) => typeof sku === "string")
        .reverse();
      return { texts: JSON.stringify(texts.map(({ sku }) => sku)), ids: JSON.stringify(texts.map(({ id }) => id)) };
    }
    if (sql.includes("count(*)")) {
      asked.count++;
      return { n: records.length };
    }
    asked.one++;
    if (!sql.includes('"sku"')) throw new Error("SQL logic error: no such column: t.other (1)");
    return ordered().find(({ sku }) => String(sku) === params.value);
  };
  const tableOf = (collection: string): string => {
    if (collection !== "products") throw new Error("sql: no rows in result set");
    return collection;
  };
  const lookup = new RememberingLookup({ one } as unknown as Db, () => now, tableOf);
  return { asked, lookup, records, later: (ms: number) => (now += ms) };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `r${at}`, sku: `S-${at}` }));

describe("RememberingLookup", () => {
  it("asks once for a value, whether it is there or not", () => {
    const { lookup, asked } = world([{ id: "r1", sku: "A" }]);
    for (let time = 0; time < 5; time++) {
      expect(lookup.find("products", "sku", "A")).toBe("r1");
      expect(lookup.find("products", "sku", "B")).toBe("");
    }
    expect(asked).toEqual({ one: 2, count: 0, all: 0 });
  });

  it("reads a whole field at once when many values are asked for", () => {
    const { lookup, asked } = world(many(10_000));
    for (let at = 0; at < 10_000; at++) expect(lookup.find("products", "sku", `S-${at}`)).toBe(`r${at}`);
    expect(lookup.find("products", "sku", "none")).toBe("");
    expect(asked.all).toBe(1);
    expect(asked.one).toBeLessThanOrEqual(100);
  });

  it("does not read a whole large field for a few values", () => {
    const { lookup, asked } = world(many(10_000));
    for (let at = 0; at < 90; at++) lookup.find("products", "sku", `S-${at}`);
    expect(asked).toMatchObject({ one: 90, all: 0 });
  });

  it("takes the first by id of several, both ways", () => {
    const twins = [{ id: "b", sku: "A" }, { id: "a", sku: "A" }, ...many(60)];
    const { lookup, asked } = world(twins);
    expect(lookup.find("products", "sku", "A")).toBe("a");
    const other = world(twins);
    for (let at = 0; at < 60; at++) other.lookup.find("products", "sku", `S-${at}`);
    expect(other.lookup.find("products", "sku", "A")).toBe("a");
    expect([asked.all, other.asked.all]).toEqual([0, 1]);
  });

  it("leaves it to the database whether a number is equal to a text", () => {
    const { lookup, asked } = world([...many(60), { id: "n1", sku: 10 }]);
    for (let at = 0; at < 60; at++) lookup.find("products", "sku", `S-${at}`);
    expect(asked.all).toBe(1);
    expect(lookup.find("products", "sku", "10")).toBe("n1");
    expect(lookup.find("products", "sku", "11")).toBe("");
  });

  it("believes what it found for ten seconds only", () => {
    const { lookup, records, later } = world([{ id: "r1", sku: "A" }]);
    expect(lookup.find("products", "sku", "B")).toBe("");
    records.push({ id: "r2", sku: "B" });
    later(9_999);
    expect(lookup.find("products", "sku", "B")).toBe("");
    later(1);
    expect(lookup.find("products", "sku", "B")).toBe("r2");
    records.splice(0, 2);
    later(10_000);
    expect(lookup.find("products", "sku", "B")).toBe("");
  });

  it("finds nothing in a collection or field that is not there, and keeps other errors", () => {
    const { lookup } = world([]);
    expect(lookup.find("gone", "sku", "A")).toBe("");
    expect(lookup.find("products", "other", "A")).toBe("");
    const broken = new RememberingLookup(
      {
        one: () => {
          throw new Error("database is locked");
        },
      } as unknown as Db,
      () => 0,
      (name) => name,
    );
    expect(() => broken.find("products", "sku", "A")).toThrow("database is locked");
  });
});
