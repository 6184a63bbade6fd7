import { describe, expect, it } from "vitest";
import { TargetRefusal } from "../../../src/sync/errors";
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
  const rows = Object.entries(stored).map(([id, list]) => ({ id, list: JSON.stringify(list) }));
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

/** What is thrown when the database answers a write with this. */
function thrown(message: string): unknown {
  const fails = () => {
    throw new Error(message);
  };
  const db = { all: () => [], run: fails };
  try {
    new BulkTarget(readShape(FIELDS, []), () => 0).writeAll(db as unknown as Db, "lines", [
      { id: "a", values: { part: "P1" }, partial: false },
    ]);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("when the database refuses", () => {
  it.each([
    ["UNIQUE constraint failed: lines.part (2067)", "soon", "part", "part: Value must be unique."],
    [
      "UNIQUE constraint failed: lines.qty, lines.part (2067)",
      "soon",
      "part",
      "part: Value must be unique; qty: Value must be unique.",
    ],
    ["NOT NULL constraint failed: lines.note (1299)", "never", "", undefined],
    ["no parts on Sundays (1811)", "never", "", undefined],
  ])("a row is at fault: %s", (said, hope, field, message) => {
    const text = `constraint failed: ${said}`;
    const error = thrown(text);
    expect(error).toBeInstanceOf(TargetRefusal);
    expect(error).toMatchObject({ hope, field, code: 422, message: message ?? text });
  });

  it.each([
    "database is locked (5)",
    "database or disk is full (13)",
    "interrupted (9)",
    "out of memory (7)",
    "SQL logic error: no such column: qty (1)",
    "SQL logic error: no such table: lines (1)",
    "SQL logic error: table lines has no column named qty (1)",
  ])("no row is at fault: %s", (message) => {
    expect(thrown(message)).not.toBeInstanceOf(TargetRefusal);
    expect(thrown(message)).toMatchObject({ message });
  });
});

it("deletes before it updates, and updates before it inserts: a unique value may move", () => {
  const written = write({ a: ["P1", 1, 1, "x"], b: ["P2", 1, 1, "x"] }, [
    { id: "c", values: { part: "P2", qty: 1, late: true, note: "x" } },
    { id: "b", values: { part: "P1", qty: 1, late: true, note: "x" } },
    { id: "a" },
  ]);
  expect(written.map(({ sql }) => sql.trim().split(" ")[0])).toEqual(["DELETE", "UPDATE", "INSERT"]);
});

it.each([
  ["a text without rules", { type: "text", max: 50 }, true],
  ["one that PocketBase fills in", { type: "text", autogeneratePattern: "[a-z]{8}" }, false],
  ["one with a pattern", { type: "text", pattern: "^[a-z]+$" }, false],
  ["one with a shortest length", { type: "text", min: 2 }, false],
  ["whole numbers", { type: "number", onlyInt: true }, false],
  ["an email", { type: "email" }, false],
])("may be written in bulk, or needs PocketBase: %s", (_, field, bulk) => {
  const { onlyRecords } = readShape([...FIELDS, { name: "slug", ...field }], []);
  expect(onlyRecords).toBe(bulk ? "" : `field slug (${field.type}) has rules that PocketBase must check`);
});
