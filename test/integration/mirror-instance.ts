import { Factory, type PocketBaseServer, STREAM, startErp, startPocketBase, waitFor } from "./harness";

export interface Listed<T = ListedRow> {
  count: number;
  items: T[];
}

export interface ListedRow {
  erp_id: string;
  was_erp_id?: string;
  target_id: string;
  state: { code: string; sentence: string };
  changes: Change[];
  values?: Record<string, unknown>;
  rejection?: { stage: string; field: string; value: string };
}

export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

/** A small factory, its ERP and a PocketBase that has synced it once. */
export async function startSynced(rows = 60) {
  const factory = new Factory({ rows });
  const erp = await startErp({ factory });
  const server = await startPocketBase({ erpUrl: erp.url });
  await syncAndTell(server);
  return { factory, erp, server };
}

/** A run, and what follows the answer of one asked for by HTTP: alerts begin or end. The command waits for both. */
export async function syncAndTell(server: PocketBaseServer): Promise<void> {
  const { code, stderr } = await server.cli(["sync", STREAM]);
  if (code !== 0) throw new Error(`erp sync ended with ${code}: ${stderr}`);
}

/** Answers of `GET /api/erp/rows`. */
export function storyOf(server: PocketBaseServer, erpId: string, query: Record<string, unknown> = {}) {
  return server.pb.send("/api/erp/rows", { query: { stream: STREAM, erp_id: erpId, ...query } });
}

/** Every row of every table of the database, as text. Equal twice only if no run has just answered: see syncAndTell. */
export async function everything(server: PocketBaseServer): Promise<string> {
  const collections = await server.pb.collections.getFullList();
  const names = collections.filter((each) => each.type !== "view").map((each) => each.name);
  const tables = await Promise.all(names.map((name) => server.rows(name)));
  return JSON.stringify(Object.fromEntries(names.map((name, at) => [name, tables[at]])), null, 1);
}

/** Works off the queue, beside the worker that may do it too. */
export async function work(server: PocketBaseServer): Promise<void> {
  await waitFor(async () => {
    await server.cli(["work", STREAM]);
    return (await server.jobs('status = "queued" || status = "processing"')).length === 0;
  }, "an empty queue");
}
