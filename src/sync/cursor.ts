import { type CursorForm, cursorForm, HighestCursor } from "../sources/cursor";
import type { Reading } from "./context";
import type { EarlierSnapshot } from "./scope";

const HOUR_MS = 3_600_000;

export function isIncremental({ stream }: Pick<Reading, "stream">): boolean {
  return stream.options.source.incremental.param !== "";
}

/** The cursor of the newest run that ingested; "" when the stream has none. */
export function newestCursor(run: Reading): string {
  if (!isIncremental(run)) return "";
  const row = run.engine.store.one(
    `SELECT COALESCE(cursor, '') AS cursor FROM sync_runs
      WHERE stream = {:stream} AND ingested_at <> '' ORDER BY started_at DESC LIMIT 1`,
    { stream: run.stream.name },
    { cursor: "" },
  );
  return row?.cursor ?? "";
}

/**
 * What to ask for what is new; "" when everything must be asked for: there is no usable cursor, the newest complete
 * snapshot answered another question, or options.source.incremental.full_every_hours are over.
 */
export function sinceValue(run: Reading, cursor: string, earlier: EarlierSnapshot | undefined, scope: string): string {
  if (!isIncremental(run) || earlier?.scope !== scope) return "";
  const { full_every_hours } = run.stream.options.source.incremental;
  const now = run.engine.clock();
  if (full_every_hours > 0 && now - earlier.startedAt >= full_every_hours * HOUR_MS) return "";
  const form = formOf(run);
  const value = form.restore(cursor);
  return value === null || value > latest(run) ? "" : form.send(value);
}

/** Collects the next cursor while rows are read; null for a stream without one. */
export function highestCursor(run: Reading): HighestCursor | null {
  return isIncremental(run) ? new HighestCursor(formOf(run), latest(run)) : null;
}

function formOf({ stream, engine }: Reading): CursorForm {
  return cursorForm(stream.options.source.incremental, stream.timezone, engine.zonedToUtc);
}

/** A row cannot have been changed after now. */
function latest({ stream, engine }: Reading): number {
  return stream.options.source.incremental.format === "number" ? Number.MAX_SAFE_INTEGER : engine.clock();
}
