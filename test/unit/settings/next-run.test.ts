import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRunAt } from "../../../src/settings/next-run";

const MINUTE_MS = 60_000;

const next = (expression: string, after: string) => {
  const at = nextRunAt(expression, Date.parse(after));
  return at === null ? null : new Date(at).toISOString().replace(":00.000Z", "Z");
};

describe("nextRunAt", () => {
  it.each([
    ["0 * * * *", "2025-12-08T09:39:14.893Z", "2025-12-08T10:00Z"],
    ["0 * * * *", "2025-12-08T10:00:00.000Z", "2025-12-08T11:00Z"],
    ["0 * * * *", "2025-12-08T09:59:59.999Z", "2025-12-08T10:00Z"],
    ["* * * * *", "2025-12-31T23:59:00.000Z", "2026-01-01T00:00Z"],
    ["*/15 * * * *", "2025-12-08T09:45:01.000Z", "2025-12-08T10:00Z"],
    ["5-20/10,50 * * * *", "2025-12-08T09:15:00.000Z", "2025-12-08T09:50Z"],
    ["30 2 * * *", "2025-12-08T02:30:00.000Z", "2025-12-09T02:30Z"],
    ["0 8-16/4 * * 1-5", "2025-12-05T16:00:00.000Z", "2025-12-08T08:00Z"],
    ["0 0 31 * *", "2025-11-01T00:00:00.000Z", "2025-12-31T00:00Z"],
    ["0 0 29 2 *", "2096-03-01T00:00:00.000Z", "2104-02-29T00:00Z"],
    // Day and weekday must both be right.
    ["0 0 13 * 5", "2025-12-01T00:00:00.000Z", "2026-02-13T00:00Z"],
    ["0 0 * * 0", "2025-12-08T00:00:00.000Z", "2025-12-14T00:00Z"],
    ["+5 007 * * *", "2025-12-08T00:00:00.000Z", "2025-12-08T07:05Z"],
    ["@hourly", "2025-12-08T09:39:00.000Z", "2025-12-08T10:00Z"],
    ["@daily", "2025-12-08T09:39:00.000Z", "2025-12-09T00:00Z"],
    ["@midnight", "2025-12-08T09:39:00.000Z", "2025-12-09T00:00Z"],
    ["@weekly", "2025-12-08T09:39:00.000Z", "2025-12-14T00:00Z"],
    ["@monthly", "2025-12-08T09:39:00.000Z", "2026-01-01T00:00Z"],
    ["@yearly", "2025-12-08T09:39:00.000Z", "2026-01-01T00:00Z"],
    ["@annually", "2026-01-01T00:00:00.000Z", "2027-01-01T00:00Z"],
  ])("of %s after %s is %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each(["0 0 30 2 *", "0 0 31 4,6,9,11 *"])("is never for %s, a day that no month has", (expression) => {
    expect(next(expression, "2025-12-08T00:00:00.000Z")).toBeNull();
  });

  it.each([
    "",
    "@often",
    "61 * * * *",
    "* * * *",
    "0 0 1 JAN *",
    "5/5 * * * *",
    "9-5 * * * *",
    "1,,2 * * * *",
    "-5 * * * *",
  ])("is never for %j, which PocketBase does not register", (expression) => {
    expect(next(expression, "2025-12-08T00:00:00.000Z")).toBeNull();
  });

  it("is the earliest of several lines, and never without any", () => {
    const after = Date.parse("2025-12-08T09:39:00.000Z");
    expect(nextRunAt("0 12 * * *\n# soon\n45 9 * * *\nbad\n0 10 * * *", after)).toBe(after + 6 * MINUTE_MS);
    expect(nextRunAt("", after)).toBeNull();
  });

  it("finds every 29 February on a Monday within four centuries, the rarest day there is", () => {
    const found: number[] = [];
    for (let at = nextRunAt("0 0 29 2 1", Date.UTC(2000, 0)); at !== null && at < Date.UTC(2400, 0); ) {
      found.push(new Date(at).getUTCFullYear());
      at = nextRunAt("0 0 29 2 1", at);
    }
    const expected: number[] = [];
    for (let year = 2000; year < 2400; year++) {
      const day = new Date(Date.UTC(year, 1, 29));
      if (day.getUTCMonth() === 1 && day.getUTCDay() === 1) expected.push(year);
    }
    expect(found).toEqual(expected);
  });
});

/** Says of a single minute whether an expression is due, the way PocketBase's scheduler does: field by field. */
function isDue(expression: string, ms: number): boolean {
  const at = new Date(ms);
  const now = [at.getUTCMinutes(), at.getUTCHours(), at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCDay()];
  const least = [0, 0, 1, 1, 0];
  return expression.split(" ").every((field, index) =>
    field.split(",").some((item) => {
      const value = now[index] ?? 0;
      const [span = "", step = "1"] = item.split("/");
      const bounds = span === "*" ? [least[index], 99] : span.split("-").map(Number);
      const from = bounds[0] ?? 0;
      return value >= from && value <= (bounds[1] ?? from) && (value - from) % Number(step) === 0;
    }),
  );
}

const item = (min: number, max: number) => {
  const number = fc.integer({ min, max });
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max });
  return fc.oneof(
    number.map(String),
    range,
    fc.constant("*"),
    fc.tuple(fc.oneof(range, fc.constant("*")), step).map((parts) => parts.join("/")),
  );
};
const field = (min: number, max: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant("*") },
    { weight: 3, arbitrary: fc.array(item(min, max), { minLength: 1, maxLength: 3 }).map((items) => items.join(",")) },
  );
const expressions = fc
  .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
  .map((fields) => fields.join(" "));
const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2110, 0) });
/** Two days of minutes are tried one by one. */
const TRIED = 2 * 24 * 60;

describe("nextRunAt, against trying every minute", () => {
  it("is due itself, and nothing before it is", () => {
    const property = fc.property(expressions, moments, (expression, after) => {
      const at = nextRunAt(expression, after);
      if (at !== null) {
        expect(at).toBeGreaterThan(after);
        expect(at % MINUTE_MS).toBe(0);
        expect(isDue(expression, at)).toBe(true);
      }
      const first = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
      const end = Math.min(at ?? Number.POSITIVE_INFINITY, first + TRIED * MINUTE_MS);
      for (let ms = first; ms < end; ms += MINUTE_MS) {
        if (isDue(expression, ms)) throw new Error(`${expression} is due at ${new Date(ms).toISOString()}`);
      }
    });
    fc.assert(property, { numRuns: 80 });
  });

  it("of several lines is the earliest of each of them", () => {
    const property = fc.property(fc.array(expressions, { maxLength: 4 }), moments, (lines, after) => {
      const each = lines.map((line) => nextRunAt(line, after)).filter((at) => at !== null);
      expect(nextRunAt(lines.join("\n"), after)).toBe(each.length === 0 ? null : Math.min(...each));
    });
    fc.assert(property, { numRuns: 100 });
  });
});
