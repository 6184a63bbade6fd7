/** At least this many rows may always go, however small the stream (design, "Guard"). */
const ALWAYS_ALLOWED = 10;

/**
 * Whether so many rows would be deleted at once that a person should look first.
 * @param going rows whose target record would be deleted
 * @param known rows the stream knew before this snapshot
 * @param maxShrinkPercent options.diff.max_shrink_percent
 */
export function shrinksTooMuch(going: number, known: number, maxShrinkPercent: number): boolean {
  return going > Math.max(ALWAYS_ALLOWED, (known * maxShrinkPercent) / 100);
}
