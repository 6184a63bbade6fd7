/// <reference path="../types/pocketbase/types.d.ts" />

// Registrations only. A handler is cut out and run elsewhere, so it sees nothing of this file.

onBootstrap((e) => require(`${__hooks}/erp_sync/engine.js`).onBootstrap(e));
onTerminate((e) => require(`${__hooks}/erp_sync/engine.js`).onTerminate(e));

onRecordCreateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsCreate(e), "sync_settings");
onRecordUpdateRequest((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsUpdate(e), "sync_settings");
onRecordAfterCreateSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");
onRecordAfterUpdateSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");
onRecordAfterDeleteSuccess((e) => require(`${__hooks}/erp_sync/engine.js`).onSettingsSaved(e), "sync_settings");

cronAdd("erp_worker", "* * * * *", () => require(`${__hooks}/erp_sync/engine.js`).onWorker());

routerAdd(
  "POST",
  "/api/erp/streams/{name}/sync",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onSync(e),
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
  "/api/erp/runs",
  (e) => require(`${__hooks}/erp_sync/engine.js`).onAction(e, "runs"),
  $apis.requireSuperuserAuth(),
);

$app.rootCmd?.addCommand(require(`${__hooks}/erp_sync/engine.js`).consoleCommand());
