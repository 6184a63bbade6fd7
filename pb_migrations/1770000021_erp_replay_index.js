/// <reference path="../pb_data/types.d.ts" />

// Which rows a replay would map again, and how many, is read from an index, never from a million rows.
// Frozen once released: a later change is a migration of its own.
const NAME = "idx_erp_raw_data_version";

migrate(
  (app) => {
    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.addIndex(NAME, false, "`stream`, `mapping_version`", "");
    app.save(raw);
  },
  (app) => {
    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.removeIndex(NAME);
    app.save(raw);
  },
);
