import { DAY, dateText, momentText } from "./calendar";
import { BLANK_ROW, type ErpRow } from "./row";
import { type Part, showPart } from "./stock";
import { advanceSupply, clearSupply, type SupplyContext } from "./supply";

/** Rows of a new work order: 6 to 18 lines, some already bought, some in two deliveries. */
export function makeWorkOrder(context: SupplyContext, parts: readonly Part[]): ErpRow[] {
  const { random } = context;
  const head = makeHead(context);
  const rows: ErpRow[] = [];
  const lines = random.int(6, 18);
  for (let line = 0; line < lines; line++) {
    const row = makeLine(head, line, context, parts);
    const stage = random.int(0, 5);
    for (let step = 0; step < stage; step++) advanceSupply(row, context);
    rows.push(row);
    if (stage > 1 && random.chance(0.2)) rows.push(makeSibling(row, context));
  }
  return rows;
}

/** One more row of the same line: the rest of the quantity, on a request and an order of its own. */
export function makeSibling(row: ErpRow, context: SupplyContext): ErpRow {
  const sibling = { ...row };
  clearSupply(sibling);
  advanceSupply(sibling, context);
  advanceSupply(sibling, context);
  return sibling;
}

function makeHead({ numbers, random, now }: SupplyContext): ErpRow {
  const order = numbers.order++;
  const line = random.int(1, 4);
  const ordered = now - random.int(20, 160) * DAY;
  const wanted = dateText(now + random.int(10, 120) * DAY);
  return {
    ...BLANK_ROW,
    CUST_ORDER_ID: `SO-${order}`,
    CUST_ORDER_LINE_NO: line,
    CUST_ORDER_DATE: dateText(ordered),
    CUST_ORDER_WANT_DATE: wanted,
    CUST_ORDER_LINE_WANT_DATE: wanted,
    CUST_ORDER_STATUS: "R",
    WO_ASSMB_PART_ID: random.chance(0.5) ? `ASM-${random.int(100, 999)}` : "",
    WO_ASSMB_QTY: random.int(1, 4),
    WO_CREATE_DATE: momentText(now + random.int(0, 3_599_999)),
    WO_RLS_DATE: momentText(now + random.int(0, 5 * DAY)),
    WO_WANT_DATE: wanted,
    WO_STATUS: random.pick(["F", "R", "U"]),
    WO_PRODUCT_CODE: random.pick(["_P-ANNULR-BOP-R", "_P-RAM-BOP", "_P-VALVE-3½", "_S-REPAIR"]),
    WO_ASW_STATUS: random.pick(["", "", "HOLD", "NDE"]),
    BOM_WORKORDER_TYPE: "W",
    BOM_WORKORDER_BASE_ID: `AW-${order}.${line}`,
    BOM_WORKORDER_LOT_ID: "1",
    BOM_WORKORDER_SPLIT_ID: "0",
  };
}

function makeLine(head: ErpRow, line: number, { random }: SupplyContext, parts: readonly Part[]): ErpRow {
  const row = {
    ...head,
    BOM_WORKORDER_SUB_ID: String(Math.floor(line / 8)),
    BOM_OPERATION_SEQ_NO: 10 * (1 + (Math.floor(line / 2) % 4)),
    BOM_PIECE_NO: 10 * (1 + (line % 2)),
    BOM_QTY: random.chance(0.2) ? random.int(1, 99) / 8 : random.int(1, 24),
  };
  showPart(row, random.pick(parts));
  return row;
}
