import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../setup/machine.mjs";
import { onFreshServer } from "./measure.mjs";

const JOBS = 50_000;
/** What a large queue holds after some weeks. */
const FINISHED = 500_000;

/** @typedef {{ jobs: number, finished: number, ms: number, jobs_s: number, cpu_ms: number }} QueueSample */

/**
 * The bench's own hooks, with the queue's statements in them.
 * @param {string} folder
 * @returns {Promise<string>} where they are
 */
export async function makeBenchHooks(folder) {
  const hooks = join(folder, "bench_hooks");
  cpSync(join(ROOT, "scripts/bench/hooks"), hooks, { recursive: true });
  const result = await build({
    ...{ format: "cjs", target: "es2020", platform: "neutral", bundle: true, write: false },
    entryPoints: [join(ROOT, "scripts/bench/queue/hook.ts")],
  });
  writeFileSync(join(hooks, "queue.js"), result.outputFiles[0]?.text ?? "");
  return hooks;
}

/**
 * What a job costs apart from its push.
 * @param {import("./measure.mjs").Bench} bench
 * @returns {Promise<QueueSample>}
 */
export async function measureQueue(bench) {
  return onFreshServer(bench, { dataDir: bench.template, hooksDir: bench.benchHooksDir }, async (server) => {
    const before = server.cpuMs();
    const { ms, done } = await server.pb.send("/bench/queue", { query: { jobs: JOBS, finished: FINISHED } });
    if (done !== JOBS) throw new Error(`${done} of ${JOBS} jobs were finished`);
    return { jobs: JOBS, finished: FINISHED, ms, jobs_s: (JOBS / ms) * 1000, cpu_ms: server.cpuMs() - before };
  });
}
