import { readingCheckpoint } from "../mirror/reading";
import type { Engine } from "../sync/engine";
import { prune } from "../sync/prune";
import { pruneArchive } from "../sync/prune-archive";
import { readSettings } from "../sync/settings";
import { underLease } from "../sync/under-lease";
import type { ActionInput, ActionResult } from "./action";
import { busy } from "./busy";

/** Deletes now what the retention of a stream no longer keeps; the worker does the same bit by bit. */
export function pruneAction(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const done = underLease(engine, stream, true, prune);
  if (!done) return busy(stream.name);
  const archive = pruneArchive(engine, stream, readingCheckpoint(engine, 0, ""));
  const deleted = { ...done.result, archive_files: archive.files };
  const told = Object.entries(done.result).map(([table, count]) => `${count} from ${table}`);
  const line = `${stream.name}: deleted ${told.join(", ")}, ${archive.files} archived files`;
  if (archive.error === "") return { ok: true, data: { stream: stream.name, deleted }, lines: [line] };
  return { ok: false, data: { stream: stream.name, deleted, error: archive.error }, lines: [line, archive.error] };
}
