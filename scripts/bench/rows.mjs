import { readFileSync } from "node:fs";

/** @typedef {Record<string, string | number | null | object>} BenchRow */

/** The ERP's sample row (000). @type {BenchRow} */
const SAMPLE = JSON.parse(readFileSync(new URL("../../test/erp/sample-row.json", import.meta.url), "utf8"))[0];

const LINES_PER_ORDER = 40;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2025, 6, 1);

/**
 * Row `n` of an answer that has the sample's shape: always the same for the same `n`, made fast. Of four lines the last
 * one has two rows, as a line with two deliveries has.
 * @param {number} n from 0
 * @returns {BenchRow}
 */
export function makeRow(n) {
  const line = lineOf(n);
  const order = 122_573 + Math.floor(line / LINES_PER_ORDER);
  const inOrder = line % LINES_PER_ORDER;
  const part = (line * 7919) % 5000;
  return {
    ...SAMPLE,
    CUST_ORDER_ID: `SO-${order}`,
    CUST_ORDER_LINE_NO: 1 + (order % 4),
    CUST_ORDER_DATE: dayText(order % 90),
    CUST_ORDER_WANT_DATE: dayText(90 + (order % 60)),
    CUST_ORDER_LINE_WANT_DATE: dayText(90 + (order % 60)),
    WO_CREATE_DATE: momentText(order),
    WO_RLS_DATE: momentText(order + 7),
    WO_WANT_DATE: dayText(100 + (order % 60)),
    BOM_WORKORDER_BASE_ID: `AW-${order}.1`,
    BOM_WORKORDER_SUB_ID: String(Math.floor(inOrder / 20)),
    BOM_OPERATION_SEQ_NO: 10 * (1 + Math.floor((inOrder % 20) / 5)),
    BOM_PIECE_NO: 10 * (1 + (inOrder % 5)),
    BOM_PART_ID: `DP${String(part).padStart(4, "0")}`,
    BOM_QTY: 1 + (n % 24),
    PART_QTY_ON_HAND_WHOLE: (part * 31) % 900,
    PART_QTY_IN_DEMAND_WHOLE: (part * 17) % 700,
    ...(isTwin(n) || line % 3 === 0 ? purchase(n, part) : {}),
  };
}

/**
 * A row with lists of objects inside it, the way some ERPs send deliveries with the line.
 * @param {number} n
 * @returns {BenchRow}
 */
export function makeNestedRow(n) {
  const row = makeRow(n);
  const delivery = { GRN_ID: `GRN-${n}`, GRN_QTY: n % 9, PLACE: { STORE: "DXB", SHELF: `S${n % 50}` } };
  return { ...row, DELIVERIES: [delivery, { ...delivery, GRN_QTY: 1 }] };
}

/** The number of a row's line, which is its group. @param {number} n */
export function lineOf(n) {
  return Math.floor(n / 5) * 4 + Math.min(n % 5, 3);
}

/** @param {number} n */
function isTwin(n) {
  return n % 5 === 4;
}

/**
 * @param {number} n
 * @param {number} part
 */
function purchase(n, part) {
  const received = n % 2 === 0;
  return {
    PURC_REQ_ID: `PR-${60_000 + n}`,
    PURC_REQ_LINE_NO: 1,
    PURC_REQ_PART_ID: `DP${String(part).padStart(4, "0")}`,
    PURC_REQ_QTY: 1 + (n % 24),
    PURC_REQ_DATE: dayText(n % 80),
    PURC_REQ_WANT_DATE: dayText(80 + (n % 40)),
    PURC_ORDER_ID: `PO-${80_000 + n}`,
    PO_LINE_NO: 1 + (n % 6),
    PO_QTY: 1 + (n % 24),
    PURC_ORDER_DATE: dayText(n % 85),
    PURC_ORDER_STATUS: "F",
    PO_WANT_DATE: dayText(85 + (n % 40)),
    PO_ETA: dayText(95 + (n % 40)),
    ...(received ? { GRN_ID: `GRN-${n}`, GRN_LINE_NO: 1, GRN_QTY: 1 + (n % 24), GRN_DATE: momentText(n) } : {}),
  };
}

/** @param {number} day */
function dayText(day) {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 19);
}

/** Nearly every one differs, to the millisecond. @param {number} seed */
function momentText(seed) {
  return new Date(FIRST_DAY + (seed % 150) * DAY_MS + ((seed * 7_654_321) % DAY_MS)).toISOString().slice(0, 23);
}
