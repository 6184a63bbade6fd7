/// <reference path="../pb_data/types.d.ts" />

// Indexes that let the retention find what is old without reading what is kept.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    const jobs = app.findCollectionByNameOrId("job_queue");
    jobs.addIndex("idx_job_queue_done", false, "`stream`, `processed_at`", "`status` = 'done'");
    app.save(jobs);
    const log = app.findCollectionByNameOrId("push_log");
    log.addIndex("idx_push_log_prune", false, "`stream`, `sent_at`", "`changes` = 'null'");
    app.save(log);
  },
  (app) => {
    const log = app.findCollectionByNameOrId("push_log");
    log.removeIndex("idx_push_log_prune");
    app.save(log);
    const jobs = app.findCollectionByNameOrId("job_queue");
    jobs.removeIndex("idx_job_queue_done");
    app.save(jobs);
  },
);
