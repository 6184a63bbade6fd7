import { statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Factory, hooksWith, type PocketBaseServer, startErp, startPocketBase } from "./harness";

const DAY_MS = 86_400_000;
const RUNS = 60;
const KEPT_RUNS = 10;

/** Runs the stream and one round of the worker as if it were another time. */
const CLOCK_HOOK = `
routerAdd("POST", "/test/run-at", (e) => {
  const engine = require(\`\${__hooks}/erp_sync/engine.js\`);
  const shift = Number(e.request.url.query().get("now")) - Date.now();
  const live = engine.liveEngine();
  const shifted = { ...live, clock: () => live.clock() + shift };
  const result = engine.run(shifted, { stream: "aswan_bom", trigger: "schedule", by: "", force: false, allowEmpty: false });
  engine.tick(shifted, "aswan_bom");
  return e.json(200, result);
});`;

describe("retention", () => {
  let server: PocketBaseServer;
  const sizes: Record<string, number[]> = { runs: [], jobs: [], log: [], raw: [], bytes: [] };

  beforeAll(async () => {
    const factory = new Factory({ seed: 7, rows: 120 });
    const erp = await startErp({ factory });
    server = await startPocketBase({ erpUrl: erp.url, hooksDir: hooksWith(CLOCK_HOOK) });
    const { options } = await server.settings();
    await server.updateSettings({
      on_missing: "delete",
      options: {
        ...options,
        diff: { max_shrink_percent: 100 },
        retention: { max_runs: KEPT_RUNS, history_days: 5, tombstones_days: 5 },
      },
    });
    const start = Date.now();
    for (let run = 0; run < RUNS; run++) {
      factory.tick();
      if (run % 3 === 0) factory.removeRow(0);
      await server.pb.send(`/test/run-at?now=${start + run * DAY_MS}`, { method: "POST" });
      sizes.runs?.push((await server.rows("sync_runs")).length);
      sizes.jobs?.push((await server.rows("job_queue")).length);
      sizes.log?.push((await server.rows("push_log")).length);
      sizes.raw?.push((await server.rows("erp_raw_data")).length);
      sizes.bytes?.push(statSync(join(server.dataDir, "data.db")).size);
    }
    await server.expectTarget(factory.rows());
  });

  it("keeps as many runs as it was told, and the two newest that ingested", () => {
    expect(Math.max(...(sizes.runs ?? []).slice(KEPT_RUNS + 2))).toBeLessThanOrEqual(KEPT_RUNS + 2);
  });

  it.each(["jobs", "log", "raw"])("lets %s stop growing", (table) => {
    const counts = sizes[table] ?? [];
    const early = Math.max(...counts.slice(15, 35));
    const late = Math.max(...counts.slice(40));
    expect(late, `${table}: ${counts.join(" ")}`).toBeLessThanOrEqual(early * 1.5);
  });

  it("uses freed pages again", () => {
    const bytes = sizes.bytes ?? [];
    expect(bytes[RUNS - 1], bytes.join(" ")).toBeLessThanOrEqual((bytes[30] ?? 0) * 1.25);
  });
});
