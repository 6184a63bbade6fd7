import { describe, expect, it } from "vitest";
import { Factory } from "../../erp/factory";
import { type ErpRow, MAPPED_FIELDS, UNMAPPED_FIELDS } from "../../erp/row";
import {
  differenceOf,
  erpRowsAsMultiset,
  expectSameRows,
  targetRowsAsMultiset,
} from "../../integration/harness/compare";

const rows = new Factory({ rows: 20 }).rows();
const [row] = rows as [ErpRow];

function asRecord(from: ErpRow): Record<string, unknown> {
  const record: Record<string, unknown> = { id: "abcdefghijklmno", created: "2026-01-01 00:00:00.000Z" };
  for (const field of MAPPED_FIELDS) {
    const value = from[field];
    const isMoment = typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value);
    record[field] = isMoment ? new Date(`${value}Z`).toISOString().replace("T", " ") : (value ?? "");
  }
  return record;
}

describe("comparing the target with the ERP", () => {
  it("finds rows equal to the records made of them, in any order", () => {
    expect(() => expectSameRows(rows, rows.map(asRecord).reverse())).not.toThrow();
  });

  it.each([
    ["2025-12-08T09:39:14.893", "2025-12-08 09:39:14.893Z"],
    ["2025-12-08T09:39:14.89", "2025-12-08 09:39:14.890Z"],
    ["2025-12-08T00:00:00", "2025-12-08 00:00:00.000Z"],
    ["2025-12-08", "2025-12-08 00:00:00.000Z"],
    [null, ""],
  ])("takes the date %s for %s", (erp, stored) => {
    expect(erpRowsAsMultiset([{ ...row, PO_ETA: erp }])).toEqual(targetRowsAsMultiset([{ ...row, PO_ETA: stored }]));
  });

  it("takes null and missing for the empty value of the field", () => {
    const bare: Partial<ErpRow> = { ...row, BOM_QTY: 0, WO_ASW_STATUS: "" };
    const { BOM_QTY: _, ...without } = bare;
    expect(erpRowsAsMultiset([{ ...without, WO_ASW_STATUS: null }])).toEqual(targetRowsAsMultiset([bare]));
  });

  it.each(UNMAPPED_FIELDS)("does not look at %s, which the target lacks", (field) => {
    expect(erpRowsAsMultiset([{ ...row, [field]: "else" }])).toEqual(erpRowsAsMultiset([row]));
  });

  it.each(MAPPED_FIELDS)("sees another %s", (field) => {
    expect(erpRowsAsMultiset([{ ...row, [field]: "else" }])).not.toEqual(erpRowsAsMultiset([row]));
  });

  it("counts how often a row is there", () => {
    expect(() => expectSameRows([row, row], [asRecord(row)])).toThrow("1 missing");
    expect(() => expectSameRows([row], [asRecord(row), asRecord(row)])).toThrow("1 extra");
  });

  it("names the field and both values where only the content differs", () => {
    const changed = { ...row, BOM_QTY: 777 };
    expect(() => expectSameRows([changed], [asRecord(row)])).toThrow(`BOM_QTY 777 -> ${row.BOM_QTY}`);
  });

  it("names the first five of many", () => {
    const difference = differenceOf(erpRowsAsMultiset(rows), new Map());
    expect(difference.split("\n")).toHaveLength(7);
    expect(difference).toContain(`${rows.length} missing:`);
    expect(difference).toContain(`… and ${rows.length - 5} more`);
    expect(difference).toContain(row.BOM_WORKORDER_BASE_ID);
  });
});
