import type { Stream } from "../settings/stream";
import { NOW } from "../settings/target";

/**
 * What a left row's target record gets: options.mark.fields, with `@now` as the time at which the row was found missing.
 * That time is the row's own, so a push that is tried again, or a verify a year later, writes no other (004).
 * @param missingSince as stored, see toDbTime
 */
export function markValues(
  { options }: Stream,
  missingSince: string,
): Record<string, string | number | boolean | null> {
  const entries = Object.entries(options.mark.fields);
  return Object.fromEntries(entries.map(([name, value]) => [name, value === NOW ? missingSince : value]));
}
