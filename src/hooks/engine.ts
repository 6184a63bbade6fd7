/** What the registrations in erp_sync.pb.ts call, inside their handlers. */
export {
  onAlerts,
  onBootstrap,
  onDailyVerify,
  onHourlyArchive,
  onSchedule,
  onSettingsSaved,
  onWorker,
} from "../pocketbase/boot";
export { consoleCommand } from "../pocketbase/console";
export { onDashboard, onDashboardEntry } from "../pocketbase/dashboard";
/** For hooks of one's own, such as tests with another clock. */
export { liveEngine } from "../pocketbase/engine";
export { onFailedUpdate } from "../pocketbase/failed-records";
export { onHealth, onPrometheus } from "../pocketbase/monitoring";
export { onBackupCreate } from "../pocketbase/old-spools";
export { onRawCreate, onRawDelete, onRawUpdate } from "../pocketbase/raw-rows";
export { onAction, onFailedAction, onLongAction, onSync } from "../pocketbase/routes";
export { onSettingsCreate, onSettingsDelete, onSettingsUpdate } from "../pocketbase/settings";
export { onTerminate } from "../pocketbase/terminate";
export { onTestSettings } from "../pocketbase/test-settings";
export { onWebhook } from "../pocketbase/webhook";
export { run, runScheduled } from "../sync/run";
export { tick } from "../sync/tick";
