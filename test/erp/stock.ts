import type { SeededRandom } from "./random";
import type { ErpRow } from "./row";

/** A part and its stock as the ERP shows it on every row that needs it. */
export interface Part {
  id: string;
  manufactured: "Y" | "N";
  category: string;
  leadTimeDays: number;
  onHand: number;
  onOrder: number;
  inDemand: number;
}

const NAMES = ["DP", "OR", "BR", "SCR", "SPG", "PKR"];
const NOTES = ["", "", "", "", '-7"', "-Ø12", "-A/B", "-½IN"];

/** The part list: some ids carry quotes and letters outside ASCII, as drawing numbers do. */
export function makeParts(random: SeededRandom, count: number): Part[] {
  return Array.from({ length: count }, (_, index) => {
    const manufactured = random.chance(0.2);
    return {
      id: `${random.pick(NAMES)}${String(index + 1).padStart(4, "0")}${random.pick(NOTES)}`,
      manufactured: manufactured ? "Y" : "N",
      category: manufactured ? "MFG" : random.pick(["RM", "BOP", "CONS"]),
      leadTimeDays: random.pick([0, 0, 7, 14, 30, 60]),
      onHand: random.int(0, 500),
      onOrder: random.int(0, 80),
      inDemand: random.int(0, 400),
    };
  });
}

/** Goods come in and go out: the levels differ afterwards. */
export function moveStock(part: Part, random: SeededRandom): void {
  const onHand = Math.max(0, part.onHand + random.int(-20, 20));
  part.onHand = onHand === part.onHand ? onHand + 1 : onHand;
  part.inDemand = Math.max(0, part.inDemand + random.int(-10, 10));
}

/** Writes a part and its present stock levels into a row. */
export function showPart(row: ErpRow, part: Part): void {
  row.BOM_PART_ID = part.id;
  row.PART_IS_MANUFACTURE = part.manufactured;
  row.PART_CATEGORY = part.category;
  showStock(row, part);
}

export function showStock(row: ErpRow, part: Part): void {
  row.PART_QTY_ON_HAND_WHOLE = part.onHand;
  row.PART_QTY_ON_ORDER_WHOLE = part.onOrder;
  row.PART_QTY_IN_DEMAND_WHOLE = part.inDemand;
  row.PART_LEADTIME_DAYS = part.leadTimeDays;
}
