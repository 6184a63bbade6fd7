/** What the registrations in erp_sync.pb.ts call, inside their handlers. */
export { onBootstrap, onSchedule, onSettingsSaved, onWorker } from "../pocketbase/boot";
export { consoleCommand } from "../pocketbase/console";
export { onAction, onSync } from "../pocketbase/routes";
export { onSettingsCreate, onSettingsUpdate } from "../pocketbase/settings";
export { onTerminate } from "../pocketbase/terminate";
