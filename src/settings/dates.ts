/** True for "YYYY-MM-DD" of a day that exists. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 36_500;

/** True for "-30d": a day that moves on, so many days (1 to 36500) before today. */
export function isRelativeDate(text: string): boolean {
  const days = Number(/^-([1-9]\d{0,4})d$/.exec(text)?.[1] ?? 0);
  return days > 0 && days <= MOST_DAYS;
}

/** The day that a from_date means now, YYYY-MM-DD; "-30d" counts from today in UTC, any other text stays as it is. */
export function resolveFromDate(text: string, nowMs: number): string {
  return isRelativeDate(text) ? daysBefore(nowMs, Number(text.slice(1, -1))) : text;
}

/** The day so many days before today in UTC, YYYY-MM-DD. */
export function daysBefore(nowMs: number, days: number): string {
  return new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);
}
