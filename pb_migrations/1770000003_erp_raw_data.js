/// <reference path="../pb_data/types.d.ts" />

// erp_raw_data: one record is one row as the ERP sent it, and what the target was last told of it.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "erp_raw_data",
        fields: [
          { name: "stream", type: "text", required: true, help: "The stream's name." },
          {
            name: "erp_id",
            type: "text",
            required: true,
            presentable: true,
            max: 5000,
            help: "The row's key, made of the key fields. #2, #3 and so on where rows share one.",
          },
          { name: "group_key", type: "text", max: 5000, help: "What the row is about, made of the group fields." },
          {
            name: "payload_json",
            type: "json",
            maxSize: 20971520,
            help: "The row as received. You may mend it: it is pushed again, and stands until the ERP sends another text.",
          },
          { name: "fingerprint", type: "text", help: "Hash of the row's text as received." },
          { name: "mapped_hash", type: "text", help: "Hash of the row as the target should have it." },
          {
            name: "pushed_hash",
            type: "text",
            help: "Hash of the row as the target was last told. Other than mapped_hash: it waits to be pushed.",
          },
          { name: "mapping_version", type: "text", help: "The mapping that mapped_hash was made with." },
          { name: "target_collection", type: "text", help: "Where the target record is." },
          { name: "target_id", type: "text", help: "The target record's id." },
          {
            name: "fetched_at",
            type: "date",
            help: "When the ERP first sent this text. A row that stays the same is not written again.",
          },
          { name: "edited_at", type: "date", help: "When a person last mended payload_json." },
          { name: "missing_since", type: "date", help: "Since when the ERP no longer sends this row." },
          { name: "held_by", type: "text", help: "The run that wanted this row gone and was stopped by the guard." },
        ],
        indexes: [
          "CREATE UNIQUE INDEX `idx_erp_raw_data_erp_id` ON `erp_raw_data` (`stream`, `erp_id`)",
          "CREATE UNIQUE INDEX `idx_erp_raw_data_target` ON `erp_raw_data` (`target_collection`, `target_id`) WHERE `target_id` != ''",
          "CREATE INDEX `idx_erp_raw_data_group` ON `erp_raw_data` (`stream`, `group_key`)",
          // missing_since stands in the index so that the known fingerprints are read without touching a row
          "CREATE INDEX `idx_erp_raw_data_fingerprint` ON `erp_raw_data` (`stream`, `fingerprint`, `missing_since`)",
          "CREATE INDEX `idx_erp_raw_data_pending` ON `erp_raw_data` (`stream`, `id`) WHERE `mapped_hash` <> `pushed_hash`",
          "CREATE INDEX `idx_erp_raw_data_held` ON `erp_raw_data` (`stream`, `held_by`) WHERE `held_by` != ''",
          // these two are narrow: sync_overview counts a million rows by them
          "CREATE INDEX `idx_erp_raw_data_missing` ON `erp_raw_data` (`stream`, `missing_since`)",
          "CREATE INDEX `idx_erp_raw_data_unpushed` ON `erp_raw_data` (`stream`) WHERE `pushed_hash` = ''",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("erp_raw_data")) {
      app.delete(app.findCollectionByNameOrId("erp_raw_data"));
    }
  },
);
