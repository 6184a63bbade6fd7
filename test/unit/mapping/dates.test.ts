import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateFormat, dateReader } from "../../../src/mapping/dates";
import { Refused } from "../../../src/mapping/problems";
import { zonedToUtc } from "./intl-zones";

function read(text: string, formats?: string[], timezone = ""): string {
  const date = dateReader({ formats, timezone, zonedToUtc })(text);
  return date instanceof Refused ? date.type : date;
}

describe("dates without formats", () => {
  it.each([
    ["2025-12-08T09:39:14.893", "2025-12-08 09:39:14.893Z"],
    ["2025-07-11T00:00:00", "2025-07-11 00:00:00.000Z"],
    ["2025-12-08", "2025-12-08 00:00:00.000Z"],
    ["2025-12-08 09:39", "2025-12-08 09:39:00.000Z"],
    ["2025-12-08 09:39:14", "2025-12-08 09:39:14.000Z"],
    ["2025-12-08 09:39:14.8", "2025-12-08 09:39:14.800Z"],
    ["2025-12-08T09:39:14.8939999", "2025-12-08 09:39:14.893Z"],
    ["2025-12-08T09:39:14,893", "2025-12-08 09:39:14.893Z"],
    ["2025-12-08 09:39:14.893Z", "2025-12-08 09:39:14.893Z"],
    ["2025-12-08t09:39:14z", "2025-12-08 09:39:14.000Z"],
    ["2025-12-08T09:39:14+04:00", "2025-12-08 05:39:14.000Z"],
    ["2025-12-08T09:39:14+0400", "2025-12-08 05:39:14.000Z"],
    ["2025-12-08T09:39:14 +04", "2025-12-08 05:39:14.000Z"],
    ["2025-12-08T22:39-05:30", "2025-12-09 04:09:00.000Z"],
    ["2025-01-01T00:00:00+14:00", "2024-12-31 10:00:00.000Z"],
    ["2025-12-08T22:39+05:59", "2025-12-08 16:40:00.000Z"],
    ["  2025-12-08  ", "2025-12-08 00:00:00.000Z"],
    ["2025-12-08   09:39", "2025-12-08 09:39:00.000Z"],
    ["0001-02-01", "0001-02-01 00:00:00.000Z"],
    ["2024-02-29", "2024-02-29 00:00:00.000Z"],
    ["2024-02-29T10:00:00", "2024-02-29 10:00:00.000Z"],
    ["2025-12-31T23:59:59.999", "2025-12-31 23:59:59.999Z"],
    ["9999-12-31T23:59:59", "9999-12-31 23:59:59.000Z"],
    ["0001-01-02", "0001-01-02 00:00:00.000Z"],
    ["/Date(1733650754893)/", "2024-12-08 09:39:14.893Z"],
    ["/Date(1733650754893+0400)/", "2024-12-08 09:39:14.893Z"],
    ["/Date(1733650754893-0500)/", "2024-12-08 09:39:14.893Z"],
    ["/Date(253402300799999)/", "9999-12-31 23:59:59.999Z"],
    ["/Date(-1)/", "1969-12-31 23:59:59.999Z"],
    ["/Date(0)/", "1970-01-01 00:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    "0001-01-01",
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00+04:00",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "/Date(-62135596800000)/",
  ])("reads %s as no date", (text) => {
    expect(read(text)).toBe("");
  });

  it.each([
    ["2025-02-30", "impossible_date"],
    ["2025-02-29", "impossible_date"],
    ["2025-02-29T10:00:00", "impossible_date"],
    ["2025-04-31T10:00:00", "impossible_date"],
    ["2025-13-01", "impossible_date"],
    ["2025-00-10", "impossible_date"],
    ["2025-12-00T10:00:00", "impossible_date"],
    ["0000-01-01", "impossible_date"],
    ["0000-00-05", "impossible_date"],
    ["0000-03-00", "impossible_date"],
    ["2025-00-00", "impossible_date"],
    ["2025-12-08T24:00:00", "impossible_date"],
    ["2025-12-08T23:60:00", "impossible_date"],
    ["2025-12-08T23:59:60", "impossible_date"],
    ["2025-12-08T10:00:00+14:01", "impossible_date"],
    ["2025-12-08T10:00:00+04:60", "impossible_date"],
    ["9999-12-31T23:59:59-01:00", "date_out_of_range"],
    ["/Date(253402300800000)/", "date_out_of_range"],
    ["/Date(-62135596800001)/", "date_out_of_range"],
    ["", "not_a_date"],
    ["tomorrow", "not_a_date"],
    ["2025", "not_a_date"],
    ["2025-12", "not_a_date"],
    ["2025-1-2", "not_a_date"],
    ["20251208", "not_a_date"],
    ["08.12.2025", "not_a_date"],
    ["12/08/2025", "not_a_date"],
    ["2025-12-08T", "not_a_date"],
    ["2025-12-08T09", "not_a_date"],
    ["2025-12-08Z", "not_a_date"],
    ["2025-12-08T09:39:14.", "not_a_date"],
    ["2025-12-08T09:39:14 UTC", "not_a_date"],
    ["2025-12-08T09:39:14.893 and more", "not_a_date"],
    ["25-12-08", "not_a_date"],
    ["+12025-12-08", "not_a_date"],
    ["/Date(12.5)/", "not_a_date"],
    ["/Date(abc)/", "not_a_date"],
    ["on /Date(0)/", "not_a_date"],
    ["/Date(0)/ or so", "not_a_date"],
    ["2025-12-08    09:39", "not_a_date"],
    [`2025-12-08${" ".repeat(60)}10:00`, "not_a_date"],
  ])("refuses %j: %s", (text, type) => {
    expect(read(text)).toBe(type);
  });

  it("does not depend on the zone of the process", () => {
    const before = process.env.TZ;
    process.env.TZ = "America/New_York";
    try {
      expect(new Date(2025, 0, 1).getTimezoneOffset()).toBe(300);
      expect(read("2025-12-08T09:39:14.893")).toBe("2025-12-08 09:39:14.893Z");
      expect(read("2025-12-08T09:39:14.893", undefined, "Asia/Dubai")).toBe("2025-12-08 05:39:14.893Z");
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it("reads what it wrote as the same date", () => {
    const times = fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    const dateTexts = times.map((time) => time.toISOString());
    fc.assert(
      fc.property(dateTexts, fc.constantFrom("", "Asia/Dubai"), (text, zone) => {
        const once = read(text, undefined, zone);
        expect(once).toBe(text.replace("T", " "));
        expect(read(once, undefined, zone)).toBe(once);
      }),
    );
  });

  it("reads every day and time as JavaScript's own UTC dates do, also without a zone", () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.tuple(fc.integer({ min: 1000, max: 9999 }), part(13), part(32), part(25), part(61)), (parts) => {
        const [year, month, day, hour, minute] = parts.map((value) => String(value).padStart(2, "0"));
        const text = `${year}-${month}-${day}T${hour}:${minute}:30`;
        const time = new Date(`${text}Z`);
        const real = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
        expect(read(text)).toBe(real ? time.toISOString().replace("T", " ") : "impossible_date");
      }),
    );
  });
});

describe("dates in a timezone", () => {
  it.each([
    ["Asia/Dubai", "2025-12-08T09:39:14.893", "2025-12-08 05:39:14.893Z"],
    ["Asia/Dubai", "2025-12-08", "2025-12-07 20:00:00.000Z"],
    ["Asia/Dubai", "2025-12-08T09:39:14Z", "2025-12-08 09:39:14.000Z"],
    ["Asia/Dubai", "2025-12-08T09:39:14-05:00", "2025-12-08 14:39:14.000Z"],
    ["Asia/Dubai", "/Date(0)/", "1970-01-01 00:00:00.000Z"],
    ["Asia/Dubai", "0001-01-01T00:00:00", ""],
    ["Europe/Berlin", "2025-03-30 02:30", "2025-03-30 01:30:00.000Z"],
    ["Europe/Berlin", "2025-10-26 02:30", "2025-10-26 00:30:00.000Z"],
    ["America/New_York", "2025-02-30", "impossible_date"],
    ["America/New_York", "9999-12-31T23:59:59", "date_out_of_range"],
    ["UTC", "2025-12-08", "2025-12-08 00:00:00.000Z"],
  ])("%s: %s is %s", (zone, text, expected) => {
    expect(read(text, undefined, zone)).toBe(expected);
  });

  it.each(["", "UTC", "utc", "Etc/UTC", "Z", " UTC "])("does not ask for the zone %j", (timezone) => {
    const reader = dateReader({
      timezone,
      zonedToUtc: () => {
        throw new Error("asked");
      },
    });
    expect(reader("2025-12-08")).toBe("2025-12-08 00:00:00.000Z");
  });
});

describe("dates with formats", () => {
  it.each([
    ["DD.MM.YYYY HH:mm", "08.12.2025 09:39", "2025-12-08 09:39:00.000Z"],
    ["DD.MM.YYYY", "08.12.2025", "2025-12-08 00:00:00.000Z"],
    ["D.M.YYYY", "8.12.2025", "2025-12-08 00:00:00.000Z"],
    ["YYYYMMDD", "20251208", "2025-12-08 00:00:00.000Z"],
    ["YYYYMMDD", "00000000", ""],
    ["D.M.YYYY H:mm", "8.12.2025 9:05", "2025-12-08 09:05:00.000Z"],
    ["D.M.YYYY H:mm", "18.12.2025 19:05", "2025-12-18 19:05:00.000Z"],
    ["MM/DD/YYYY hh:mm A", "12/08/2025 12:05 AM", "2025-12-08 00:05:00.000Z"],
    ["MM/DD/YYYY hh:mm A", "12/08/2025 12:05 pm", "2025-12-08 12:05:00.000Z"],
    ["M/D/YYYY h:mm:ss A", "12/8/2025 1:05:09 PM", "2025-12-08 13:05:09.000Z"],
    ["A h:mm DD.MM.YYYY", "PM 1:05 08.12.2025", "2025-12-08 13:05:00.000Z"],
    ["DD-MMM-YY", "08-DEC-25", "2025-12-08 00:00:00.000Z"],
    ["DD-MMM-YY", "08-Dec-70", "1970-12-08 00:00:00.000Z"],
    ["DD-MMM-YY", "08-Dec-69", "2069-12-08 00:00:00.000Z"],
    ["YYYY-MM-DDTHH:mm:ss.SSSZ", "2025-12-08T09:39:14.8931+04:00", "2025-12-08 05:39:14.893Z"],
    ["[on] DD.MM.YYYY", "on 08.12.2025", "2025-12-08 00:00:00.000Z"],
    ["[on] DD.MM.YYYY [at] HH:mm", "on 08.12.2025 at 09:39", "2025-12-08 09:39:00.000Z"],
    ["[]DD.MM.YYYY", "08.12.2025", "2025-12-08 00:00:00.000Z"],
    [`[${"x".repeat(52)}]YYYYMMDD`, `${"x".repeat(52)}20251208`, "2025-12-08 00:00:00.000Z"],
    ["YYYY.MM.DD", "2025.12.08", "2025-12-08 00:00:00.000Z"],
    ["epoch_ms", "1733650754893", "2024-12-08 09:39:14.893Z"],
    ["epoch_s", "1733650754", "2024-12-08 09:39:14.000Z"],
    ["json_date", "/Date(0)/", "1970-01-01 00:00:00.000Z"],
    ["iso", "2025-12-08", "2025-12-08 00:00:00.000Z"],
  ])("%s reads %j", (format, text, expected) => {
    expect(read(text, [format])).toBe(expected);
  });

  it.each([
    ["DD.MM.YYYY", "8.12.2025", "not_a_date"],
    ["DD.MM.YYYY", "2025-12-08", "not_a_date"],
    ["DD.MM.YYYY", "2025-12-08T09:39:14", "not_a_date"],
    ["DD.MM.YYYY", "08.12.2025x", "not_a_date"],
    ["DD.MM.YYYY", "08.12.2025 09:39", "not_a_date"],
    [`[${"x".repeat(53)}]YYYYMMDD`, `${"x".repeat(53)}20251208`, "not_a_date"],
    ["[a.b.]YYYYMMDD", "a.bx20251208", "not_a_date"],
    ["D.M.YYYY H:mm", "8.12.2025 24:00", "impossible_date"],
    ["DD.MM.YYYY", "30.02.2025", "impossible_date"],
    ["YYYY.MM.DD", "2025x12x08", "not_a_date"],
    ["MM/DD/YYYY hh:mm A", "12/08/2025 13:05 PM", "impossible_date"],
    ["MM/DD/YYYY hh:mm A", "12/08/2025 00:05 AM", "impossible_date"],
    ["DD-MMM-YYYY", "08-Dez-2025", "impossible_date"],
    ["epoch_ms", "12.5", "not_a_date"],
    ["epoch_s", "12.5", "not_a_date"],
    ["epoch_s", "999999999999999", "date_out_of_range"],
  ])("%s refuses %j: %s", (format, text, type) => {
    expect(read(text, [format])).toBe(type);
  });

  it.each(Array.from("\\^$.*+?()[]{}|/-,;:_ T"))("takes %s for itself and nothing else", (mark) => {
    const format = `YYYY${mark}MM${mark}DD`;
    expect(read(`2025${mark}12${mark}08`, [format])).toBe("2025-12-08 00:00:00.000Z");
    expect(read("2025x12x08", [format])).toBe("not_a_date");
    expect(read("20251208", [format])).toBe("not_a_date");
  });

  it.each("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ").map((name, at) => [name, at + 1] as const))(
    "reads %s as month %d",
    (name, month) => {
      const number = String(month).padStart(2, "0");
      expect(read(`08-${name}-2025`, ["DD-MMM-YYYY"])).toBe(`2025-${number}-08 00:00:00.000Z`);
    },
  );

  it("lets the first format whose shape fits decide", () => {
    const formats = ["DD/MM/YYYY", "MM/DD/YYYY", "iso"];
    expect(read("05/06/2025", formats)).toBe("2025-06-05 00:00:00.000Z");
    expect(read("12/25/2025", formats)).toBe("impossible_date");
    expect(read("2025-12-25", formats)).toBe("2025-12-25 00:00:00.000Z");
  });

  it("says what was expected", () => {
    const date = dateReader({ formats: ["DD.MM.YYYY", "iso"], timezone: "", zonedToUtc })("x");
    expect(date).toMatchObject({ expected: "a date such as DD.MM.YYYY or iso" });
  });

  it.each([
    ["DD.MM", "lacks the year"],
    ["YYYY", "lacks the month"],
    ["YYYY-MM", "lacks the day"],
    ["YYYY-MM-DD DD", "says the day twice"],
    ["YYYY-MM-DD HH H", "says the hour twice"],
    ["YYYY-MM-DD hh h A", "says the hour twice"],
    ["YYYY-MM-DD h HH A", "says the hour twice"],
    ["YYYY-MM-DD HH:mm mm", "says the minute twice"],
    ["YYYY-MM-DD HH:mm:ss ss", "says the second twice"],
    ["YYYY-MM-DD SSS SSS", "says the fraction twice"],
    ["YYYY-MM-DD Z Z", "says the zone twice"],
    ["YYYY YY-MM-DD", "says the year twice"],
    ["YYYY-MM-MMM-M-DD", "says the month twice"],
    ["DD.MM.YYYY hh:mm", "must have both h and A, or neither"],
    ["DD.MM.YYYY HH:mm A", "must have both h and A, or neither"],
    ["DD.MM.YYYY q", 'holds "q", which is no date token (write letters as [q])'],
    ["DD.MM.YYYY G", 'holds "G", which is no date token (write letters as [G])'],
    ["DD.MM.YYYY W", 'holds "W", which is no date token (write letters as [W])'],
    ["dd.mm.yyyy", 'holds "d", which is no date token (write letters as [d])'],
    ["", "lacks the year"],
    ["constructor", 'holds "c", which is no date token (write letters as [c])'],
  ])("refuses the format %j: it %s", (format, reason) => {
    expect(dateFormat(format)).toBe(reason);
    expect(() => dateReader({ formats: [format], timezone: "", zonedToUtc })).toThrow(
      `date format "${format}" ${reason}`,
    );
  });
});

it("reads dates alike again after it forgot them", () => {
  const reader = dateReader({ timezone: "", zonedToUtc });
  const texts = Array.from({ length: 5000 }, (_, i) => `2025-01-01T00:00:00.${String(i % 1000).padStart(3, "0")}${i}`);
  const first = texts.map(reader);
  expect(texts.map(reader)).toEqual(first);
});
