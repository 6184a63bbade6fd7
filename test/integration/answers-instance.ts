import type { Fault } from "../erp/faults";
import { BOM_PATH } from "../erp/handlers";
import type { Erp, ErpOptions } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, startPocketBase, TARGET } from "./harness";

export const TRANSPORTS = ["curl", "http"] as const;

/** Everything a run writes rows to. */
const WRITTEN = [TARGET, "erp_raw_data", "job_queue", "push_log", "failed_records"];

export interface Installation {
  factory: Factory;
  erp: Erp;
  server: PocketBaseServer;
}

/** A small factory, its ERP, and a PocketBase that asks up to three times, almost without waiting. */
export async function startWithErp(env: NodeJS.ProcessEnv = {}, options: ErpOptions = {}): Promise<Installation> {
  const factory = new Factory({ rows: 30 });
  const erp = await startErp({ factory, ...options });
  const server = await startPocketBase({ erpUrl: erp.url, env: { ERP_FETCH_RETRY_SECONDS: "0.05,0.05", ...env } });
  return { factory, erp, server };
}

/** Every field of every record a run may write, as text: equal texts mean that nothing was touched. */
export async function dump(server: PocketBaseServer): Promise<string> {
  const records = await Promise.all(WRITTEN.map((name) => server.rows(name)));
  return JSON.stringify(records, null, 1);
}

/** Sets options.source, beside what the built-in stream needs there; however often runs fail, their sentence stays the same. */
export async function setSource(server: PocketBaseServer, source: Record<string, unknown>): Promise<void> {
  const options = { source: { from_date_param: "fromDate", ...source }, breaker: { failures: 0 } };
  await server.updateSettings({ options });
}

/** The next requests fail like this, one each; a single fault strikes until clearFaults(). */
export function breakAnswers(erp: Erp, faults: Fault[]): void {
  for (const fault of faults) erp.fault(fault, faults.length === 1 ? Number.POSITIVE_INFINITY : 1);
}

/** An error without what differs between machines: the address is ERP, a transport's own words are (…), sizes are N. */
export function sentence(erp: Erp, error: string): string {
  return error
    .replaceAll(erp.url + BOM_PATH, "ERP")
    .replace(/ \((?!").*?\)(?=; given up|: give |: check source_url)/, " (…)")
    .replace(/\d+,\d{3}/g, "N");
}
