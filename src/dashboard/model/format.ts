const NUMBER = new Intl.NumberFormat("en-US");
const UNITS = ["B", "KB", "MB", "GB", "TB"];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `1,234,567` */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** `1 row`, `1,210 rows`; for words that only take an s. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `873 B`, `1.4 MB`: powers of 1000, as network speeds are told. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `340 ms`, `4.2 s`, `2 min 05 s`, `1 h 12 min` */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE - 50) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** A time as PocketBase stores it, or with a T; NaN for a blank one. In ms. */
export function timeOf(text: string | null | undefined): number {
  return text ? Date.parse(text.replace(" ", "T")) : Number.NaN;
}

/** `just now`, `5 min ago`, `in 2 h`, `3 days ago` */
export function formatRelative(ms: number, now: number): string {
  const distance = Math.abs(ms - now);
  if (distance < 10 * SECOND) return "just now";
  const text = howLong(distance);
  return ms < now ? `${text} ago` : `in ${text}`;
}

function howLong(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.round(ms / HOUR)} h`;
  return counted(Math.round(ms / DAY), "day");
}

/** `14:05` today, `21 Nov, 14:05` this year, `21 Nov 2025, 14:05` otherwise; with seconds where they matter. */
export function formatTime(ms: number, now: number, options: { zone?: string; seconds?: boolean } = {}): string {
  const day = formatDay(ms, options.zone);
  const clock = clockText(ms, options);
  if (day === formatDay(now, options.zone)) return clock;
  const year = yearOf(ms, options.zone) === yearOf(now, options.zone) ? "" : ` ${yearOf(ms, options.zone)}`;
  return `${day.replace(/ \d+$/, "")}${year}, ${clock}`;
}

function clockText(ms: number, { zone, seconds }: { zone?: string; seconds?: boolean }): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    timeZone: zone,
  }).format(ms);
}

function formatDay(ms: number, zone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: zone }).format(
    ms,
  );
}

function yearOf(ms: number, zone?: string): string {
  return formatDay(ms, zone).split(" ").pop() ?? "";
}

/** `2026-11-22 14:05:09 UTC`, for the one who compares with a log. */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A sentence of the server with its times in the reader's zone: `2026-11-22 14:05:09 UTC` becomes `18:05`. */
export function inLocalTime(sentence: string, now: number, zone?: string): string {
  return sentence.replace(/(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?) UTC/g, (_, time: string) =>
    formatTime(Date.parse(`${time.replace(" ", "T")}Z`), now, zone === undefined ? {} : { zone }),
  );
}
