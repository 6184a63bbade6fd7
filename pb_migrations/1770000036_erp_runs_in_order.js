/// <reference path="../pb_data/types.d.ts" />

// The newest run of a stream is the record made last, whatever a clock said: found at the end of an index, not by sorting
// the runs of half a year.
// Frozen once released: a later change is a migration of its own.
const NAME = "idx_sync_runs_stream";

migrate(
  (app) => {
    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.addIndex(NAME, false, "`stream`", "");
    app.save(runs);
  },
  (app) => {
    const runs = app.findCollectionByNameOrId("sync_runs");
    runs.removeIndex(NAME);
    app.save(runs);
  },
);
