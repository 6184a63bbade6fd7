import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hooksWith, type PocketBaseServer, TARGET } from "./harness";

/** Runs one statement past every hook, see sql(). */
export const SQL_ROUTE = `routerAdd("POST", "/test/sql", (e) => {
  const { sql, params } = e.requestInfo().body;
  e.json(200, { rows: $app.nonconcurrentDB().newQuery(sql).bind(params).execute().rowsAffected() });
}, $apis.requireSuperuserAuth());`;

/** Our hooks and a route for what nobody can do through PocketBase, such as writing the lock of another machine. */
export function hooksWithSql(): string {
  return hooksWith(SQL_ROUTE);
}

/** Our hooks and a target that takes its time for each new record, so that a push can be met in its middle. */
export function hooksWithSlowTarget(ms: number): string {
  return hooksWith(`onRecordCreate((e) => { sleep(${ms}); e.next(); }, ${JSON.stringify(TARGET)});`);
}

/** Like hooksWithSlowTarget, and a minute of options.run.max_minutes lasts only `ms`. */
export function hooksWithShortMinutes(ms: number, targetMs: number): string {
  const folder = hooksWithSlowTarget(targetMs);
  const engine = join(folder, "erp_sync/engine.js");
  const [before, after, ...more] = readFileSync(engine, "utf8").split("minutes * 6e4");
  if (after === undefined || more.length > 0) throw new Error("engine.js no longer has `minutes * 6e4` in one place");
  writeFileSync(engine, `${before}minutes * ${ms}${after}`);
  return folder;
}

/** Runs one statement past every hook of a server that has them; answers how many rows it wrote. */
export async function sql(
  server: PocketBaseServer,
  text: string,
  params: Record<string, unknown> = {},
): Promise<number> {
  const { rows } = await server.pb.send("/test/sql", { method: "POST", body: { sql: text, params } });
  return rows;
}

/** Writes the stream's lock as another holder would; `expiresInMs` from now. */
export async function writeLock(server: PocketBaseServer, owner: string, expiresInMs: number): Promise<void> {
  const expires = new Date(Date.now() + expiresInMs).toISOString().replace("T", " ");
  await sql(server, "UPDATE sync_settings SET lock_owner = {:owner}, lock_expires_at = {:expires}", { owner, expires });
}
