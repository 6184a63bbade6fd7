import { deliverDue } from "../alerts/deliver";
import { lookAtAll } from "../alerts/look";
import { verifyAll } from "../mirror/daily";
import { coerceError, Stopped } from "../sync/errors";
import { pruneArchive } from "../sync/prune-archive";
import { runScheduled } from "../sync/run";
import { readAllSettings } from "../sync/settings";
import { tick } from "../sync/tick";
import { syncCrons } from "./crons";
import { liveEngine } from "./engine";
import { removeOldSpools } from "./old-spools";

/** After PocketBase has its database: schedules are registered, and a server clears what dead runs left on disk. */
export function onBootstrap(e: core.BootstrapEvent): void {
  e.next();
  if (!hasSettings()) return;
  syncCrons();
  if ($os.args.includes("serve")) removeOldSpools();
}

/** Before the first migration there is nothing to register; the record's own hook does it then. */
function hasSettings(): boolean {
  try {
    $app.findCollectionByNameOrId("sync_settings");
    return true;
  } catch {
    return false;
  }
}

/** A record of sync_settings was made, changed or deleted. */
export function onSettingsSaved(e: core.RecordEvent): void {
  e.next();
  syncCrons();
}

/** A stream's schedule is due, or somebody pressed "run now" in the admin UI. */
export function onSchedule(stream: string): void {
  const engine = liveEngine();
  try {
    runScheduled(engine, stream);
  } catch (error) {
    engine.log.error("a scheduled run could not start", { stream, error: coerceError(error) });
  }
}

/** Every minute. */
export function onWorker(): void {
  const engine = liveEngine();
  try {
    syncCrons();
    tick(engine, "");
  } catch (error) {
    engine.log.error("the worker could not do its round", { error: coerceError(error) });
  }
}

/** So long is a delivery left alone, in ms: PocketBase's mailer waits for a server that does not answer. */
const DELIVERY_MS = 600_000;
const DELIVERING = "erp_alerts_delivering";

/** Every minute, apart from the worker so that neither waits for the other: is anything wrong, and who is to be told? */
export function onAlerts(): void {
  const engine = liveEngine();
  try {
    lookAtAll(engine);
    const since = Number($app.store().get(DELIVERING) ?? 0);
    if (Date.now() - since < DELIVERY_MS) return;
    $app.store().set(DELIVERING, String(Date.now()));
    try {
      deliverDue(engine);
    } finally {
      $app.store().remove(DELIVERING);
    }
  } catch (error) {
    engine.log.error("the alerts could not be looked at", { error: coerceError(error) });
  }
}

/** Every hour: archived answers that are too old are deleted. */
export function onHourlyArchive(): void {
  const engine = liveEngine();
  const checkpoint = (): void => {
    if (engine.signals.stopping()) throw new Stopped("shutdown", "PocketBase is shutting down");
  };
  try {
    for (const stream of readAllSettings(engine)) {
      const { error } = pruneArchive(engine, stream, checkpoint);
      if (error !== "") engine.log.warn("old archives stay for now", { stream: stream.name, error });
    }
  } catch (error) {
    if (!(error instanceof Stopped))
      engine.log.error("the archives could not be looked at", { error: coerceError(error) });
  }
}

/** Once a day: raw rows against target; what somebody changed in the target is pushed again. */
export function onDailyVerify(): void {
  const engine = liveEngine();
  try {
    verifyAll(engine);
  } catch (error) {
    engine.log.error("the daily verify could not be done", { error: coerceError(error) });
  }
}
