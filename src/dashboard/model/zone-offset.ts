const DAY_MS = 86_400_000;

/** How many minutes the clocks of a zone are ahead of UTC at a time. Throws RangeError for a zone nobody knows. */
export function offsetOf(zone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(ms);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):?(\d\d)?/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The offsets that a zone has in the year from `ms` on, the one of now first, each with the day it begins. */
export function offsetsAhead(zone: string, ms: number): { minutes: number; from: number }[] {
  const found: { minutes: number; from: number }[] = [];
  for (let day = 0; day < 366; day++) {
    const minutes = offsetOf(zone, ms + day * DAY_MS);
    if (!found.some((each) => each.minutes === minutes)) found.push({ minutes, from: ms + day * DAY_MS });
  }
  return found;
}

/** `UTC+04:00` */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, "0");
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
