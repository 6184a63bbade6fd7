import type { RecordModel } from "pocketbase";
import { expect } from "vitest";
import { Factory, type PocketBaseServer, type StartOptions, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import type { Installation } from "./outcomes-instance";

export const PAGE = 7;

export const STYLES = {
  offset: { paging: { kind: "offset", page_size: PAGE } },
  page: { rows_path: "data.items", paging: { kind: "page", page_size: PAGE } },
  cursor: { rows_path: "data.items", paging: { kind: "cursor", page_size: PAGE, cursor_path: "next_cursor" } },
  link: { paging: { kind: "link", page_size: PAGE } },
};
export type Style = keyof typeof STYLES;

/** A PocketBase whose stream may fetch two pages a day, before its first run. */
export async function startDaily(style: Style, source: object = {}, options: StartOptions = {}): Promise<Installation> {
  const factory = new Factory({ seed: 3, rows: 40 });
  const erp = await startErp({ factory });
  const env = { ERP_FETCH_RETRY_SECONDS: "0", ...options.env };
  const server = await startQuietly(erp, { ...options, env });
  await server.updateSettings({
    ...{ source_url: `\${ERP_BASE_URL}/api/paged/${style}`, from_date: "", on_missing: "delete" },
  });
  await setDaily(server, style, source);
  return { factory, erp, server };
}

export function setDaily(server: PocketBaseServer, style: Style, source: object): Promise<void> {
  return setOptions(server, {
    source: { from_date_param: "", ...STYLES[style], daily_rows: 2 * PAGE, ...source },
  });
}

/** What was fetched until now was fetched yesterday. */
export async function nextDay(server: PocketBaseServer): Promise<void> {
  for (const run of await server.runs()) {
    const before = new Date(Date.parse(run.started_at) - 86_400_000).toISOString().replace("T", " ");
    await server.pb.collection("sync_runs").update(run.id, { started_at: before });
  }
}

/** A run, and the pages it asked for by number. */
export async function runAsking({ server, erp }: Pick<Installation, "server" | "erp">, body: object = {}) {
  const before = erp.requests.length;
  const run = await server.runSync(body as never);
  return { run, asked: erp.requests.slice(before).map((request) => pageOf(request.query)) };
}

function pageOf(query: Record<string, string | undefined>): number {
  if (query.page !== undefined) return Number(query.page);
  return 1 + Number(query.offset ?? query.cursor ?? 0) / PAGE;
}

/** Runs day after day until nothing is left; answers the last run. */
export async function untilThrough(all: Installation): Promise<RecordModel> {
  for (let days = 0; days < 20; days++) {
    const { run } = await runAsking(all);
    expect(run.status).toBe("succeeded");
    if (!String((await all.server.runs('ingested_at != ""'))[0]?.cursor).startsWith("{")) return run as never;
    await nextDay(all.server);
  }
  throw new Error("the load was not through after 20 days");
}
