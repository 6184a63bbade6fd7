/// <reference path="../pb_data/types.d.ts" />

// The built-in stream. A stream of that name that is there already is not touched.
// Frozen once released: a later change is a migration of its own.

const NAME = "aswan_bom";

/** A bill-of-material line. */
const GROUP_FIELDS = [
  "TXN_TYPE",
  "BOM_WORKORDER_TYPE",
  "BOM_WORKORDER_BASE_ID",
  "BOM_WORKORDER_LOT_ID",
  "BOM_WORKORDER_SPLIT_ID",
  "BOM_WORKORDER_SUB_ID",
  "BOM_OPERATION_SEQ_NO",
  "BOM_PIECE_NO",
];

/** A row is that line joined with its purchase request, order, receipt and stock movement. */
const KEY_FIELDS = GROUP_FIELDS.concat([
  "PURC_REQ_ID",
  "PURC_REQ_LINE_NO",
  "PURC_ORDER_ID",
  "PO_LINE_NO",
  "GRN_ID",
  "GRN_LINE_NO",
  "INV_TRANS_ID",
]);

migrate(
  (app) => {
    if (app.countRecords("sync_settings", $dbx.hashExp({ name: NAME })) > 0) {
      return;
    }
    app.save(
      new Record(app.findCollectionByNameOrId("sync_settings"), {
        name: NAME,
        paused: false,
        schedule: "0 * * * *",
        source_url:
          "${ERP_BASE_URL:-https://aswanservice.aswan.com:8088}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM",
        from_date: "2025-12-01",
        group_fields: GROUP_FIELDS,
        key_fields: KEY_FIELDS,
        target_collection: "ASWNDUBAI_erpConsolidateData",
        mapping: {},
        timezone: "UTC",
        on_missing: "keep",
        options: { source: { rows_path: "$", from_date_param: "fromDate" } },
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_settings")) {
      for (const stream of app.findAllRecords("sync_settings", $dbx.hashExp({ name: NAME }))) {
        app.delete(stream);
      }
    }
  },
);
