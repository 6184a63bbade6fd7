/** Wall clock to UTC, with one outcome for clock changes whatever the host's library does. */
import { utcOf } from "./calendar";
import type { ZonedToUtc } from "./model";

const DAY_MS = 86_400_000;
const REMEMBERED_DAYS = 5000;

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. Throws for an unknown zone. */
export type OffsetAt = (epochMs: number, zone: string) => number;

/**
 * Makes the mapping's port out of a zone's offsets:
 * - a wall clock time that comes twice (clocks go back) is the first of the two;
 * - a time that never was (clocks go forward) moves on by as much as was skipped: 02:30 becomes 03:30.
 * Offsets of days without a clock change are remembered, since a look-up costs about 10 microseconds in PocketBase.
 */
export function zonedToUtcFrom(offsetAt: OffsetAt): ZonedToUtc {
  const steadyDays = new Map<string, number>();

  function convert(wall: number, zone: string): number {
    const day = Math.floor(wall / DAY_MS);
    const key = `${zone} ${day}`;
    const steady = steadyDays.get(key);
    if (steady !== undefined) return wall - steady;
    // A wall clock is at most 15 hours away from UTC: a day on either side is before and after any change of this day.
    const before = offsetAt((day - 1) * DAY_MS, zone);
    const after = offsetAt((day + 2) * DAY_MS, zone);
    if (before === after) {
      if (steadyDays.size >= REMEMBERED_DAYS) steadyDays.clear();
      steadyDays.set(key, before);
      return wall - before;
    }
    const late = wall - after;
    const isOnlyAfterChange = offsetAt(wall - before, zone) !== before && offsetAt(late, zone) === after;
    return isOnlyAfterChange ? late : wall - before;
  }

  return (year, month, day, hour, minute, second, millisecond, zone) =>
    convert(utcOf({ year, month, day, hour, minute, second, millisecond }), zone);
}
