import type { ZonedToUtc } from "../mapping/model";
import { type OffsetAt, zonedToUtcFrom } from "../mapping/zones";

/** Wall clock times of a zone as UTC, by Go's time zone database. It remembers offsets: make one for a run. */
export function makeZonedToUtc(): ZonedToUtc {
  return zonedToUtcFrom(offsetAt);
}

/** How far a zone's clock is ahead of UTC, by Go's time zone database. */
export const offsetAt: OffsetAt = (ms, zone) => {
  const [, seconds] = new DateTime(new Date(ms).toISOString()).time().in(new Timezone(zone)).zone();
  return seconds * 1000;
};

/** "" when the zone exists, else what is wrong. PocketBase takes an unknown name for UTC. */
export function timezoneError(zone: string): string {
  try {
    return new Timezone(zone).string() === zone ? "" : "this machine does not know it";
  } catch (error) {
    return String(error);
  }
}
