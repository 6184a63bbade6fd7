import type { RunDurations } from "../sync/ports";

/** Upper bounds of the buckets, in seconds. */
export const DURATION_BOUNDS = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

export function noDurations(): RunDurations {
  return { within: [...DURATION_BOUNDS.map(() => 0), 0], seconds: 0 };
}

/** The same with one more run. */
export function addDuration({ within, seconds }: RunDurations, ran: number): RunDurations {
  const more = within.map((runs, at) => (ran <= (DURATION_BOUNDS[at] ?? Number.POSITIVE_INFINITY) ? runs + 1 : runs));
  return { within: more, seconds: seconds + ran };
}
