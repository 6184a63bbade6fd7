import { type CursorForm, cursorForm, HighestCursor } from "../sources/cursor";
import { fromDbTime } from "./clock";
import type { Reading } from "./context";
import type { Load } from "./load-state";
import type { EarlierSnapshot } from "./scope";

const HOUR_MS = 3_600_000;

export function isIncremental({ stream }: Pick<Reading, "stream">): boolean {
  return stream.options.source.incremental.param !== "";
}

/**
 * What to ask for what is new; "" when everything must be asked for: there is no usable cursor, the newest complete
 * snapshot answered another question, or options.source.incremental.full_every_hours are over.
 */
export function sinceValue(run: Reading, cursor: string, earlier: EarlierSnapshot | undefined, scope: string): string {
  if (!isIncremental(run) || earlier?.scope !== scope) return "";
  const { full_every_hours } = run.stream.options.source.incremental;
  const now = run.engine.clock();
  const age = now - earlier.startedAt;
  // A clock that was ahead then says nothing about how long ago it was.
  if (age < 0 || (full_every_hours > 0 && age >= full_every_hours * HOUR_MS)) return "";
  const form = formOf(run);
  const value = form.restore(cursor);
  return value === null || value > latest(run) ? "" : form.send(value);
}

/** Collects the next cursor while rows are read, also over the runs of a load; null for a stream without one. */
export function highestCursor(run: Reading, load: Load | null): HighestCursor | null {
  return isIncremental(run) ? new HighestCursor(formOf(run), latest(run), load?.seen ?? undefined) : null;
}

/** When a load began, in ms; null where the cursor is no time. */
export function startOfLoad({ stream }: Reading, began: string): number | null {
  return stream.options.source.incremental.format === "number" ? null : fromDbTime(began);
}

function formOf({ stream, engine }: Reading): CursorForm {
  return cursorForm(stream.options.source.incremental, stream.timezone, engine.zonedToUtc);
}

/** A row cannot have been changed after now. */
function latest({ stream, engine }: Reading): number {
  return stream.options.source.incremental.format === "number" ? Number.MAX_SAFE_INTEGER : engine.clock();
}
