/// <reference path="../pb_data/types.d.ts" />

// failed_records: the quarantine; one record is one row that could not go on, however often it comes.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "failed_records",
        fields: [
          { name: "stream", type: "text", required: true, help: "The stream's name." },
          {
            name: "erp_id",
            type: "text",
            presentable: true,
            max: 5000,
            help: "The row's key, where it could be read.",
          },
          { name: "error_message", type: "text", max: 20000, help: "What happened." },
          {
            name: "stage",
            type: "select",
            presentable: true,
            maxSelect: 1,
            values: ["fetch", "key", "normalize", "validate", "push"],
            help: "Where on its way the row failed.",
          },
          { name: "error_type", type: "text", presentable: true, help: "A short code for the kind of error." },
          { name: "field", type: "text", help: "The field with the bad value." },
          { name: "value", type: "text", max: 20000, help: "The bad value." },
          { name: "expected", type: "text", max: 20000, help: "What was expected instead." },
          { name: "count", type: "number", onlyInt: true, help: "How often it came." },
          { name: "last_seen_at", type: "date", help: "When it came last." },
          {
            name: "raw_data",
            type: "json",
            maxSize: 20971520,
            help: "The row as received. Mend it here and replay if there is no raw row.",
          },
          { name: "mapped_data", type: "json", maxSize: 20971520, help: "The row as far as it was mapped." },
          {
            name: "raw_row",
            type: "relation",
            maxSelect: 1,
            collectionId: app.findCollectionByNameOrId("erp_raw_data").id,
            cascadeDelete: true,
            help: "The raw row. Empty if the row never got that far.",
          },
          { name: "run", type: "text", help: "The run that saw it last." },
          { name: "job", type: "text", help: "The job that failed, if it was one." },
          { name: "fingerprint", type: "text", help: "Tells rows apart that have no raw row: hash of the row's text." },
          { name: "resolved_at", type: "date", help: "When the row went through after all." },
          { name: "ignored_at", type: "date", help: "When a person decided to let it be." },
        ],
        indexes: [
          "CREATE INDEX `idx_failed_records_open` ON `failed_records` (`stream`, `stage`, `erp_id`, `fingerprint`) WHERE `resolved_at` = ''",
          "CREATE INDEX `idx_failed_records_raw` ON `failed_records` (`raw_row`)",
          // ignored_at stands in the index so that open records are counted without reading them
          "CREATE INDEX `idx_failed_records_resolved` ON `failed_records` (`stream`, `resolved_at`, `ignored_at`)",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("failed_records")) {
      app.delete(app.findCollectionByNameOrId("failed_records"));
    }
  },
);
