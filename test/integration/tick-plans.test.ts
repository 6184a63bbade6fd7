import { beforeAll, expect, it } from "vitest";
import { consoleArguments } from "./console-process";
import {
  cleanEnvironment,
  Factory,
  hooksWith,
  type PocketBaseServer,
  REPOSITORY,
  startChild,
  startErp,
  startPocketBase,
} from "./harness";
import { findBinary } from "./harness/binary";

/** Answers the query plan of a statement. */
const PLAN_ROUTE = `routerAdd("POST", "/test/plan", (e) => {
  const steps = arrayOf(new DynamicModel({ detail: "" }));
  $app.nonconcurrentDB().newQuery("EXPLAIN QUERY PLAN " + e.requestInfo().body.sql).all(steps);
  return e.json(200, steps.map((step) => step.detail));
}, $apis.requireSuperuserAuth());`;

/** Tables that have a row, or more, for each row of the ERP. */
const LARGE = ["erp_raw_data", "job_queue", "push_log", "failed_records", "ASWNDUBAI_erpConsolidateData"];
/** Indexes that hold few rows of a stream only. */
const NARROW = ["idx_erp_raw_data_pending", "idx_erp_raw_data_held", "idx_job_queue_claimed", "idx_job_queue_waits"];

/** Whether a stream has ever pushed: it counts only while none of its first rows was pushed. */
const HAS_PUSHED = "pushed_hash <> '') OR (SELECT count(*)";

let erpUrl = "";
let server: PocketBaseServer;
beforeAll(async () => {
  erpUrl = (await startErp({ factory: new Factory({ seed: 41, rows: 60 }) })).url;
  server = await startPocketBase({ erpUrl, hooksDir: hooksWith(PLAN_ROUTE) });
  await server.runSync();
});

/** What a console command asks the database: with --dev PocketBase prints each statement, its values put in. */
async function statementsOf(command: string): Promise<string[]> {
  const args = consoleArguments(server, [command]).map((each) => (each === "--dev=false" ? "--dev=true" : each));
  const env = cleanEnvironment({ ERP_BASE_URL: erpUrl });
  const { code, stdout, stderr } = await startChild(await findBinary(), args, { cwd: REPOSITORY, env }).ended;
  expect(code, stderr).toBe(0);
  const printed = stdout.split(/^\[[\d.]+ms\] /m).slice(1);
  return printed.filter((sql) => /^(SELECT|UPDATE|INSERT|DELETE)/.test(sql.trim()));
}

const plan = (sql: string): Promise<string[]> => server.pb.send("/test/plan", { method: "POST", body: { sql } });

/** The large tables of a statement, by the names it gives them. */
function namesOf(sql: string): string[] {
  return LARGE.flatMap((table) =>
    Array.from(sql.matchAll(new RegExp(`\\b${table}"?(?: (?:AS )?([a-z])\\b)?`, "g")), ([, alias]) => alias ?? table),
  );
}

/** Steps that look at every row of a table or of the stream in it. */
function wholeReads(sql: string, steps: string[]): string[] {
  const names = namesOf(sql);
  return steps.filter((step) => {
    const [, how, name = "", index = "", by = ""] =
      /^(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+)(?: \((.*)\))?)?/.exec(step) ?? [];
    if (how === undefined || !names.includes(name) || NARROW.includes(index)) return false;
    return how === "SCAN" || by === "stream=?" || by === "stream=? AND missing_since<?";
  });
}

it.each(["has nothing to do", "has a row to push"])("a tick that %s reads no large table as a whole", async (what) => {
  if (what !== "has nothing to do") {
    const [row] = await server.rows("erp_raw_data");
    const payload_json = { ...row?.payload_json, BOM_QTY: 77 };
    await server.pb.collection("erp_raw_data").update(row?.id ?? "", { payload_json });
  }
  const statements = (await statementsOf("work")).filter(
    (sql) => namesOf(sql).length > 0 && !sql.replace(/\s+/g, " ").includes(HAS_PUSHED),
  );
  expect(statements.length).toBeGreaterThan(5);
  const found: Record<string, string[]> = {};
  for (const sql of statements) {
    const reads = wholeReads(sql, await plan(sql));
    if (reads.length > 0) found[sql] = reads;
  }
  expect(found).toEqual({});
});

it.each(["status", "health"])(
  "erp %s finds the newest run of a stream without sorting all of them",
  async (command) => {
    const statements = (await statementsOf(command)).filter((sql) =>
      /FROM sync_runs[\s\S]*ORDER BY rowid DESC/.test(sql),
    );
    expect(statements.length).toBeGreaterThan(1);
    for (const sql of statements) expect((await plan(sql)).join("; "), sql).not.toContain("TEMP B-TREE");
  },
);
