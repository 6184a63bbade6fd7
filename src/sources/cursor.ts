import { FIRST_INSTANT, LAST_INSTANT } from "../mapping/calendar";
import { dateReader } from "../mapping/dates";
import type { ZonedToUtc } from "../mapping/model";
import type { Options } from "../settings/options";

type Incremental = Options["source"]["incremental"];

/** How a stream's cursor is read from rows, stored, and sent. It is a moment in ms, or a number with format "number". */
export interface CursorForm {
  /** The value of a row; null for one that is missing or unreadable. */
  read(row: Record<string, unknown>): number | null;
  store(value: number): string;
  /** null when the stored text is none of ours. */
  restore(text: string): number | null;
  /** What the ERP is asked with: the value, less the lookback. */
  send(value: number): string;
}

const MINUTE_MS = 60_000;

export function cursorForm(incremental: Incremental, timezone: string, zonedToUtc: ZonedToUtc): CursorForm {
  const { cursor_field, format, lookback_minutes } = incremental;
  if (format === "number") return numberForm(cursor_field);
  const dates = dateReader({ timezone, zonedToUtc });
  const parse = (text: string): number | null => {
    const date = dates(text);
    return typeof date === "string" && date !== "" ? Date.parse(date.replace(" ", "T")) : null;
  };
  return {
    read: (row) => {
      const value = row[cursor_field];
      if (typeof value === "number") return epochOf(value, format);
      if (typeof value !== "string") return null;
      return WHOLE_NUMBER.test(value) ? epochOf(Number(value), format) : parse(value);
    },
    store: (value) => new Date(value).toISOString().replace("T", " "),
    restore: (text) => (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? parse(text) : null),
    send: (value) => sent(value - lookback_minutes * MINUTE_MS, format, timezone, zonedToUtc),
  };
}

const WHOLE_NUMBER = /^\s*-?\d+\s*$/;

/** In ms; null where the format says that numbers are no times, and outside the years 1 to 9999. */
function epochOf(value: number, format: Incremental["format"]): number | null {
  if (format !== "epoch_ms" && format !== "epoch_s") return null;
  const ms = format === "epoch_s" ? value * 1000 : value;
  return ms >= FIRST_INSTANT && ms <= LAST_INSTANT ? ms : null;
}

function numberForm(field: string): CursorForm {
  const read = (value: unknown): number | null => {
    const number = typeof value === "string" && WHOLE_NUMBER.test(value) ? Number(value) : value;
    return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
  };
  return { read: (row) => read(row[field]), store: String, restore: read, send: String };
}

function sent(ms: number, format: Incremental["format"], timezone: string, zonedToUtc: ZonedToUtc): string {
  if (format === "epoch_ms") return String(ms);
  if (format === "epoch_s") return String(Math.floor(ms / 1000));
  if (format === "iso") return new Date(ms).toISOString();
  const wall = new Date(wallClock(ms, timezone, zonedToUtc)).toISOString();
  return format === "date" ? wall.slice(0, 10) : wall.slice(0, 19);
}

/** The wall clock of a zone as if it were UTC; never later than the moment, also where a clock is set back. */
function wallClock(ms: number, timezone: string, zonedToUtc: ZonedToUtc): number {
  const utcOf = (wall: number): number => {
    const date = new Date(wall);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    return zonedToUtc(year, month, day, hour, minute, second, date.getUTCMilliseconds(), timezone || "UTC");
  };
  let wall = ms + (ms - utcOf(ms));
  for (let tries = 0; tries < 3 && utcOf(wall) !== ms; tries++) wall += ms - utcOf(wall);
  while (utcOf(wall) > ms) wall -= 15 * MINUTE_MS;
  return wall;
}

/** What the runs of one load have seen of the cursor field so far, as stored. */
export interface SeenValues {
  highest: string;
  /** The highest one when the first page was read. */
  first: string;
  /** No value was lower than one before it: the ERP sends what was changed last at the end. */
  ascending: boolean;
}

/**
 * The highest value among rows. One that is missing, unreadable or lies after `notAfter` (ms; not for numbers) is passed
 * over: such a value would keep later changes from ever being asked for.
 */
export class HighestCursor {
  private highest: number | null = null;
  private first: number | null = null;
  private ascending = true;

  /** `seen`: by earlier runs of the same load. */
  constructor(
    private readonly form: CursorForm,
    private readonly notAfter: number,
    seen?: SeenValues,
  ) {
    if (!seen) return;
    this.highest = form.restore(seen.highest);
    this.first = form.restore(seen.first);
    this.ascending = seen.ascending;
  }

  see(row: Record<string, unknown>): void {
    const value = this.form.read(row);
    if (value === null || value > this.notAfter) return;
    if (this.highest === null || value > this.highest) this.highest = value;
    else if (value < this.highest) this.ascending = false;
  }

  /** The first page ends here. */
  endFirstPage(): void {
    this.first = this.highest;
  }

  seen(): SeenValues {
    const stored = (value: number | null) => (value === null ? "" : this.form.store(value));
    return { highest: stored(this.highest), first: stored(this.first), ascending: this.ascending };
  }

  /**
   * What to store after several answers, between which rows may have been changed after they were read: not more than
   * the ERP surely had when the first one was asked for.
   * @param beganAt in ms; null where the cursor is no time
   */
  afterLoad(before: string, beganAt: number | null): string {
    const atStart = beganAt ?? this.first;
    if (!this.ascending && this.highest !== null && atStart !== null) this.highest = Math.min(this.highest, atStart);
    return this.after(before);
  }

  /** What to store after a run that began with `before`: a cursor never goes back, unless it is unusable. */
  after(before: string): string {
    const stored = this.form.restore(before);
    const earlier = stored !== null && stored <= this.notAfter ? stored : null;
    if (this.highest === null) return earlier === null ? "" : before;
    return earlier !== null && earlier >= this.highest ? before : this.form.store(this.highest);
  }
}
