import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Factory } from "../../erp/factory";
import { DATE_FIELDS, ERP_FIELDS, type ErpRow, groupOf, keyOf, MAPPED_FIELDS } from "../../erp/row";

const sample = JSON.parse(readFileSync(new URL("../../erp/sample-row.json", import.meta.url), "utf8")) as ErpRow[];

function textsOf(factory: Factory): string[] {
  return factory.rows().map((row) => JSON.stringify(row));
}

/** How many texts of `after` were not there before. */
function newTexts(before: string[], after: string[]): number {
  const known = new Set(before);
  return after.filter((text) => !known.has(text)).length;
}

describe("rows of the factory", () => {
  it("have the sample's fields in the sample's order", () => {
    expect(ERP_FIELDS).toEqual(Object.keys(sample[0] ?? {}));
    expect(ERP_FIELDS).toHaveLength(60);
    expect(MAPPED_FIELDS).toHaveLength(54);
    for (const row of new Factory().rows()) expect(Object.keys(row)).toEqual(ERP_FIELDS);
  });

  it("have the sample's types, dates written as the sample writes them", () => {
    for (const row of new Factory().rows()) {
      for (const [field, value] of Object.entries(sample[0] ?? {})) {
        const own = row[field as keyof ErpRow];
        if (!DATE_FIELDS.includes(field as keyof ErpRow)) expect(typeof own, field).toBe(typeof value);
        else if (own !== null) expect(own, field).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?$/);
      }
    }
  });

  it("number at least 1,200 by default, also after two days of hours", () => {
    const factory = new Factory();
    for (let hour = 0; hour < 48; hour++) {
      expect(factory.rows().length).toBeGreaterThanOrEqual(1200);
      expect(factory.rows().length).toBeLessThan(1400);
      factory.tick();
    }
  });

  it("have one key each, also after two days of hours", () => {
    const factory = new Factory();
    for (let hour = 0; hour < 48; hour++) factory.tick();
    const rows = factory.rows();
    expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    expect(new Set(rows.map(groupOf)).size).toBeLessThan(rows.length);
  });

  it("show every stage: bare lines, requests, orders, receipts and stock movements", () => {
    const rows = new Factory().rows();
    expect(rows.some((row) => row.PURC_REQ_ID === "")).toBe(true);
    expect(rows.some((row) => row.PURC_REQ_ID !== "" && row.PURC_ORDER_ID === "")).toBe(true);
    expect(rows.some((row) => row.PURC_ORDER_ID !== "" && row.GRN_ID === "")).toBe(true);
    expect(rows.some((row) => row.GRN_ID !== "" && row.INV_TRANS_ID === 0)).toBe(true);
    expect(rows.some((row) => row.INV_TRANS_ID > 0)).toBe(true);
  });

  it("are the same for the same seed, hour by hour, and others for another seed", () => {
    const [one, same, other] = [new Factory({ seed: 7 }), new Factory({ seed: 7 }), new Factory({ seed: 8 })];
    for (let hour = 0; hour < 5; hour++) {
      expect(textsOf(same)).toEqual(textsOf(one));
      expect(textsOf(other)).not.toEqual(textsOf(one));
      for (const factory of [one, same, other]) factory.tick();
    }
  });

  it("are copies: changing one does not change the factory", () => {
    const factory = new Factory({ rows: 10 });
    const row = factory.rows()[0] as ErpRow;
    row.BOM_QTY = 12345;
    expect(factory.rows()[0]?.BOM_QTY).not.toBe(12345);
  });
});

describe("an hour of the factory", () => {
  it("changes a few percent of the rows", () => {
    const factory = new Factory();
    for (let hour = 0; hour < 10; hour++) {
      const before = textsOf(factory);
      factory.tick();
      const changed = newTexts(before, textsOf(factory));
      expect(changed).toBeGreaterThan(before.length * 0.01);
      expect(changed).toBeLessThan(before.length * 0.2);
    }
  });

  it("brings lines that change their key, new work orders and, after a while, finished ones that leave", () => {
    const factory = new Factory();
    const before = factory.rows();
    for (let hour = 0; hour < 3; hour++) factory.tick();
    const after = factory.rows();
    const keys = new Set(after.map(keyOf));
    const groups = new Set(after.map(groupOf));
    expect(before.some((row) => !keys.has(keyOf(row)) && groups.has(groupOf(row)))).toBe(true);
    expect(before.some((row) => !groups.has(groupOf(row)))).toBe(true);
    const known = new Set(before.map((row) => row.BOM_WORKORDER_BASE_ID));
    expect(after.some((row) => !known.has(row.BOM_WORKORDER_BASE_ID))).toBe(true);
  });

  it("moves stock levels of rows that are otherwise the same", () => {
    const factory = new Factory();
    const withoutStock = (row: ErpRow) => JSON.stringify(MAPPED_FIELDS.map((field) => row[field]));
    const before = new Map(factory.rows().map((row) => [withoutStock(row), JSON.stringify(row)]));
    factory.tick();
    const touched = factory.rows().filter((row) => {
      const text = before.get(withoutStock(row));
      return text !== undefined && text !== JSON.stringify(row);
    });
    expect(touched.length).toBeGreaterThan(0);
  });
});

describe("changes a test can ask for", () => {
  it("changeRow keeps the key and changes a field", () => {
    const { before, after } = new Factory().changeRow(3);
    expect(keyOf(after)).toBe(keyOf(before));
    expect(after.BOM_QTY).toBe(before.BOM_QTY + 1);
  });

  it("touchRow changes nothing the target has", () => {
    const { before, after } = new Factory().touchRow(3);
    expect(after).not.toEqual(before);
    for (const field of MAPPED_FIELDS) expect(after[field]).toBe(before[field]);
  });

  it("rekeyRow keeps the line and changes the key, at every stage", () => {
    const factory = new Factory();
    factory.addRow();
    for (let stage = 0; stage < 6; stage++) {
      const { before, after } = factory.rekeyRow(factory.rows().length - 1);
      expect(groupOf(after)).toBe(groupOf(before));
      expect(keyOf(after)).not.toBe(keyOf(before));
    }
  });

  it("addRow brings a line nobody had, addSibling a second row of a line", () => {
    const factory = new Factory();
    const groups = factory.rows().map(groupOf);
    expect(groups).not.toContain(groupOf(factory.addRow()));
    const sibling = factory.addSibling(5);
    expect(groupOf(sibling)).toBe(groups[5]);
    expect(new Set(factory.rows().map(keyOf)).size).toBe(factory.rows().length);
  });

  it("removeRow takes every row of the line, and returnRow brings them back unchanged", () => {
    const factory = new Factory();
    factory.addSibling(5);
    const before = textsOf(factory).sort();
    const gone = factory.removeRow(5);
    expect(gone.length).toBeGreaterThanOrEqual(2);
    const groups = factory.rows().map(groupOf);
    for (const row of gone) expect(groups).not.toContain(groupOf(row));
    factory.returnRow();
    expect(textsOf(factory).sort()).toEqual(before);
  });

  it("supersedeRow leaves the line with its other rows and refuses the only row of a line", () => {
    const factory = new Factory();
    const gone = factory.supersedeRow();
    expect(factory.rows().map(groupOf)).toContain(groupOf(gone));
    expect(factory.rows().map(keyOf)).not.toContain(keyOf(gone));
    const bare = factory.addRow();
    expect(() => factory.supersedeRow((row) => keyOf(row) === keyOf(bare))).toThrow("the only one of its line");
  });

  it("duplicateKey adds the key again with other content, identicalTwin the row itself", () => {
    const factory = new Factory();
    const [first] = factory.rows() as [ErpRow];
    const other = factory.duplicateKey(0);
    expect(keyOf(other)).toBe(keyOf(first));
    expect(other).not.toEqual(first);
    expect(factory.identicalTwin(0)).toEqual(first);
    expect(factory.rows().slice(0, 3)).toEqual([first, first, other]);
  });

  it("breakRow puts a wrong value in, and changeRow mends it", () => {
    const factory = new Factory();
    const { before } = factory.breakRow(2);
    expect(factory.rows()[2]?.BOM_QTY).toBe("ten");
    factory.breakRow(2, "BOM_WORKORDER_BASE_ID", "");
    factory.changeRow(2, before);
    expect(factory.rows()[2]).toEqual(before);
    expect(Object.keys(factory.rows()[2] ?? {})).toEqual(ERP_FIELDS);
  });

  it("shuffle changes the order and nothing else", () => {
    const factory = new Factory();
    const before = textsOf(factory);
    factory.shuffle();
    expect(textsOf(factory)).not.toEqual(before);
    expect(textsOf(factory).sort()).toEqual(before.sort());
  });

  it("says which rows there are when asked for one that is not there", () => {
    const factory = new Factory();
    const last = factory.rows().length - 1;
    expect(() => factory.changeRow(99999)).toThrow(`row 99999 does not exist: the factory has rows 0 to ${last}`);
    expect(() => factory.changeRow(() => false)).toThrow("a row like that does not exist");
  });
});
