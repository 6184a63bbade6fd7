/** One row of the BOM answer: a bill-of-material line joined with its purchase request, order, receipt and stock movement. */
export interface ErpRow {
  TXN_TYPE: string;
  CUST_ORDER_ID: string;
  CUST_ORDER_LINE_NO: number;
  CUST_ORDER_DATE: string | null;
  CUST_ORDER_WANT_DATE: string | null;
  CUST_ORDER_LINE_WANT_DATE: string | null;
  CUST_ORDER_STATUS: string;
  WO_ASSMB_PART_ID: string;
  WO_ASSMB_QTY: number;
  WO_CREATE_DATE: string | null;
  WO_RLS_DATE: string | null;
  WO_WANT_DATE: string | null;
  WO_CLOSE_DATE: string | null;
  WO_STATUS: string;
  WO_PRODUCT_CODE: string;
  WO_ASW_STATUS: string;
  BOM_WORKORDER_TYPE: string;
  BOM_WORKORDER_BASE_ID: string;
  BOM_WORKORDER_LOT_ID: string;
  BOM_WORKORDER_SPLIT_ID: string;
  BOM_WORKORDER_SUB_ID: string;
  BOM_OPERATION_SEQ_NO: number;
  BOM_PIECE_NO: number;
  BOM_PART_ID: string;
  BOM_QTY: number;
  PART_IS_MANUFACTURE: string;
  PART_CATEGORY: string;
  PART_QTY_ON_HAND_WHOLE: number;
  PART_QTY_ON_ORDER_WHOLE: number;
  PART_QTY_IN_DEMAND_WHOLE: number;
  PART_LEADTIME_DAYS: number;
  PURC_REQ_ID: string;
  PURC_REQ_LINE_NO: number;
  PURC_REQ_PART_ID: string;
  PURC_REQ_QTY: number;
  PURC_REQ_DATE: string | null;
  PURC_REQ_WANT_DATE: string | null;
  PURC_ORDER_ID: string;
  PO_LINE_NO: number;
  PO_QTY: number;
  PURC_ORDER_DATE: string | null;
  PURC_ORDER_STATUS: string;
  PO_WANT_DATE: string | null;
  PO_ETD: string | null;
  PO_ETA: string | null;
  GRN_ID: string;
  GRN_LINE_NO: number;
  GRN_QTY: number;
  GRN_INSPECT_QTY: number;
  GRN_REJECTED_QTY: number;
  GRN_DATE: string | null;
  GRN_CREATE_DATE: string | null;
  GRN_INSPECTION_DATE: string | null;
  INV_TRANS_ID: number;
  INV_TRANS_PART_ID: string;
  INV_TRANS_TYPE: string;
  INV_TRANS_CLASS: string;
  INV_TRANS_QTY: number;
  INV_TRANS_DATE: string | null;
  INV_TRANS_CREATE_DATE: string | null;
}

export type ErpField = keyof ErpRow;

/** A row without values, in the ERP's own field order (000): text "", numbers 0, dates null. */
export const BLANK_ROW: Readonly<ErpRow> = {
  TXN_TYPE: "BOM",
  CUST_ORDER_ID: "",
  CUST_ORDER_LINE_NO: 0,
  CUST_ORDER_DATE: null,
  CUST_ORDER_WANT_DATE: null,
  CUST_ORDER_LINE_WANT_DATE: null,
  CUST_ORDER_STATUS: "",
  WO_ASSMB_PART_ID: "",
  WO_ASSMB_QTY: 0,
  WO_CREATE_DATE: null,
  WO_RLS_DATE: null,
  WO_WANT_DATE: null,
  WO_CLOSE_DATE: null,
  WO_STATUS: "",
  WO_PRODUCT_CODE: "",
  WO_ASW_STATUS: "",
  BOM_WORKORDER_TYPE: "",
  BOM_WORKORDER_BASE_ID: "",
  BOM_WORKORDER_LOT_ID: "",
  BOM_WORKORDER_SPLIT_ID: "",
  BOM_WORKORDER_SUB_ID: "",
  BOM_OPERATION_SEQ_NO: 0,
  BOM_PIECE_NO: 0,
  BOM_PART_ID: "",
  BOM_QTY: 0,
  PART_IS_MANUFACTURE: "",
  PART_CATEGORY: "",
  PART_QTY_ON_HAND_WHOLE: 0,
  PART_QTY_ON_ORDER_WHOLE: 0,
  PART_QTY_IN_DEMAND_WHOLE: 0,
  PART_LEADTIME_DAYS: 0,
  PURC_REQ_ID: "",
  PURC_REQ_LINE_NO: 0,
  PURC_REQ_PART_ID: "",
  PURC_REQ_QTY: 0,
  PURC_REQ_DATE: null,
  PURC_REQ_WANT_DATE: null,
  PURC_ORDER_ID: "",
  PO_LINE_NO: 0,
  PO_QTY: 0,
  PURC_ORDER_DATE: null,
  PURC_ORDER_STATUS: "",
  PO_WANT_DATE: null,
  PO_ETD: null,
  PO_ETA: null,
  GRN_ID: "",
  GRN_LINE_NO: 0,
  GRN_QTY: 0,
  GRN_INSPECT_QTY: 0,
  GRN_REJECTED_QTY: 0,
  GRN_DATE: null,
  GRN_CREATE_DATE: null,
  GRN_INSPECTION_DATE: null,
  INV_TRANS_ID: 0,
  INV_TRANS_PART_ID: "",
  INV_TRANS_TYPE: "",
  INV_TRANS_CLASS: "",
  INV_TRANS_QTY: 0,
  INV_TRANS_DATE: null,
  INV_TRANS_CREATE_DATE: null,
};

export const ERP_FIELDS = Object.keys(BLANK_ROW) as ErpField[];

/** What tells bill-of-material lines apart. */
export const GROUP_FIELDS: readonly ErpField[] = [
  "TXN_TYPE",
  "BOM_WORKORDER_TYPE",
  "BOM_WORKORDER_BASE_ID",
  "BOM_WORKORDER_LOT_ID",
  "BOM_WORKORDER_SPLIT_ID",
  "BOM_WORKORDER_SUB_ID",
  "BOM_OPERATION_SEQ_NO",
  "BOM_PIECE_NO",
];

/** What tells the rows of one line apart: its request, order, receipt and stock movement. */
export const SUPPLY_KEY_FIELDS: readonly ErpField[] = [
  "PURC_REQ_ID",
  "PURC_REQ_LINE_NO",
  "PURC_ORDER_ID",
  "PO_LINE_NO",
  "GRN_ID",
  "GRN_LINE_NO",
  "INV_TRANS_ID",
];

export const KEY_FIELDS: readonly ErpField[] = [...GROUP_FIELDS, ...SUPPLY_KEY_FIELDS];

/** Fields the target collection does not have. */
export const UNMAPPED_FIELDS: readonly ErpField[] = [
  "WO_CLOSE_DATE",
  "PART_QTY_ON_HAND_WHOLE",
  "PART_QTY_ON_ORDER_WHOLE",
  "PART_QTY_IN_DEMAND_WHOLE",
  "PART_LEADTIME_DAYS",
  "GRN_INSPECTION_DATE",
];

/** The 54 fields that reach the target, under the same names. */
export const MAPPED_FIELDS: readonly ErpField[] = ERP_FIELDS.filter((field) => !UNMAPPED_FIELDS.includes(field));

export const DATE_FIELDS: readonly ErpField[] = ERP_FIELDS.filter((field) => BLANK_ROW[field] === null);

/** The line a row is about, as text for comparing. */
export function groupOf(row: ErpRow): string {
  return JSON.stringify(GROUP_FIELDS.map((field) => row[field]));
}

/** The row's business key, as text for comparing. */
export function keyOf(row: ErpRow): string {
  return JSON.stringify(KEY_FIELDS.map((field) => row[field]));
}
