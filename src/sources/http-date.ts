const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const forms: ReadonlyArray<{ form: RegExp; order: "dmy" | "mdy" }> = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  { form: /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) gmt$/i, order: "dmy" },
  // Sunday, 06-Nov-94 08:49:37 GMT
  { form: /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}:\d{2}:\d{2}) gmt$/i, order: "dmy" },
  // Sun Nov  6 08:49:37 1994
  { form: /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/i, order: "mdy" },
];

/**
 * Milliseconds since 1970 of a date in one of HTTP's three forms, all of them UTC; null for anything else. Read by hand:
 * `new Date(text)` takes the third form for local time. `now` (ms) places years of two digits, at most 50 years ahead.
 */
export function parseHttpDate(text: string, now: number): number | null {
  for (const { form, order } of forms) {
    const match = form.exec(text.trim());
    if (!match) continue;
    const [, a = "", b = "", c = "", d = ""] = match;
    return order === "dmy" ? toUtc(fullYear(c, now), b, a, d) : toUtc(Number(d), a, b, c);
  }
  return null;
}

function toUtc(year: number, monthName: string, dayText: string, time: string): number | null {
  const month = months.indexOf(monthName.toLowerCase());
  const day = Number(dayText);
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  if (month < 0 || year < 1970 || hour > 23 || minute > 59 || second > 60) return null;
  const midnight = Date.UTC(year, month, day);
  if (new Date(midnight).getUTCDate() !== day) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000;
}

function fullYear(text: string, now: number): number {
  if (text.length === 4) return Number(text);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(text);
  return year > thisYear + 50 ? year - 100 : year;
}
