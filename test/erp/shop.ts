import { DAY, dateText, FIRST_WORK_ORDER, momentText, OPENING } from "./calendar";
import { SeededRandom } from "./random";
import { type ErpRow, groupOf } from "./row";
import { makeParts, moveStock, type Part, showStock } from "./stock";
import { advanceSupply, firstNumbers, type SupplyContext } from "./supply";
import { makeSibling, makeWorkOrder } from "./work-order";

export interface ShopOptions {
  /** The same seed gives the same rows and the same hours. Default 1. */
  seed?: number;
  /** At least this many rows, now and after every hour. Default 1,200. */
  rows?: number;
}

/** Everything the factory knows. `rows` is what the ERP answers, in its order. */
export interface Shop extends SupplyContext {
  minimumRows: number;
  parts: Part[];
  rows: ErpRow[];
}

/** Two weeks of work orders, the oldest first. */
export function openShop({ seed = 1, rows = 1200 }: ShopOptions): Shop {
  const random = new SeededRandom(seed);
  const parts = makeParts(random, Math.max(20, Math.round(rows / 6)));
  const shop: Shop = { minimumRows: rows, random, parts, numbers: firstNumbers(), now: FIRST_WORK_ORDER, rows: [] };
  while (shop.rows.length < rows) {
    shop.now = FIRST_WORK_ORDER + Math.floor((OPENING - FIRST_WORK_ORDER) * (shop.rows.length / rows));
    openWorkOrder(shop);
  }
  shop.now = OPENING;
  return shop;
}

/** What an hour brings: documents, changed plans, stock movements, work orders that end and begin. */
export function passHour(shop: Shop): void {
  shop.now += DAY / 24;
  shop.rows = shop.rows.filter((row) => row.WO_STATUS !== "C");
  closeWorkOrders(shop);
  forSome(shop, 0.02, (row) => advanceSupply(row, shop));
  forSome(shop, 0.01, (row) => changePlan(row, shop));
  forSome(shop, 0.001, (row) => splitDelivery(row, shop));
  cancelDelivery(shop);
  moveStocks(shop);
  if (shop.rows.length < shop.minimumRows * 1.1) openWorkOrder(shop);
  while (shop.rows.length < shop.minimumRows) openWorkOrder(shop);
}

function openWorkOrder(shop: Shop): void {
  for (const row of makeWorkOrder(shop, shop.parts)) shop.rows.push(row);
}

/** Closed work orders are shown once more as closed and are gone an hour later. */
function closeWorkOrders(shop: Shop): void {
  forSome(shop, 0.0005, ({ BOM_WORKORDER_BASE_ID: closing }) => {
    for (const row of shop.rows) {
      if (row.BOM_WORKORDER_BASE_ID !== closing) continue;
      row.WO_STATUS = "C";
      row.WO_CLOSE_DATE = momentText(shop.now);
    }
  });
}

function changePlan(row: ErpRow, { random, now }: Shop): void {
  if (row.PURC_ORDER_ID !== "" && random.chance(0.5)) row.PO_ETA = dateText(now + random.int(46, 90) * DAY);
  else if (random.chance(0.5)) row.BOM_QTY = (Number(row.BOM_QTY) || 0) + 1;
  else row.WO_ASW_STATUS = row.WO_ASW_STATUS === "HOLD" ? "" : "HOLD";
}

function splitDelivery(row: ErpRow, shop: Shop): void {
  shop.rows.splice(shop.rows.indexOf(row) + 1, 0, makeSibling(row, shop));
}

/** One of a line's several rows goes, the line stays. */
function cancelDelivery(shop: Shop): void {
  const at = shop.random.int(1, shop.rows.length - 1);
  const twin = shop.rows.findIndex((row, n) => n >= at && sameLine(row, shop.rows[n - 1]));
  if (twin > 0) shop.rows.splice(twin, 1);
}

function sameLine(row: ErpRow, other: ErpRow | undefined): boolean {
  return other !== undefined && groupOf(row) === groupOf(other);
}

function moveStocks(shop: Shop): void {
  const moved = new Map<string, Part>();
  const count = Math.max(1, Math.round(shop.parts.length * 0.03));
  for (let n = 0; n < count; n++) {
    const part = shop.random.pick(shop.parts);
    moveStock(part, shop.random);
    moved.set(part.id, part);
  }
  for (const row of shop.rows) {
    const part = moved.get(row.BOM_PART_ID);
    if (part !== undefined) showStock(row, part);
  }
}

function forSome(shop: Shop, share: number, change: (row: ErpRow) => void): void {
  const count = Math.max(1, Math.round(shop.rows.length * share));
  for (let n = 0; n < count; n++) change(shop.random.pick(shop.rows));
}
