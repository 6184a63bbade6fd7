/// <reference path="../pb_data/types.d.ts" />

// sync_fields: one record is one field that the ERP sends, or sent, in the rows of a stream. A target column for which
// there is none is somebody else's and is left alone. Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "sync_fields",
        fields: [
          { name: "stream", type: "text", required: true, presentable: true, help: "The stream's name." },
          {
            name: "name",
            type: "text",
            required: true,
            presentable: true,
            max: 1000,
            help: "The field, as the ERP calls it.",
          },
          {
            name: "types",
            type: "text",
            help: "JSON types seen so far: text, number, bool, object, list. Empty: only null.",
          },
          { name: "first_seen_at", type: "date", help: "When a run met it first." },
          {
            name: "gone_since",
            type: "date",
            presentable: true,
            help: "Since when no row has it any more. Empty: some do.",
          },
          {
            name: "change",
            type: "select",
            maxSelect: 1,
            values: ["new", "type", "gone", "returned"],
            help: "What changed about it last. Empty: nothing since the first run.",
          },
          { name: "was", type: "text", help: "The types before that change." },
          { name: "changed_at", type: "date", help: "When that was." },
          { name: "changed_by", type: "text", help: "The run that found it." },
        ],
        indexes: ["CREATE UNIQUE INDEX `idx_sync_fields_name` ON `sync_fields` (`stream`, `name`)"],
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_fields")) {
      app.delete(app.findCollectionByNameOrId("sync_fields"));
    }
  },
);
