/// <reference path="../pb_data/types.d.ts" />

// The raw row stands in push_log itself: its story survives a new key after the jobs in between were pruned.
// The index by erp_id gives up stream and sent_at, which nothing asks for any more: with the new one the log is no larger.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    const log = app.findCollectionByNameOrId("push_log");
    log.fields.add(
      new TextField({ name: "raw_row", help: "The id of the raw row, whatever key it had then or has now." }),
    );
    log.addIndex("idx_push_log_raw_row", false, "`raw_row`", "");
    log.removeIndex("idx_push_log_row");
    log.addIndex("idx_push_log_erp_id", false, "`erp_id`", "");
    app.save(log);
    app
      .db()
      .newQuery(
        `UPDATE push_log SET raw_row = COALESCE(
           (SELECT j.payload_ref FROM job_queue j WHERE j.id = push_log.job_id),
           (SELECT r.id FROM erp_raw_data r WHERE r.stream = push_log.stream AND r.erp_id = push_log.erp_id), '')`,
      )
      .execute();
  },
  (app) => {
    const log = app.findCollectionByNameOrId("push_log");
    log.removeIndex("idx_push_log_raw_row");
    log.removeIndex("idx_push_log_erp_id");
    log.addIndex("idx_push_log_row", false, "`stream`, `erp_id`, `sent_at`", "");
    log.fields.removeByName("raw_row");
    app.save(log);
  },
);
