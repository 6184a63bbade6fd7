/// <reference path="../pb_data/types.d.ts" />

// Rows of a paged source go only when two snapshots in a row miss them: which one missed a row first stands here.
// Frozen once released: a later change is a migration of its own.
const NAME = "idx_erp_raw_data_missed";

migrate(
  (app) => {
    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.fields.add(
      new TextField({
        name: "missed_by",
        help: "The run whose paged snapshot lacked this row. Only when the next snapshot lacks it too has it left the ERP.",
      }),
    );
    raw.addIndex(NAME, false, "`stream`, `missed_by`", "`missed_by` != ''");
    app.save(raw);
  },
  (app) => {
    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.removeIndex(NAME);
    raw.fields.removeByName("missed_by");
    app.save(raw);
  },
);
