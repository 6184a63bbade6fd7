import { DAY, dateText, momentText } from "./calendar";
import type { SeededRandom } from "./random";
import { BLANK_ROW, ERP_FIELDS, type ErpRow } from "./row";

/** The next numbers of the ERP's documents. Numbers are never used twice, so keys stay unique. */
export interface DocumentNumbers {
  order: number;
  request: number;
  purchase: number;
  receipt: number;
  movement: number;
}

export function firstNumbers(): DocumentNumbers {
  return { order: 122573, request: 50001, purchase: 31001, receipt: 70001, movement: 900001 };
}

export interface SupplyContext {
  numbers: DocumentNumbers;
  random: SeededRandom;
  /** The factory's time, in ms. */
  now: number;
}

const SUPPLY_FIELDS = ERP_FIELDS.filter((field) => /^(PURC_|PO_|GRN_|INV_)/.test(field));

/** Takes a row back to a line nobody has ordered material for. */
export function clearSupply(row: ErpRow): void {
  for (const field of SUPPLY_FIELDS) Object.assign(row, { [field]: BLANK_ROW[field] });
}

/**
 * Moves a row to its next stage: purchase request, purchase order, goods receipt, stock movement, further stock
 * movements. Each stage changes the row's key.
 */
export function advanceSupply(row: ErpRow, context: SupplyContext): void {
  if (row.PURC_REQ_ID === "") requestPurchase(row, context);
  else if (row.PURC_ORDER_ID === "") placeOrder(row, context);
  else if (row.GRN_ID === "") receiveGoods(row, context);
  else moveInventory(row, context);
}

function quantityOf(row: ErpRow): number {
  return Number(row.BOM_QTY) || 1;
}

function requestPurchase(row: ErpRow, { numbers, random, now }: SupplyContext): void {
  row.PURC_REQ_ID = `PR-${numbers.request++}`;
  row.PURC_REQ_LINE_NO = random.int(1, 9);
  row.PURC_REQ_PART_ID = row.BOM_PART_ID;
  row.PURC_REQ_QTY = quantityOf(row);
  row.PURC_REQ_DATE = dateText(now);
  row.PURC_REQ_WANT_DATE = dateText(now + random.int(7, 40) * DAY);
}

function placeOrder(row: ErpRow, { numbers, random, now }: SupplyContext): void {
  row.PURC_ORDER_ID = `PO-${numbers.purchase++}`;
  row.PO_LINE_NO = random.int(1, 12);
  row.PO_QTY = row.PURC_REQ_QTY;
  row.PURC_ORDER_DATE = dateText(now);
  row.PURC_ORDER_STATUS = "R";
  row.PO_WANT_DATE = row.PURC_REQ_WANT_DATE;
  row.PO_ETD = dateText(now + random.int(5, 20) * DAY);
  row.PO_ETA = dateText(now + random.int(21, 45) * DAY);
}

function receiveGoods(row: ErpRow, { numbers, random, now }: SupplyContext): void {
  row.GRN_ID = `GRN-${numbers.receipt++}`;
  row.GRN_LINE_NO = random.int(1, 5);
  row.GRN_QTY = row.PO_QTY;
  row.GRN_INSPECT_QTY = row.PO_QTY;
  row.GRN_REJECTED_QTY = random.chance(0.1) ? 1 : 0;
  row.GRN_DATE = dateText(now);
  row.GRN_CREATE_DATE = momentText(now);
  row.GRN_INSPECTION_DATE = dateText(now + DAY);
  row.PURC_ORDER_STATUS = "C";
}

function moveInventory(row: ErpRow, { numbers, random, now }: SupplyContext): void {
  row.INV_TRANS_ID = numbers.movement++;
  row.INV_TRANS_PART_ID = row.BOM_PART_ID;
  row.INV_TRANS_TYPE = random.pick(["I", "O"]);
  row.INV_TRANS_CLASS = random.pick(["R", "I", "A"]);
  row.INV_TRANS_QTY = row.GRN_QTY;
  row.INV_TRANS_DATE = dateText(now);
  row.INV_TRANS_CREATE_DATE = momentText(now);
}
