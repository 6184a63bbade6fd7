/// <reference path="../pb_data/types.d.ts" />

// sync_runs: what became of the archive of an answer, and which runs read one instead of asking the ERP.
// webhook_calls: the calls of the last minutes, so that none is taken twice.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.fields.add(
      new TextField({ name: "archive_error", help: "Why the raw answer could not be archived." }),
      new TextField({ name: "replay_of", help: "The run whose archived answer this run read; the ERP was not asked." }),
    );
    runs.addIndex("idx_sync_runs_archive", false, "`stream`, `started_at`", "`archive_path` != ''");
    app.save(runs);
    app.save(
      new Collection({
        type: "base",
        name: "webhook_calls",
        fields: [
          { name: "signature", type: "text", required: true, help: "The signature of a call that was taken." },
          { name: "received_at", type: "date", help: "When it came." },
        ],
        indexes: ["CREATE UNIQUE INDEX `idx_webhook_calls_signature` ON `webhook_calls` (`signature`)"],
      }),
    );
  },
  (app) => {
    if (app.hasTable("webhook_calls")) {
      app.delete(app.findCollectionByNameOrId("webhook_calls"));
    }
    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.removeIndex("idx_sync_runs_archive");
    runs.fields.removeByName("archive_error");
    runs.fields.removeByName("replay_of");
    app.save(runs);
  },
);
