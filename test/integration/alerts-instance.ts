import type { RecordModel } from "pocketbase";
import type { Erp } from "../erp/server";
import { Factory, hooksWith, type PocketBaseServer, type StartOptions, startErp, waitFor } from "./harness";
import { startQuietly } from "./in-flight";
import { SQL_ROUTE } from "./test-hooks";

export interface Alerted {
  erp: Erp;
  server: PocketBaseServer;
}

/** A PocketBase that has synced a small factory once, with an ERP that is not asked again when it fails. */
export async function startAlerted(options: StartOptions & { hooks?: string } = {}, rows = 20): Promise<Alerted> {
  const erp = await startErp({ factory: new Factory({ rows }) });
  const env = { ERP_FETCH_RETRY_SECONDS: "0", ...options.env };
  const hooksDir = hooksWith(`${SQL_ROUTE}\n${ALERTS_ROUTE}\n${options.hooks ?? ""}`);
  const server = await startQuietly(erp, { ...options, env, hooksDir });
  return { erp, server };
}

/** The next run fails, at the first try. */
export async function failingRun({ erp, server }: Alerted): Promise<RecordModel> {
  erp.fault({ kind: "status", status: 404 });
  return server.runSync();
}

/** The minute's job, once, and then what it did: its cron job answers before it has done anything. */
export const ALERTS_ROUTE = `routerAdd("POST", "/test/alerts", (e) => {
  require(\`\${__hooks}/erp_sync/engine.js\`).onAlerts();
  e.json(200, {});
}, $apis.requireSuperuserAuth());`;

/** Does what PocketBase does every minute: looks, and sends until nothing is due that may be sent now. */
export async function lookAndDeliver(server: PocketBaseServer): Promise<void> {
  await waitFor(
    async () => {
      await server.pb.send("/test/alerts", { method: "POST" });
      const now = new Date().toISOString().replace("T", " ");
      return (await server.rows("sync_alerts", `due != "" && next_attempt_at <= "${now}"`)).length === 0;
    },
    "the messages to be sent",
    30_000,
  );
}

/** The episodes as "kind open" or "kind closed", the oldest first. */
export async function episodes(server: PocketBaseServer): Promise<string[]> {
  const alerts = await server.rows("sync_alerts", 'kind != "run_finished"', "@rowid");
  return alerts.map((alert) => `${alert.kind} ${alert.closed_at === "" ? "open" : "closed"}`);
}

export async function alertOf(server: PocketBaseServer, kind: string): Promise<RecordModel> {
  const [alert] = await server.rows("sync_alerts", `kind = "${kind}"`, "-@rowid");
  if (!alert) throw new Error(`there is no alert ${kind}`);
  return alert;
}

/** Makes a message that failed due now, as if its wait were over. */
export async function makeDue(server: PocketBaseServer): Promise<void> {
  for (const { id } of await server.rows("sync_alerts", 'due != ""')) {
    await server.pb.collection("sync_alerts").update(id, { next_attempt_at: "2020-01-01 00:00:00.000Z" });
  }
}
