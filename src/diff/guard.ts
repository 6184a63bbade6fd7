/** At least so many rows must go before a person is asked, however small the stream (design, "Guard"). */
const WORTH_A_LOOK = 10;

/**
 * Whether so many rows would be deleted at once that a person should look first. More may go than were known: rows that
 * left earlier were kept, and are superseded when their group comes back. That is all of the known, never more than 100 %.
 * @param going rows whose target record would be deleted
 * @param known rows the stream knew before this snapshot
 * @param maxShrinkPercent options.diff.max_shrink_percent
 */
export function shrinksTooMuch(going: number, known: number, maxShrinkPercent: number): boolean {
  return going >= WORTH_A_LOOK && going * 100 > Math.max(going, known) * maxShrinkPercent;
}
