/// <reference path="../pb_data/types.d.ts" />

// sync_runs: one record is one execution of a stream, or the triggers skipped while one ran.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    const count = (name, help) => ({ name, type: "number", onlyInt: true, help });

    app.save(
      new Collection({
        type: "base",
        name: "sync_runs",
        fields: [
          { name: "stream", type: "text", required: true, presentable: true, help: "The stream's name." },
          {
            name: "trigger",
            type: "select",
            maxSelect: 1,
            values: ["schedule", "manual", "webhook", "console", "rerun"],
            help: "What started the run. rerun: a trigger came while another run worked.",
          },
          { name: "triggered_by", type: "text", help: "Who started it, where that is known." },
          {
            name: "status",
            type: "select",
            required: true,
            presentable: true,
            maxSelect: 1,
            values: ["running", "succeeded", "partial", "failed", "skipped", "stopped", "interrupted"],
            help: "partial: ingested, but something needs a look. failed: nothing was ingested.",
          },
          {
            name: "sync_type",
            type: "select",
            maxSelect: 1,
            values: ["full", "incremental"],
            help: "full: the ERP was asked for everything. incremental: only for what is new since the cursor.",
          },
          { name: "started_at", type: "date", presentable: true, help: "When the run took the lease." },
          { name: "ingested_at", type: "date", help: "When the whole answer was in. Empty: it never was." },
          { name: "finished_at", type: "date", help: "When the run ended." },
          count("duration_ms", "Milliseconds from start to end."),
          count("latency_ms", "Milliseconds until the ERP's first byte."),
          count("bytes", "Size of the ERP's answer in bytes."),
          count("rows_fetched", "Rows in the answer."),
          count("rows_new", "Rows never seen before."),
          count("rows_changed", "Known rows whose values changed."),
          count("rows_rekeyed", "Rows whose key changed; their target record stays the same."),
          count("rows_touched", "Rows that changed only in fields the target does not have."),
          count("rows_unchanged", "Rows equal to what is known."),
          count("rows_duplicate", "Rows that share their key with another row of the answer."),
          count("rows_superseded", "Known rows gone from a group that is still there."),
          count("rows_left", "Known rows whose whole group is gone."),
          count("rows_held", "Rows that would go but are held until somebody approves."),
          count("rows_invalid", "Rows put in quarantine."),
          count("pushed_inserted", "Target records created."),
          count("pushed_updated", "Target records changed."),
          count("pushed_deleted", "Target records deleted."),
          count("pushed_unchanged", "Target records that were right already."),
          count("pushed_failed", "Attempts to push that failed."),
          {
            name: "push_mode",
            type: "select",
            maxSelect: 1,
            values: ["records", "bulk"],
            help: "records: through PocketBase, with hooks and realtime. bulk: set-based SQL.",
          },
          {
            name: "transport",
            type: "select",
            maxSelect: 1,
            values: ["curl", "http"],
            help: "How the answer was fetched.",
          },
          { name: "error", type: "text", max: 20000, help: "Why the run failed or is partial." },
          {
            name: "cursor",
            type: "text",
            help: "Where the next incremental fetch goes on; JSON while a load of several days is not through.",
          },
          { name: "scope_hash", type: "text", help: "Runs with the same value asked the ERP for the same rows." },
          { name: "archive_path", type: "text", help: "Where the raw answer is archived, if it is." },
          { name: "approved_at", type: "date", help: "When the held deletes of this run were approved." },
          { name: "approved_by", type: "text", help: "Who approved them." },
          count("skipped_count", "Triggers this record stands for, if it is skipped."),
        ],
        indexes: [
          "CREATE INDEX `idx_sync_runs_started` ON `sync_runs` (`stream`, `started_at`)",
          "CREATE INDEX `idx_sync_runs_status` ON `sync_runs` (`status`)",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_runs")) {
      app.delete(app.findCollectionByNameOrId("sync_runs"));
    }
  },
);
