import { addDuration, noDurations } from "../operate/run-durations";
import type { RunDurations } from "../sync/ports";

/** The store is shared by all runtimes of this process, holds texts, and is empty when the process begins. */
const KEY = "erp_durations:";

export function durationsOf(stream: string): RunDurations {
  return read($app.store().get(KEY + stream));
}

/** Counts a run that has ended, in seconds. */
export function countDuration(stream: string, seconds: number): void {
  $app.store().setFunc(KEY + stream, (old: unknown) => JSON.stringify(addDuration(read(old), seconds)));
}

function read(text: unknown): RunDurations {
  return typeof text === "string" ? (JSON.parse(text) as RunDurations) : noDurations();
}
