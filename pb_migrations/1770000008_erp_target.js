/// <reference path="../pb_data/types.d.ts" />

// ASWNDUBAI_erpConsolidateData: the target of the built-in stream.
// One that is there already (by name or by id; also one upgraded from PocketBase 0.22) is not touched.
// Otherwise it is created as its 0.22 export describes it: collection id, field ids, types, required flags and open rules.
// Text fields: the export sets no maximum. PocketBase writes that as 0, its default of 5000 characters, which is also
// what an upgrade from 0.22 makes of it; so a created target and an upgraded one are alike.
// Frozen once released: a later change is a migration of its own.

const ID = "xil63txo81b8yd7";
const NAME = "ASWNDUBAI_erpConsolidateData";
/** The id of the field created, by which down() knows a target that this migration made; an import has another. */
const MADE_HERE = "erp_made_created";

/** Field id, type, name, and true where required, in the export's order. */
const FIELDS = [
  ["re2jzp2n", "text", "TXN_TYPE"],
  ["ukfdrl6z", "text", "CUST_ORDER_ID"],
  ["cminpcrb", "number", "CUST_ORDER_LINE_NO"],
  ["gfclfcdx", "date", "CUST_ORDER_DATE"],
  ["secnfw0x", "date", "CUST_ORDER_WANT_DATE"],
  ["5yyywdus", "date", "CUST_ORDER_LINE_WANT_DATE"],
  ["lcz822yw", "text", "CUST_ORDER_STATUS"],
  ["osy4w8s4", "text", "WO_ASSMB_PART_ID"],
  ["ey85013o", "number", "WO_ASSMB_QTY"],
  ["mrua4ujk", "date", "WO_CREATE_DATE"],
  ["kvkzu1pk", "date", "WO_RLS_DATE"],
  ["7irwiyuw", "date", "WO_WANT_DATE"],
  ["yhb24unc", "text", "WO_STATUS"],
  ["jfsq4luf", "text", "WO_PRODUCT_CODE"],
  ["iccisdid", "text", "WO_ASW_STATUS"],
  ["czk60q0z", "text", "BOM_WORKORDER_TYPE"],
  ["sfjsuuo6", "text", "BOM_WORKORDER_BASE_ID", true],
  ["vslzcdqi", "text", "BOM_WORKORDER_LOT_ID"],
  ["szvh4xqa", "text", "BOM_WORKORDER_SPLIT_ID"],
  ["8fs7pcua", "text", "BOM_WORKORDER_SUB_ID", true],
  ["cuwgys1q", "number", "BOM_OPERATION_SEQ_NO"],
  ["gr2jfbcg", "number", "BOM_PIECE_NO"],
  ["8o8cjluk", "text", "BOM_PART_ID"],
  ["mmzdk4oc", "number", "BOM_QTY"],
  ["ksqfgccn", "text", "PART_IS_MANUFACTURE"],
  ["suhe3khw", "text", "PART_CATEGORY"],
  ["zlxbpb4o", "text", "PURC_REQ_ID"],
  ["9y27dszo", "number", "PURC_REQ_LINE_NO"],
  ["a6h23nnr", "text", "PURC_REQ_PART_ID"],
  ["j3nrlrcf", "number", "PURC_REQ_QTY"],
  ["uk7i2s3m", "date", "PURC_REQ_DATE"],
  ["qhbzh4zh", "date", "PURC_REQ_WANT_DATE"],
  ["ek9swmfk", "text", "PURC_ORDER_ID"],
  ["wygfaz1q", "number", "PO_LINE_NO"],
  ["f5ferxb9", "number", "PO_QTY"],
  ["vshwtt1s", "date", "PURC_ORDER_DATE"],
  ["p1cwvwpp", "text", "PURC_ORDER_STATUS"],
  ["l8kumq9b", "date", "PO_WANT_DATE"],
  ["tnuohohb", "date", "PO_ETD"],
  ["1tqaevuv", "date", "PO_ETA"],
  ["eucmqugu", "text", "GRN_ID"],
  ["lsesykts", "number", "GRN_LINE_NO"],
  ["bzjxhlb3", "number", "GRN_QTY"],
  ["xrvzryu8", "number", "GRN_INSPECT_QTY"],
  ["sqwg2ddu", "number", "GRN_REJECTED_QTY"],
  ["dprce0ri", "date", "GRN_DATE"],
  ["gl7k1mnu", "date", "GRN_CREATE_DATE"],
  ["ygnouhmi", "number", "INV_TRANS_ID"],
  ["sddffa8y", "text", "INV_TRANS_PART_ID"],
  ["nm9woxhe", "text", "INV_TRANS_TYPE"],
  ["6aoersii", "text", "INV_TRANS_CLASS"],
  ["7jroiymm", "number", "INV_TRANS_QTY"],
  ["jft2hvt5", "date", "INV_TRANS_DATE"],
  ["og1hl5iw", "date", "INV_TRANS_CREATE_DATE"],
];

migrate(
  (app) => {
    const isThere = app.findAllCollections().some((c) => c.id === ID || c.name.toLowerCase() === NAME.toLowerCase());
    if (isThere) {
      return;
    }
    const fields = FIELDS.map(([id, type, name, required]) => ({ id, type, name, required: required === true }));
    fields.push({ id: MADE_HERE, name: "created", type: "autodate", onCreate: true });
    fields.push({ name: "updated", type: "autodate", onCreate: true, onUpdate: true });
    app.save(
      new Collection({
        id: ID,
        name: NAME,
        type: "base",
        listRule: "",
        viewRule: "",
        createRule: "",
        updateRule: "",
        deleteRule: "",
        fields,
      }),
    );
  },
  (app) => {
    // Business data is never ours to delete: the target goes only if this migration made it, nobody changed it since (up()
    // would not bring back a rule somebody closed) or relates to it, and it is empty.
    const asMade = new DynamicModel({ count: 0 });
    app
      .db()
      .newQuery(
        `SELECT count(*) AS count FROM _collections WHERE id = {:id}
           AND EXISTS (SELECT 1 FROM json_each(fields) WHERE value ->> 'id' = {:madeHere})
           AND unixepoch(updated, 'subsec') - unixepoch(created, 'subsec') < 0.05
           AND NOT EXISTS (SELECT 1 FROM _collections c, json_each(c.fields) f
                            WHERE c.id <> {:id} AND c.type <> 'view' AND f.value ->> 'collectionId' = {:id})`,
      )
      .bind({ id: ID, madeHere: MADE_HERE })
      .one(asMade);
    if (asMade.count === 1 && app.countRecords(ID) === 0) {
      app.delete(app.findCollectionByNameOrId(ID));
    }
  },
);
