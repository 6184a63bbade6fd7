/// <reference path="../pb_data/types.d.ts" />

// sync_alerts: one record is one episode of one kind of alert of one stream, from its beginning to its end, and what was
// told of it. Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "sync_alerts",
        fields: [
          { name: "stream", type: "text", required: true, presentable: true, help: "The stream's name." },
          {
            name: "kind",
            type: "text",
            required: true,
            presentable: true,
            help: "What it is about, such as run_failed; docs/alerts.md lists them.",
          },
          { name: "text", type: "text", max: 20000, help: "What happened, with figures." },
          { name: "advice", type: "text", max: 5000, help: "What to do next." },
          { name: "value", type: "number", help: "The figure that matters: rows, jobs, minutes or percent." },
          { name: "run", type: "text", help: "The run it is about, where it is one." },
          { name: "opened_at", type: "date", presentable: true, help: "Since when it has been so." },
          { name: "last_seen_at", type: "date", help: "When it was looked at last and was still so." },
          { name: "closed_at", type: "date", help: "When it was over. Empty: it is not." },
          { name: "end_text", type: "text", max: 20000, help: "How it ended." },
          { name: "acknowledged_at", type: "date", help: "When somebody said: I have seen it." },
          { name: "acknowledged_by", type: "text", help: "Who that was." },
          {
            name: "muted_until",
            type: "date",
            help: "Until then nothing is sent about this kind of alert of this stream.",
          },
          {
            name: "due",
            type: "select",
            maxSelect: 1,
            values: ["opened", "closed"],
            help: "The message that has still to be sent. Empty: none.",
          },
          { name: "told", type: "text", help: "Where that message has arrived already." },
          { name: "attempts", type: "number", onlyInt: true, help: "How often that message was tried." },
          { name: "next_attempt_at", type: "date", help: "When that message is tried next." },
          { name: "notified_at", type: "date", help: "When the newest message arrived everywhere." },
          {
            name: "delivery_error",
            type: "text",
            max: 5000,
            help: "Why the newest message could not be sent. Empty: it was, or there is nobody to tell.",
          },
        ],
        indexes: [
          "CREATE UNIQUE INDEX `idx_sync_alerts_open` ON `sync_alerts` (`stream`, `kind`) WHERE `closed_at` = ''",
          "CREATE INDEX `idx_sync_alerts_opened` ON `sync_alerts` (`stream`, `kind`, `opened_at`)",
          "CREATE INDEX `idx_sync_alerts_due` ON `sync_alerts` (`next_attempt_at`) WHERE `due` != ''",
        ],
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_alerts")) {
      app.delete(app.findCollectionByNameOrId("sync_alerts"));
    }
  },
);
