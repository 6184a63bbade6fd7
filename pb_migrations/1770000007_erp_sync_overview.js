/// <reference path="../pb_data/types.d.ts" />

// sync_overview: a view, one record is one stream at a glance.
// The columns stand in the order a person asks: does it run, is there something to do, how much is there.
// Every count reads an index only, never the rows; CAST tells PocketBase that it is a number.
// Skipped runs are no runs here. Rows in the target are those pushed at least once and not deleted since.
// Frozen once released: a later change is a migration of its own.
migrate(
  (app) => {
    app.save(
      new Collection({
        type: "view",
        name: "sync_overview",
        viewQuery: `
SELECT
  s.id,
  s.name AS stream,
  s.paused,
  last_run.status AS last_run_status,
  last_run.started_at AS last_run_at,
  last_success.started_at AS last_success_at,
  CAST((
    SELECT count(*) FROM failed_records WHERE stream = s.name AND resolved_at = '' AND ignored_at = ''
  ) AS INT) AS rows_quarantined,
  CAST((SELECT count(*) FROM job_queue WHERE stream = s.name AND status = 'dead') AS INT) AS jobs_dead,
  CAST((SELECT count(*) FROM erp_raw_data WHERE stream = s.name AND held_by != '') AS INT) AS rows_held,
  CAST((SELECT count(*) FROM job_queue WHERE stream = s.name AND status = 'queued') AS INT) AS jobs_queued,
  CAST((SELECT count(*) FROM job_queue WHERE stream = s.name AND status = 'processing') AS INT) AS jobs_processing,
  CAST((SELECT count(*) FROM job_queue WHERE stream = s.name AND status = 'failed') AS INT) AS jobs_failed,
  due.next_attempt_at AS oldest_due_at,
  CAST((SELECT count(*) FROM erp_raw_data WHERE stream = s.name AND missing_since = '') AS INT) AS rows_raw,
  CAST((
    (SELECT count(*) FROM erp_raw_data WHERE stream = s.name)
    - (SELECT count(*) FROM erp_raw_data WHERE stream = s.name AND pushed_hash = '')
  ) AS INT) AS rows_target,
  CAST((SELECT count(*) FROM erp_raw_data WHERE stream = s.name AND missing_since > '') AS INT) AS rows_missing
FROM sync_settings AS s
LEFT JOIN job_queue AS due ON due.id = (
  SELECT id FROM job_queue
  WHERE stream = s.name AND status IN ('queued', 'failed')
    AND next_attempt_at <= strftime('%Y-%m-%d %H:%M:%fZ', 'now')
  ORDER BY next_attempt_at LIMIT 1
)
LEFT JOIN sync_runs AS last_run ON last_run.id = (
  SELECT id FROM sync_runs WHERE stream = s.name AND status != 'skipped' ORDER BY started_at DESC LIMIT 1
)
LEFT JOIN sync_runs AS last_success ON last_success.id = (
  SELECT id FROM sync_runs WHERE stream = s.name AND status = 'succeeded' ORDER BY started_at DESC LIMIT 1
)`,
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_overview")) {
      app.delete(app.findCollectionByNameOrId("sync_overview"));
    }
  },
);
