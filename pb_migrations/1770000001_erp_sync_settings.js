/// <reference path="../pb_data/types.d.ts" />

// sync_settings: one record is one stream, an ERP feed into a target collection.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "base",
        name: "sync_settings",
        fields: [
          {
            name: "name",
            type: "text",
            required: true,
            presentable: true,
            max: 41,
            pattern: "^[a-z][a-z0-9_]*$",
            help: "The stream's name: small letters, digits and _. It stands in routes, logs and every row, so do not change it later.",
          },
          {
            name: "paused",
            type: "bool",
            help: "No scheduled run and no queue work while this is on. A run in flight stops.",
          },
          {
            name: "schedule",
            type: "text",
            help: "Cron in UTC, one expression a line, such as 0 * * * *. Blank: runs only by hand.",
          },
          {
            name: "source_url",
            type: "text",
            required: true,
            help: "The ERP's address. ${ERP_NAME} and ${ERP_NAME:-default} are read from the environment at run time.",
          },
          {
            name: "from_date",
            type: "text",
            help: "Asks the ERP for rows since this day, such as 2025-12-01, or so many days before today, such as -30d. Blank: everything.",
          },
          {
            name: "group_fields",
            type: "json",
            help: 'ERP fields that say what a row is about, as a list: ["ORDER_ID", "LINE_NO"]. Blank: the key fields.',
          },
          {
            name: "key_fields",
            type: "json",
            help: "ERP fields that tell the rows of this stream apart, as a list. They make up erp_id.",
          },
          {
            name: "target_collection",
            type: "text",
            required: true,
            help: "The collection that is kept equal to the ERP.",
          },
          {
            name: "mapping",
            type: "json",
            help: "Only what differs, per target field. {} means: each field takes the ERP field of the same name.",
          },
          {
            name: "timezone",
            type: "text",
            help: "The zone of ERP dates that name none, such as Asia/Dubai. Blank: UTC.",
          },
          {
            name: "on_missing",
            type: "select",
            required: true,
            maxSelect: 1,
            values: ["keep", "mark", "delete"],
            help: "What happens in the target when a complete answer no longer has what it had.",
          },
          {
            name: "options",
            type: "json",
            help: "Everything rarer; docs/settings.md lists it. {} means the defaults.",
          },
          {
            name: "lock_owner",
            type: "text",
            help: "The sync's own lock. Leave it alone: it is put back when you save.",
          },
          {
            name: "lock_expires_at",
            type: "date",
            help: "The sync's own lock. Leave it alone: it is put back when you save.",
          },
        ],
        indexes: ["CREATE UNIQUE INDEX `idx_sync_settings_name` ON `sync_settings` (`name`)"],
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_settings")) {
      app.delete(app.findCollectionByNameOrId("sync_settings"));
    }
  },
);
