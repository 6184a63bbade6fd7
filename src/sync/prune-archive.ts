import { type Archived, parseArchive, withoutPagesTo } from "../archive/paths";
import type { Stream } from "../settings/stream";
import { toDbTime } from "./clock";
import type { Engine } from "./engine";
import { coerceError, LeaseLost, Stopped } from "./errors";
import { updateRun } from "./runs";

const DAY_MS = 86_400_000;
/** Each round ends after so long; the next one goes on. */
const ROUND_MS = 60_000;
/** A file is deleted in a moment, or something is wrong. */
const SECONDS_A_FILE = 10;

/** `error`: why the round ended before all was deleted that is too old; "" when there is nothing to tell. */
export interface PrunedArchive {
  files: number;
  error: string;
}

/**
 * Deletes archived answers that are older than options.archive.days, the oldest first. Those of runs that hold deletes
 * stay until a person has decided. No lease is needed: only runs that are over are looked at, and deleting twice does no
 * harm. Throws what `checkpoint` throws.
 */
export function pruneArchive(engine: Engine, stream: Stream, checkpoint: () => void): PrunedArchive {
  const until = engine.clock() + ROUND_MS;
  const goOn = (): boolean => {
    checkpoint();
    return engine.clock() < until;
  };
  const pruned: PrunedArchive = { files: 0, error: "" };
  for (const { id, path } of oldArchives(engine, stream)) {
    if (!goOn()) return pruned;
    const archived = parseArchive(path);
    try {
      const removed = archived ? removeFiles(engine, { id, path, archived }, goOn) : 0;
      pruned.files += removed;
      if (!archived || removed === archived.keys.length) updateRun(engine.store, id, { archive_path: "" });
    } catch (error) {
      if (error instanceof Stopped || error instanceof LeaseLost) throw error;
      return { ...pruned, error: `${path} could not be deleted: ${coerceError(error)}` };
    }
  }
  return pruned;
}

interface OldArchive {
  id: string;
  path: string;
  archived: Archived;
}

/** From the first page to the last; the path says what is left, so that the next round goes on there. */
function removeFiles(engine: Engine, { id, path, archived }: OldArchive, goOn: () => boolean): number {
  const store = engine.archive(archived.place);
  const { keys } = archived;
  let removed = 0;
  try {
    for (; removed < keys.length && goOn(); removed++) {
      store.remove(keys[removed] as string, { seconds: SECONDS_A_FILE, watch: goOn });
    }
  } finally {
    if (removed > 0 && removed < keys.length) {
      updateRun(engine.store, id, { archive_path: withoutPagesTo(path, archived.first + removed - 1) });
    }
  }
  return removed;
}

function oldArchives(engine: Engine, { name, options }: Stream): Array<{ id: string; path: string }> {
  const { days } = options.archive;
  if (days === 0) return [];
  return engine.store.all(
    `SELECT id AS id, archive_path AS path FROM sync_runs
      WHERE stream = {:stream} AND archive_path <> '' AND status <> 'running' AND started_at < {:before}
        AND NOT EXISTS (SELECT 1 FROM erp_raw_data r WHERE r.stream = {:stream} AND r.held_by <> '' AND r.held_by = sync_runs.id)
      ORDER BY started_at LIMIT 500`,
    { stream: name, before: toDbTime(engine.clock() - days * DAY_MS) },
    { id: "", path: "" },
  );
}
