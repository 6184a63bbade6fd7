import type { Stream } from "../settings/stream";
import type { RunContext } from "./context";
import type { Engine } from "./engine";
import { Stopped } from "./errors";
import type { Log } from "./ports";
import { type Told, toldOf } from "./told";

const LEVELS = ["info", "warn", "error"] as const;
/** So many bad rows stand in one entry. */
const SHOWN_ROWS = 20;

/** The log of a stream: entries below options.log.level are left out. */
export function streamLog({ engine, stream }: { engine: Engine; stream: Stream }): Log {
  const least = LEVELS.indexOf(stream.options.log.level);
  const write =
    (level: (typeof LEVELS)[number]): Log["info"] =>
    (message, fields) => {
      if (LEVELS.indexOf(level) >= least) engine.log[level](message, fields);
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/** The sentence for the log: without the ERP's own words unless options.log.payloads allows row values there. */
export function logged({ stream }: { stream: Stream }, { full, plain }: Told): string {
  return stream.options.log.payloads ? full : plain;
}

/**
 * One stage of a run, with one entry in the log: how long it took and what `counts` says of its result, or why it ended.
 */
export function stage<T>(run: RunContext, name: string, work: () => T, counts: (result: T) => object): T {
  const began = run.engine.clock();
  const entry = () => ({ stream: run.stream.name, run: run.runId, stage: name, ms: run.engine.clock() - began });
  try {
    const result = work();
    streamLog(run).info(`stage ${name}`, { ...entry(), ...counts(result) });
    return result;
  } catch (error) {
    const level = error instanceof Stopped ? "info" : "error";
    streamLog(run)[level](`stage ${name} ended early`, { ...entry(), error: logged(run, toldOf(error)) });
    throw error;
  }
}

/** Rows that this run put into quarantine with their values, where options.log.payloads allows them in the log. */
export function rejectedRows(run: RunContext): object {
  if (!run.stream.options.log.payloads) return {};
  const rows = run.engine.store.all(
    `SELECT erp_id AS erp_id, field AS field, value AS value, error_message AS error FROM failed_records
      WHERE stream = {:stream} AND run = {:run} AND resolved_at = '' AND stage <> 'push' LIMIT {:limit}`,
    { stream: run.stream.name, run: run.runId, limit: SHOWN_ROWS },
    { erp_id: "", field: "", value: "", error: "" },
  );
  return { rejected: rows.map((row) => ({ ...row })) };
}

/** Rows that the target did not take from this run, where options.log.payloads allows them in the log. */
export function refusedRows(run: RunContext): object {
  if (!run.stream.options.log.payloads) return {};
  const rows = run.engine.store.all(
    `SELECT erp_id AS erp_id, response_body AS error FROM push_log
      WHERE run = {:run} AND response_code >= 400 LIMIT {:limit}`,
    { run: run.runId, limit: SHOWN_ROWS },
    { erp_id: "", error: "" },
  );
  return { refused: rows.map((row) => ({ ...row })) };
}
