/// <reference path="../pb_data/types.d.ts" />

// job_queue: one record is one job, "make the target equal to this raw row as it is now".
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "job_queue",
        fields: [
          {
            name: "payload_ref",
            type: "relation",
            required: true,
            presentable: true,
            maxSelect: 1,
            collectionId: app.findCollectionByNameOrId("erp_raw_data").id,
            cascadeDelete: true,
            help: "The raw row to push.",
          },
          { name: "stream", type: "text", required: true, help: "The stream's name." },
          { name: "run", type: "text", help: "The run that queued the job." },
          {
            name: "operation",
            type: "select",
            maxSelect: 1,
            values: ["upsert", "delete"],
            help: "What is to be done to the target record, and what was done once the job has ended.",
          },
          { name: "mapped_hash", type: "text", help: "The row's mapped_hash when the job was last claimed." },
          {
            name: "status",
            type: "select",
            required: true,
            presentable: true,
            maxSelect: 1,
            values: ["queued", "processing", "done", "failed", "dead"],
            help: "failed: tried again at next_attempt_at. dead: given up, waits for a person.",
          },
          { name: "retry_count", type: "number", onlyInt: true, help: "Attempts that failed so far." },
          { name: "last_error", type: "text", max: 20000, help: "Why the last attempt failed." },
          { name: "last_attempt_at", type: "date", help: "When the job was last claimed." },
          { name: "next_attempt_at", type: "date", help: "Not tried before this time." },
          { name: "processed_at", type: "date", help: "When the job was done." },
          { name: "claimed_by", type: "text", help: "The batch that works on it." },
          { name: "created_at", type: "autodate", onCreate: true },
          { name: "updated_at", type: "autodate", onCreate: true, onUpdate: true },
        ],
        indexes: [
          // at most one open job per raw row
          "CREATE UNIQUE INDEX `idx_job_queue_open` ON `job_queue` (`payload_ref`) WHERE `status` IN ('queued', 'processing', 'failed')",
          "CREATE INDEX `idx_job_queue_payload` ON `job_queue` (`payload_ref`)",
          "CREATE INDEX `idx_job_queue_due` ON `job_queue` (`stream`, `next_attempt_at`, `id`) WHERE `status` IN ('queued', 'failed')",
          "CREATE INDEX `idx_job_queue_claimed` ON `job_queue` (`stream`, `claimed_by`) WHERE `status` = 'processing'",
          "CREATE INDEX `idx_job_queue_status` ON `job_queue` (`stream`, `status`)",
          "CREATE INDEX `idx_job_queue_run` ON `job_queue` (`run`)",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("job_queue")) {
      app.delete(app.findCollectionByNameOrId("job_queue"));
    }
  },
);
