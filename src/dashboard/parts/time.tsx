import { now } from "../live";
import { formatRelative, formatTime, formatUtc, timeOf } from "../model/format";

/** A time in the reader's zone, and how long ago that is; the UTC time as a tooltip, for comparing with a log. */
export function Time({
  at,
  blank = "never",
  seconds = false,
}: {
  at: string | null | undefined;
  blank?: string;
  seconds?: boolean;
}) {
  const ms = timeOf(at);
  if (Number.isNaN(ms)) return <span class="muted">{blank}</span>;
  const utc = formatUtc(ms);
  return (
    <time class="time" dateTime={new Date(ms).toISOString()} title={utc}>
      <span class="clock">{formatTime(ms, now.value, { seconds })}</span>{" "}
      <span class="ago">{formatRelative(ms, now.value)}</span>
    </time>
  );
}
