import type { ErpRow } from "../../erp/row";
import type { Erp } from "../../erp/server";
import { type Factory, hooksWith, type PocketBaseServer, startErp, startPocketBase, TARGET, waitFor } from "../harness";

/** Rows that the hooks below look at. */
export const MARK: Partial<ErpRow> = { WO_ASW_STATUS: "MARKED" };

/**
 * What somebody else's hooks on the target may do, by the variable TEST_TARGET: "stall" stays inside the transaction of
 * a marked row, "stall after" right behind its commit, "refuse" fails for it as a target does that is busy.
 */
const HOOKS = `
routerAdd("POST", "/test/sql", (e) => {
  const { sql } = e.requestInfo().body;
  return e.json(200, { rows: $app.nonconcurrentDB().newQuery(sql).execute().rowsAffected() });
}, $apis.requireSuperuserAuth());

onRecordCreate((e) => {
  e.next();
  if (e.record.getString("WO_ASW_STATUS") !== "MARKED") return;
  if ($os.getenv("TEST_TARGET") === "refuse") throw new Error("the target is busy");
  if ($os.getenv("TEST_TARGET") !== "stall") return;
  console.log("stalled before the commit");
  sleep(60000);
}, "${TARGET}");

onRecordAfterCreateSuccess((e) => {
  e.next();
  if (e.record.getString("WO_ASW_STATUS") !== "MARKED" || $os.getenv("TEST_TARGET") !== "stall after") return;
  console.log("stalled after the commit");
  sleep(60000);
}, "${TARGET}");
`;

/** So long a lease that a restart which waited for it would never end. */
const LEASE = { ERP_LEASE_SECONDS: "3600" };

/**
 * Starts an ERP and a PocketBase that has the hooks above beside ours. `does` is what they do; `options` replace those
 * of the stream.
 */
export async function startWithOthers(
  factory: Factory,
  options: object = {},
  does: "" | "stall" | "stall after" | "refuse" = "",
): Promise<{ erp: Erp; server: PocketBaseServer }> {
  const erp = await startErp({ factory });
  const env = { ...LEASE, TEST_TARGET: does };
  const server = await startPocketBase({ erpUrl: erp.url, env, hooksDir: hooksWith(HOOKS) });
  const settings = await server.settings();
  await server.updateSettings({
    schedule: "",
    options: { ...settings.options, push: { mode: "records" }, ...options },
  });
  return { erp, server };
}

/** Runs a statement, to leave a state that nothing else can leave; fails unless it changed that many rows. */
export async function sql(server: PocketBaseServer, statement: string, changes: number): Promise<void> {
  const { rows } = await server.pb.send("/test/sql", { method: "POST", body: { sql: statement } });
  if (rows !== changes) throw new Error(`${statement} changed ${rows} rows, expected ${changes}`);
}

/** Waits until a hook above holds the push for the `times`-th time since the server was first started. */
export async function untilStalled(server: PocketBaseServer, where: "before" | "after", times = 1): Promise<void> {
  const seen = () => server.log().split(`stalled ${where} the commit`).length - 1;
  await waitFor(() => seen() >= times, `the push to stall ${where} its commit`);
}
