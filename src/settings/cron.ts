import { type CronPart, cronParts, inFields } from "./schedule";

/** The values at which each field is due, ascending. */
export interface Cron {
  minutes: number[];
  hours: number[];
  days: number[];
  months: number[];
  weekdays: number[];
}

/** A cron expression, as PocketBase reads it; null when it is none. Day and weekday must both be right, unlike in Unix cron. */
export function readCron(expression: string): Cron | null {
  const fields = inFields(expression).split(" ");
  if (fields.length !== cronParts.length) return null;
  const [minutes, hours, days, months, weekdays] = cronParts.map((part, at) => valuesOf(fields[at] ?? "", part));
  return minutes && hours && days && months && weekdays ? { minutes, hours, days, months, weekdays } : null;
}

/** The values of one field, ascending; null when it is not valid. */
function valuesOf(field: string, part: CronPart): number[] | null {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const range = rangeOf(item, part);
    if (!range) return null;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return Array.from(values).sort((a, b) => a - b);
}

function rangeOf(item: string, { min, max }: CronPart): { from: number; to: number; step: number } | null {
  const [span = "", stepText, ...more] = item.split("/");
  const step = stepText === undefined ? 1 : numberWithin(stepText, 1, max);
  if (step === null || more.length > 0) return null;
  if (span === "*") return { from: min, to: max, step };
  const bounds = span.split("-");
  if (bounds.length > 2 || (bounds.length === 1 && step !== 1)) return null;
  const from = numberWithin(bounds[0] ?? "", min, max);
  const to = bounds.length === 1 ? from : numberWithin(bounds[1] ?? "", min, max);
  return from === null || to === null || from > to ? null : { from, to, step };
}

/** PocketBase takes what Go reads as a number: digits, also behind a plus. */
function numberWithin(text: string, min: number, max: number): number | null {
  if (!/^\+?\d+$/.test(text)) return null;
  const number = Number(text);
  return number >= min && number <= max ? number : null;
}
