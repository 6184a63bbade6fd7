import { expect, it } from "vitest";
import type { Db, Params, TargetWrite } from "../../../src/sync/ports";
import { BulkTarget } from "../../../src/targets/bulk";
import { readShape } from "../../../src/targets/shape";

const FIELDS = [
  { name: "part", type: "text" },
  { name: "qty", type: "number" },
  { name: "late", type: "bool" },
  { name: "note", type: "text" },
];

/** What records have, by id, in the order of the fields; answers the statements that were written. */
function write(stored: Record<string, unknown[]>, writes: Partial<TargetWrite>[]): { sql: string; params: Params }[] {
  const written: { sql: string; params: Params }[] = [];
  const rows = Object.entries(stored).map(([id, list]) => ({ id, lists: JSON.stringify([list]) }));
  const db = { all: () => rows, run: (sql: string, params: Params) => written.push({ sql, params }) };
  const target = new BulkTarget(readShape(FIELDS, []), () => 0);
  target.writeAll(
    db as unknown as Db,
    "lines",
    writes.map((each) => ({ id: "", values: null, partial: false, ...each })),
  );
  return written;
}

it("writes only the fields that change in some record, and in the others what they have", () => {
  const stored = { a: ["P1", 1, 1, "x"], b: ["P2", 2, 0, "y"], c: ["P3", 3, 1, "z"] };
  const [update, ...more] = write(stored, [
    { id: "a", values: { part: "P1", qty: 5, late: true, note: "x" } },
    { id: "b", values: { part: "P2", qty: 2, late: true, note: "new" }, keeps: ["note"] },
    { id: "c", values: { part: "P3", qty: 3, late: true, note: "z" } },
  ]);
  expect(more).toEqual([]);
  expect(update?.sql).toContain('SET "qty" = c.f0, "late" = c.f1\n');
  expect(JSON.parse(String(update?.params.rows))).toEqual([
    ["a", 5, 1],
    ["b", 2, true],
  ]);
});

it("writes nothing when no record changes", () => {
  expect(write({ a: ["P1", 1, 1, "x"] }, [{ id: "a", values: { part: "P1", qty: 1, late: true, note: "x" } }])).toEqual(
    [],
  );
});
