import type { ErpRow } from "../erp/row";
import { hooksWith, type PocketBaseServer, type StartOptions, TARGET } from "./harness";
import { setOptions } from "./in-flight";
import { type Installation, startSynced } from "./outcomes-instance";

/**
 * How somebody's hook treats the poisoned record. throw: fails before it is stored. late: after it. refuse: with a
 * PocketBase ApiError. locked: as a database that somebody else holds. exit: ends the process.
 */
export type Poison = "" | "throw" | "late" | "refuse" | "locked" | "exit";

const hook = (refusal: string) => `(e) => {
  const poison = $os.getenv("TEST_POISON") || $app.store().get("poison") || "";
  if (poison === "" || e.record.getString("WO_PRODUCT_CODE") !== "POISON") return e.next();
  if (poison === "exit") $os.exit(3);
  if (poison === "refuse") throw new BadRequestError(${JSON.stringify(refusal)});
  if (poison === "late") e.next();
  throw new Error(poison === "locked" ? "database is locked" : "the other system is away");
}`;

/** Our hooks, somebody's hook that looks for poisoned records, and the routes of setPoison and makeDue. */
export function hooksWithPoison(refusal = "we do not take this one"): string {
  return hooksWith(`
onRecordCreate(${hook(refusal)}, "${TARGET}");
onRecordUpdate(${hook(refusal)}, "${TARGET}");
routerAdd("POST", "/test/poison", (e) => {
  $app.store().set("poison", e.requestInfo().body.poison);
  e.json(200, {});
}, $apis.requireSuperuserAuth());
routerAdd("POST", "/test/due", (e) => {
  $app.db().newQuery("UPDATE job_queue SET next_attempt_at = updated_at WHERE status IN ('queued', 'failed')").execute();
  e.json(200, {});
}, $apis.requireSuperuserAuth());`);
}

/** Retries far enough away that no worker meets them while a test looks. */
export const SLOW_RETRY = { retry: { delays_seconds: [600, 1200], max_retries: 5 } };
export const FAST_RETRY = { retry: { delays_seconds: [0], max_retries: 5 } };

export async function startPoisoned(options: StartOptions = {}): Promise<Installation> {
  const all = await startSynced({ rows: 12, hooksDir: hooksWithPoison(), ...options });
  await setOptions(all.server, SLOW_RETRY);
  return all;
}

export function setPoison(server: PocketBaseServer, poison: Poison): Promise<void> {
  return server.pb.send("/test/poison", { method: "POST", body: { poison } });
}

/** Every job that waits is due now. */
export function makeDue(server: PocketBaseServer): Promise<void> {
  return server.pb.send("/test/due", { method: "POST" });
}

/** Changes three rows, the middle one into one that the hook looks for; answers that one. */
export function poisonRow({ factory }: Installation, at = 1): ErpRow {
  factory.changeRow(at - 1);
  factory.changeRow(at + 1);
  return factory.changeRow(at, { WO_PRODUCT_CODE: "POISON" }).after;
}
