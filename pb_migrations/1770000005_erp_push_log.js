/// <reference path="../pb_data/types.d.ts" />

// push_log: one record is one attempt to push a row.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "push_log",
        fields: [
          {
            name: "job_id",
            type: "relation",
            maxSelect: 1,
            collectionId: app.findCollectionByNameOrId("job_queue").id,
            cascadeDelete: false,
            help: "The job; it may have been pruned since.",
          },
          { name: "run", type: "text", help: "The run that pushed." },
          { name: "stream", type: "text", required: true, help: "The stream's name." },
          { name: "erp_id", type: "text", presentable: true, max: 5000, help: "The row's key at that time." },
          {
            name: "response_code",
            type: "number",
            presentable: true,
            onlyInt: true,
            help: "201 inserted, 200 updated, 204 deleted or nothing to change, 422 refused, 5xx failed.",
          },
          { name: "response_body", type: "text", max: 20000, help: "What was done, or why it was refused." },
          { name: "changes", type: "json", maxSize: 20971520, help: "Which fields changed: field, from, to." },
          { name: "sent_at", type: "date", presentable: true, help: "When the attempt was made." },
        ],
        indexes: [
          "CREATE INDEX `idx_push_log_job` ON `push_log` (`job_id`)",
          "CREATE INDEX `idx_push_log_row` ON `push_log` (`stream`, `erp_id`, `sent_at`)",
          "CREATE INDEX `idx_push_log_run` ON `push_log` (`run`)",
          "CREATE INDEX `idx_push_log_sent` ON `push_log` (`sent_at`)",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("push_log")) {
      app.delete(app.findCollectionByNameOrId("push_log"));
    }
  },
);
