import { describe, expect, it } from "vitest";
import { Factory, hooksWith, startErp } from "./harness";
import { expectSettled, runCron, SLOW_PUSH, setOptions, slowAnswer, startQuietly, untilQuiet } from "./in-flight";
import { hooksWithShortMinutes } from "./test-hooks";

const LIMIT = { run: { max_minutes: 1 } };

/** Runs the stream on a clock that jumps two minutes ahead as soon as the answer is being compared. */
const LATE_HOOK = `
routerAdd("POST", "/test/run-late", (e) => {
  const engine = require(\`\${__hooks}/erp_sync/engine.js\`);
  const live = engine.liveEngine();
  let ahead = 0;
  const late = Object.assign({}, live, {
    clock: () => live.clock() + ahead,
    progress: (stage) => { if (stage === "diff") ahead = 120000; },
  });
  const request = { stream: "aswan_bom", trigger: "manual", by: "", force: false, allowEmpty: false };
  return e.json(200, engine.run(late, request));
}, $apis.requireSuperuserAuth());`;

describe("options.run.max_minutes", () => {
  it("fails a run that is still fetching, and changes nothing", async () => {
    const erp = await startErp({ factory: new Factory({ rows: 60 }) });
    const server = await startQuietly(erp, { hooksDir: hooksWithShortMinutes(1000, 0) });
    await setOptions(server, LIMIT);
    slowAnswer(erp, 60_000);
    expect(await server.runSync()).toMatchObject({
      status: "failed",
      ingested_at: "",
      error:
        "the answer was not there after options.run.max_minutes (1), nothing was changed; raise it, or ask the ERP for less",
    });
    expect(await server.rows("erp_raw_data")).toEqual([]);
    await setOptions(server, {});
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await expectSettled(server, erp);
  });

  it("ends a run that is still pushing as partial, and the worker does the rest", async () => {
    const erp = await startErp({ factory: new Factory({ rows: 300 }) });
    const server = await startQuietly(erp, { hooksDir: hooksWithShortMinutes(2500, 15) });
    await setOptions(server, { ...LIMIT, ...SLOW_PUSH });
    const run = await server.runSync();
    const rows = erp.factory.rows().length;
    expect(run).toMatchObject({
      status: "partial",
      rows_new: rows,
      error: "pushing stopped after options.run.max_minutes (1); the worker goes on with what is queued",
    });
    expect(run.pushed_inserted).toBeGreaterThan(0);
    expect(run.pushed_inserted).toBeLessThan(rows);
    expect(await server.jobs('status = "queued" && retry_count = 0')).toHaveLength(rows - run.pushed_inserted);

    await runCron(server, "erp_worker");
    await untilQuiet(server);
    expect(await server.rows("push_log", 'run = ""')).toHaveLength(rows - run.pushed_inserted);
    await expectSettled(server, erp);
  });

  it("never stops a run between its diff and the end of its ingest", async () => {
    const erp = await startErp({ factory: new Factory({ rows: 1500 }) });
    const env = { ERP_LEASE_SECONDS: "600" };
    const server = await startQuietly(erp, { hooksDir: hooksWith(LATE_HOOK), env });
    await setOptions(server, LIMIT);
    const rows = erp.factory.rows().length;
    const { runId } = await server.pb.send("/test/run-late", { method: "POST" });
    const run = await server.pb.collection("sync_runs").getOne(runId);
    expect(run).toMatchObject({ status: "partial", rows_new: rows, error: expect.stringContaining("max_minutes (1)") });
    expect(await server.rows("erp_raw_data")).toHaveLength(rows);
    await runCron(server, "erp_worker");
    await untilQuiet(server);
    await expectSettled(server, erp);
  });
});
