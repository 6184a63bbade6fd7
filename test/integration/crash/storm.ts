import type { SeededRandom } from "../../erp/random";
import { type ErpRow, groupOf } from "../../erp/row";
import type { Factory } from "../harness";

/** An ERP that never rests: every sort of change, chosen by a seed. */
export class Storm {
  private readonly gone: ErpRow[][] = [];
  /** The line that is left alone. */
  private sheltered = "";

  constructor(
    private readonly factory: Factory,
    private readonly random: SeededRandom,
  ) {}

  /** No change touches the line of this row from now on. */
  shelter(row: ErpRow): void {
    this.sheltered = groupOf(row);
  }

  /** A little of everything, and `share` of the rows changed (0 to 1). */
  blow(share: number): void {
    const changed = Math.ceil(this.factory.rows().length * share);
    this.some(changed, (at) => this.factory.changeRow(at));
    this.some(20, (at) => this.factory.touchRow(at));
    this.some(15, (at) => this.factory.rekeyRow(at));
    for (let n = 0; n < 8; n++) this.factory.addRow({ BOM_QTY: this.random.int(1, 20) });
    this.some(3, (at) => this.factory.addSibling(at));
    for (let n = 0; n < 2; n++) this.some(1, (at) => this.gone.push(this.factory.removeRow(at)));
    for (let n = 0; n < 3; n++) this.supersede();
    if (this.gone.length > 4) this.comeBack();
    this.some(1, (at) => this.factory.duplicateKey(at));
    this.some(1, (at) => this.factory.identicalTwin(at));
    this.break();
    if (this.random.chance(0.3)) this.factory.shuffle();
  }

  /** Mends every row that is broken outside the shelter. */
  calm(): void {
    this.mend((row) => typeof row.BOM_QTY !== "number", { BOM_QTY: 5 });
    this.mend((row) => typeof row.INV_TRANS_ID !== "number", { INV_TRANS_ID: 0 });
  }

  private break(): void {
    if (this.random.chance(0.5)) this.calm();
    this.some(2, (at) => this.factory.breakRow(at, "BOM_QTY", "ten"));
    if (this.random.chance(0.3)) this.some(1, (at) => this.factory.breakRow(at, "INV_TRANS_ID", {}));
  }

  private mend(isBroken: (row: ErpRow) => boolean, patch: Partial<ErpRow>): void {
    this.factory.rows().forEach((row, at) => {
      if (isBroken(row) && this.mayTouch(row)) this.factory.changeRow(at, patch);
    });
  }

  private comeBack(): void {
    const [rows] = this.gone.splice(this.random.int(0, this.gone.length - 1), 1);
    this.factory.returnRow(rows);
  }

  private supersede(): void {
    const lines = new Map<string, number>();
    const rows = this.factory.rows();
    for (const row of rows) lines.set(groupOf(row), (lines.get(groupOf(row)) ?? 0) + 1);
    const several = rows.flatMap((row, at) => ((lines.get(groupOf(row)) ?? 0) > 1 && this.mayTouch(row) ? [at] : []));
    if (several.length > 0) this.factory.supersedeRow(this.random.pick(several));
  }

  /** Calls `change` for the places of some rows, no place twice. */
  private some(count: number, change: (at: number) => void): void {
    const rows = this.factory.rows();
    const places = new Set<number>();
    while (places.size < count) {
      const at = this.random.int(0, rows.length - 1);
      if (this.mayTouch(rows[at] as ErpRow)) places.add(at);
    }
    // From the end, so that a row that comes in or goes out moves none that is still to come.
    for (const at of Array.from(places).sort((a, b) => b - a)) change(at);
  }

  private mayTouch(row: ErpRow): boolean {
    return groupOf(row) !== this.sheltered;
  }
}
