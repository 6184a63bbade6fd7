/// <reference path="../types/pocketbase/types.d.ts" />

// Registrations only. A handler is cut out and run elsewhere, so it sees nothing of this file.

onBootstrap((e) => require(`${__hooks}/erp_sync/engine.js`).onBootstrap(e));
onTerminate((e) => require(`${__hooks}/erp_sync/engine.js`).onTerminate(e));
onBackupCreate((e) => require(`${__hooks}/erp_sync/engine.js`).onBackupCreate(e));

onRecordCreateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsCreate(e), "sync_settings");
onRecordUpdateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsUpdate(e), "sync_settings");
onRecordDeleteRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsDelete(e), "sync_settings");
onRecordAfterCreateSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");
onRecordAfterUpdateSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");
onRecordAfterDeleteSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");

onRecordCreateRequest(() => require(`${__hooks}/erp_sync/engine.js`).onRawCreate(), "erp_raw_data");
onRecordUpdateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onRawUpdate(e), "erp_raw_data");
onRecordDeleteRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onRawDelete(e), "erp_raw_data");
onRecordUpdateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onFailedUpdate(e), "failed_records");

cronAdd("erp_worker", "* * * * *", () => require(`${__hooks}/erp_sync/engine.js`).onWorker());
cronAdd("erp_alerts", "* * * * *", () => require(`${__hooks}/erp_sync/engine.js`).onAlerts());
cronAdd("erp_archive", "47 * * * *", () => require(`${__hooks}/erp_sync/engine.js`).onHourlyArchive());
cronAdd("erp_verify", "23 2 * * *", () => require(`${__hooks}/erp_sync/engine.js`).onDailyVerify());

routerAdd(
  "POST",
  "/api/erp/streams/{name}/sync",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onSync(e),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/dry-run",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "sync", { "dry-run": true }),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/verify",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "verify"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/pause",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "pause"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/resume",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "resume"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/test",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "test-connection"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/approve-deletes",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "approve-deletes"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/replay",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onLongAction(e, "replay"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/failed/{id}/replay",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onFailedAction(e, "replay"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/failed/{id}/ignore",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onFailedAction(e, "ignore"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/streams/{name}/rows",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "rows"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/test",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onTestSettings(e),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/jobs",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "jobs"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/jobs/retry",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "retry"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/status",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "status"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/sources",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "sources"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/rows",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "row"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/runs",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "runs"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/metrics",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "metrics"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/failed",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "failed"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/jobs/{id}",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "job"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/schedule",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "schedule"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/saga/{id}",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "job"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/test-alert",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "test-alert"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/streams/{name}/mute",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "mute"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "GET",
  "/api/erp/alerts",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "alerts"),
  $apis.requireSuperuserAuth(),
);
routerAdd(
  "POST",
  "/api/erp/alerts/{id}/acknowledge",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "acknowledge"),
  $apis.requireSuperuserAuth(),
);

// Open to everyone who signs the call.
routerAdd(
  "POST",
  "/api/erp/webhook/{stream}",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onWebhook(e),
  $apis.bodyLimit(65536),
);

// Open to everyone: the health tells its details to superusers only, the metrics ask for a token of their own.
routerAdd(
  "GET",
  "/api/erp/health",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onHealth(e, ""),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/api/erp/health/database",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onHealth(e, "database"),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/api/erp/health/source",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onHealth(e, "source"),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/api/erp/health/target",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onHealth(e, "target"),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/api/erp/health/alerts",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onHealth(e, "alerts"),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/api/erp/metrics/prometheus",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onPrometheus(e),
  $apis.skipSuccessActivityLog(),
);

// The dashboard's files; what they show is asked for with a superuser's login.
routerAdd(
  "GET",
  "/erp",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onDashboardEntry(e),
  $apis.skipSuccessActivityLog(),
);
routerAdd(
  "GET",
  "/erp/{path...}",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onDashboard(e),
  $apis.gzip(),
  $apis.skipSuccessActivityLog(),
);

$app.rootCmd?.addCommand(require(`${__hooks}/erp_sync/engine.js`).consoleCommand());
