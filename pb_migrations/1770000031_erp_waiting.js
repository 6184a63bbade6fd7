/// <reference path="../pb_data/types.d.ts" />

// What a row waits for: its parent's record (002), or the record that a lookup did not find.
// Frozen once released: a later change is a migration of its own.
const JOBS = "idx_job_queue_waits";
const FAILED = "idx_failed_records_waits";

migrate(
  (app) => {
    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.fields.add(
      new TextField({
        name: "parent_key",
        max: 5000,
        help: "The erp_id of the parent that the target record was last given, if the stream has a parent.",
      }),
    );
    app.save(raw);

    const jobs = app.findCollectionByNameOrId("job_queue");
    jobs.fields.add(
      new TextField({
        name: "waits_for",
        max: 5000,
        help: "The erp_id of the parent that is not there yet. The job is due as soon as it is.",
      }),
    );
    jobs.addIndex(JOBS, false, "`stream`, `waits_for`", "`waits_for` <> '' AND `status` IN ('failed', 'dead')");
    app.save(jobs);

    const failed = app.findCollectionByNameOrId("failed_records");
    failed.fields.add(
      new TextField({
        name: "waits_for",
        max: 5000,
        help: "What the lookup of the field did not find. The row is tried again as soon as it is there.",
      }),
    );
    failed.addIndex(FAILED, false, "`stream`, `field`, `waits_for`", "`waits_for` <> '' AND `resolved_at` = ''");
    app.save(failed);

    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.fields.add(
      new NumberField({ name: "pushed_waiting", onlyInt: true, help: "Rows that wait for their parent's record." }),
    );
    app.save(runs);
  },
  (app) => {
    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.fields.removeByName("pushed_waiting");
    app.save(runs);

    const failed = app.findCollectionByNameOrId("failed_records");
    failed.removeIndex(FAILED);
    failed.fields.removeByName("waits_for");
    app.save(failed);

    const jobs = app.findCollectionByNameOrId("job_queue");
    jobs.removeIndex(JOBS);
    jobs.fields.removeByName("waits_for");
    app.save(jobs);

    const raw = app.findCollectionByNameOrId("erp_raw_data");
    raw.fields.removeByName("parent_key");
    app.save(raw);
  },
);
