import { type ErpRow, groupOf } from "./row";
import { openShop, passHour, type Shop, type ShopOptions } from "./shop";
import { advanceSupply, clearSupply } from "./supply";
import { makeSibling } from "./work-order";

/** A row by its place in `rows()`, or the first one that matches. */
export type Which = number | ((row: ErpRow) => boolean);

export interface RowChange {
  before: ErpRow;
  after: ErpRow;
}

/**
 * A factory as its ERP shows it, in memory and deterministic. `tick()` lets an hour pass; the other verbs make one
 * known change for a test. Rows handed out are copies.
 */
export class Factory {
  /** Goes up with every change, so that an answer can be kept until then. */
  version = 0;
  private readonly shop: Shop;
  private lastGone: ErpRow[] = [];

  constructor(options: ShopOptions = {}) {
    this.shop = openShop(options);
  }

  rows(): ErpRow[] {
    return this.shop.rows.map((row) => ({ ...row }));
  }

  /** An hour passes: a few percent of the rows change, some change their key, work orders come and go. */
  tick(): void {
    passHour(this.shop);
    this.version++;
  }

  /** Changes fields that are not part of the key (default: one more BOM_QTY). */
  changeRow(which: Which = 0, patch?: Partial<ErpRow>): RowChange {
    return this.alter(which, (row) => Object.assign(row, patch ?? { BOM_QTY: row.BOM_QTY + 1 }));
  }

  /** Changes only a stock level, which the target does not have. */
  touchRow(which: Which = 0): RowChange {
    return this.alter(which, (row) => {
      row.PART_QTY_ON_HAND_WHOLE += 1;
    });
  }

  /** The line gets its next document (request, order, receipt, stock movement), and so another key. */
  rekeyRow(which: Which = 0): RowChange {
    return this.alter(which, (row) => advanceSupply(row, this.shop));
  }

  /** A new line that nobody has ordered material for, in the newest work order. */
  addRow(patch: Partial<ErpRow> = {}): ErpRow {
    const last = this.shop.rows[this.locate(this.shop.rows.length - 1)] as ErpRow;
    const row = { ...last };
    clearSupply(row);
    const siblings = this.shop.rows.filter((other) => other.BOM_WORKORDER_BASE_ID === row.BOM_WORKORDER_BASE_ID);
    row.BOM_PIECE_NO = Math.max(...siblings.map((other) => other.BOM_PIECE_NO)) + 10;
    return this.insert(this.shop.rows.length, Object.assign(row, patch));
  }

  /** One more row for the line: the same group under another key. */
  addSibling(which: Which = 0): ErpRow {
    const at = this.locate(which);
    return this.insert(at + 1, makeSibling(this.shop.rows[at] as ErpRow, this.shop));
  }

  /** The whole line leaves: every row of the group. Answers the rows that went. */
  removeRow(which: Which = 0): ErpRow[] {
    const group = groupOf(this.shop.rows[this.locate(which)] as ErpRow);
    return this.take((row) => groupOf(row) === group);
  }

  /** The row goes, but its line stays with its other rows (default: the first line that has several). */
  supersedeRow(which?: Which): ErpRow {
    const counts = new Map<string, number>();
    for (const row of this.shop.rows) counts.set(groupOf(row), (counts.get(groupOf(row)) ?? 0) + 1);
    const at = this.locate(which ?? ((row) => (counts.get(groupOf(row)) ?? 0) > 1));
    const target = this.shop.rows[at] as ErpRow;
    if ((counts.get(groupOf(target)) ?? 0) < 2) {
      throw new Error(`row ${at} is the only one of its line: removing it would be removeRow, not supersedeRow`);
    }
    const [gone] = this.take((row) => row === target);
    return gone as ErpRow;
  }

  /** Puts rows back unchanged (default: those that went last). */
  returnRow(rows: readonly ErpRow[] = this.lastGone): ErpRow[] {
    return rows.map((row) => this.insert(this.shop.rows.length, { ...row }));
  }

  /** A second row with the same key and other content, right after the first. */
  duplicateKey(which: Which = 0, patch?: Partial<ErpRow>): ErpRow {
    const at = this.locate(which);
    const row = this.shop.rows[at] as ErpRow;
    return this.insert(at + 1, { ...row, ...(patch ?? { BOM_QTY: row.BOM_QTY + 1 }) });
  }

  /** The same row a second time, every field equal. */
  identicalTwin(which: Which = 0): ErpRow {
    return this.duplicateKey(which, {});
  }

  /** Gives a field a value of the wrong sort. `changeRow(which, before)` mends it. */
  breakRow(which: Which = 0, field: keyof ErpRow = "BOM_QTY", value: unknown = "ten"): RowChange {
    return this.alter(which, (row) => Object.assign(row, { [field]: value }));
  }

  /** The same rows in another order. */
  shuffle(): void {
    for (let at = this.shop.rows.length - 1; at > 0; at--) {
      const other = this.shop.random.int(0, at);
      const row = this.shop.rows[at] as ErpRow;
      this.shop.rows[at] = this.shop.rows[other] as ErpRow;
      this.shop.rows[other] = row;
    }
    this.version++;
  }

  private locate(which: Which): number {
    const at = typeof which === "number" ? which : this.shop.rows.findIndex(which);
    if (this.shop.rows[at] !== undefined) return at;
    const asked = typeof which === "number" ? `row ${which}` : "a row like that";
    throw new Error(`${asked} does not exist: the factory has rows 0 to ${this.shop.rows.length - 1}`);
  }

  private alter(which: Which, change: (row: ErpRow) => void): RowChange {
    const row = this.shop.rows[this.locate(which)] as ErpRow;
    const before = { ...row };
    change(row);
    this.version++;
    return { before, after: { ...row } };
  }

  private insert(at: number, row: ErpRow): ErpRow {
    this.shop.rows.splice(at, 0, row);
    this.version++;
    return { ...row };
  }

  private take(leaves: (row: ErpRow) => boolean): ErpRow[] {
    this.lastGone = this.shop.rows.filter(leaves);
    const gone = new Set(this.lastGone);
    this.shop.rows = this.shop.rows.filter((row) => !gone.has(row));
    this.version++;
    return this.lastGone.map((row) => ({ ...row }));
  }
}
