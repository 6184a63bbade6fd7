import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberStyle } from "../../../src/mapping/number-locales";
import { decimalText, parseNumber, roundTo } from "../../../src/mapping/numbers";
import { Refused } from "../../../src/mapping/problems";

function read(text: string, locale?: string): number | string {
  const parsed = parseNumber(text, locale === undefined ? undefined : numberStyle(locale));
  return parsed instanceof Refused ? parsed.type : parsed;
}

describe("parseNumber without a locale", () => {
  it.each<[string, number]>([
    ["0", 0],
    ["-0", 0],
    ["(0.00)", 0],
    ["0 €-", 0],
    ["00012", 12],
    ["1234.5", 1234.5],
    [".5", 0.5],
    ["5.", 5],
    ["  7 ", 7],
    ["+5", 5],
    ["-5", -5],
    ["\u22125", -5],
    ["12.50-", -12.5],
    ["- 5", -5],
    ["5\u2212", -5],
    ["5 -", -5],
    ["15-", -15],
    ["( 5 )", -5],
    ["(15)", -15],
    ["(1,234.50)", -1234.5],
    ["10,000", 10000],
    ["1,234,567.89", 1234567.89],
    ["1 000", 1000],
    ["1\u00a0000", 1000],
    ["1\u2009000", 1000],
    ["1\u202f000", 1000],
    ["1'000", 1000],
    ["1’000", 1000],
    ["1.2e3", 1200],
    ["1.2E+3", 1200],
    ["5e-3", 0.005],
    ["$1,234.50", 1234.5],
    ["€ 5", 5],
    ["5 €", 5],
    ["-$5", -5],
    ["$-5", -5],
    ["AED 12.75", 12.75],
    ["12.75 AED", 12.75],
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["0.1", 0.1],
  ])("reads %j", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each<[string, string]>([
    ["", "not_a_number"],
    ["-", "not_a_number"],
    ["N/A", "not_a_number"],
    ["abc", "not_a_number"],
    ["12 pcs", "not_a_number"],
    ["12a", "not_a_number"],
    ["1,5", "not_a_number"],
    ["0,123", "not_a_number"],
    ["012,345", "not_a_number"],
    ["1,2345", "not_a_number"],
    ["1234,567", "not_a_number"],
    ["1,234 567", "not_a_number"],
    ["1_000", "not_a_number"],
    ["1/000", "not_a_number"],
    ["1.234,50", "not_a_number"],
    ["€1.234,50", "not_a_number"],
    ["12,34,567", "not_a_number"],
    ["1 000 00", "not_a_number"],
    ["1.2.3", "not_a_number"],
    ["1e", "not_a_number"],
    ["e5", "not_a_number"],
    ["1e2e3", "not_a_number"],
    ["1e2.5", "not_a_number"],
    ["0x10", "not_a_number"],
    ["Infinity", "not_a_number"],
    ["NaN", "not_a_number"],
    ["--5", "not_a_number"],
    ["+-5", "not_a_number"],
    ["-5-", "not_a_number"],
    ["(-5)", "not_a_number"],
    ["$$5", "not_a_number"],
    ["€5 EUR", "not_a_number"],
    ["QTY 5", "not_a_number"],
    ["$", "not_a_number"],
    ["()", "not_a_number"],
    ["(50", "not_a_number"],
    ["50)", "not_a_number"],
    ["١٢", "not_a_number"],
    ["1".repeat(100), "digits_lost"],
    ["1".repeat(101), "not_a_number"],
    ["5%", "percent"],
    ["5 ‰", "percent"],
    ["9007199254740992", "digits_lost"],
    ["9007199254740993", "digits_lost"],
    ["-9007199254740993", "digits_lost"],
    ["1e16", "digits_lost"],
    ["1e400", "digits_lost"],
    ["1e-400", "number_too_small"],
    ["5e-400", "number_too_small"],
    ["9e-400", "number_too_small"],
  ])("refuses %j: %s", (text, type) => {
    expect(read(text)).toBe(type);
  });

  it("takes 0 with any exponent", () => {
    expect(read("0e-400")).toBe(0);
  });

  it("never makes a number of a text that JavaScript and plain digits would not", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,-+eE $€%()'x ") }), (text) => {
        const parsed = parseNumber(text);
        if (parsed instanceof Refused) return;
        const digits = text.replace(/[^0-9]/g, "");
        expect(digits).not.toBe("");
        expect(Number.isFinite(parsed)).toBe(true);
        if (parsed === 0) expect(text.split(/e/i)[0]).not.toMatch(/[1-9]/);
      }),
    );
  });
});

describe("a currency", () => {
  const SIGNS = Array.from("$€£¥₹₽₺₩₪₫฿₴₦₱₲₵₸¢");
  const CODES =
    "AED AUD BHD BRL CAD CHF CNY CZK DKK EGP EUR GBP HKD HUF ILS INR JOD JPY KRW KWD MXN MYR NOK NZD OMR PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY UAH USD ZAR";

  it.each([...SIGNS, ...CODES.split(" ")])("may stand on either side of a number: %s", (currency) => {
    expect(read(`${currency}1,234.50`)).toBe(1234.5);
    expect(read(`-1,234.50 ${currency}`)).toBe(-1234.5);
    expect(read(`${currency}5${currency}`)).toBe("not_a_number");
  });

  it.each(["XYZ", "usd", "US", "₿"])("is no other text: %s", (text) => {
    expect(read(`${text} 5`)).toBe("not_a_number");
  });
});

describe("parseNumber with a locale", () => {
  const STYLES = { point: "1,234,567.5", comma: "1.234.567,5", lakh: "12,34,567.5" };
  const LOCALES: [keyof typeof STYLES, string][] = [
    ["point", "ar en he ja ko ms th zh de-CH de-LI es-MX it-CH"],
    ["comma", "bg cs da de el es et fi fr hr hu id it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi en-ZA"],
    ["lakh", "bn hi mr pa ta te en-IN"],
  ];
  const each = LOCALES.flatMap(([style, locales]) => locales.split(" ").map((locale) => [locale, style] as const));

  it.each(each)("%s writes numbers in the style %s, and reads no other", (locale, style) => {
    expect(numberStyle(locale)).toBeDefined();
    for (const [name, text] of Object.entries(STYLES)) {
      expect([name, read(text, locale)]).toEqual([name, name === style ? 1234567.5 : "not_a_number"]);
    }
  });

  it.each([
    ["en", "1,234.50"],
    ["de", "1.234,50"],
    ["hi", "12,34,567.50"],
  ])("%s says a number of its own as an example", (locale, example) => {
    const refused = parseNumber("x", numberStyle(locale));
    expect(refused).toMatchObject({ expected: `a number such as ${example}` });
  });

  it.each<[string, string, number | string]>([
    ["de", "1.234,50", 1234.5],
    ["de", "€1.234,50", 1234.5],
    ["de", "1234,5", 1234.5],
    ["de", "1.234", 1234],
    ["de", "1 234,5", 1234.5],
    ["de", "1,2e3", 1200],
    ["de", "1.5", "not_a_number"],
    ["de", "1,234.50", "not_a_number"],
    ["de-DE", "0,5", 0.5],
    ["de_DE", "0,5", 0.5],
    ["de-CH", "1'234.50", 1234.5],
    ["fr", "1\u202f234,50", 1234.5],
    ["en", "1,234.50", 1234.5],
    ["en-ZA", "1 234,50", 1234.5],
    ["en-IN", "12,34,567.5", 1234567.5],
    ["hi", "12,34,567.5", 1234567.5],
    ["en-IN", "1,234", 1234],
    ["en-IN", "1,234,567", "not_a_number"],
    ["ar-AE", "1,234.50", 1234.5],
  ])("%s reads %j as %j", (locale, text, expected) => {
    expect(read(text, locale)).toBe(expected);
  });

  it.each(["xx", "", "german", "d", "de-", "de-DEU"])("does not know the locale %j", (locale) => {
    expect(numberStyle(locale)).toBeUndefined();
  });

  it("reads back every amount written by the locale's own rules", () => {
    const amounts = fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom("en", "de", "fr", "de-CH", "en-IN", "es-MX", "it", "pl", "tr"),
        (amount, locale) => {
          expect(read(amount.toLocaleString(locale, { maximumFractionDigits: 2 }), locale)).toBe(
            amount === 0 ? 0 : amount,
          );
        },
      ),
    );
  });
});

describe("decimalText", () => {
  it.each<[number, string]>([
    [0, "0"],
    [-0, "0"],
    [10.0, "10"],
    [-1.5, "-1.5"],
    [1e-7, "0.0000001"],
    [-1.25e-9, "-0.00000000125"],
    [1e21, "1000000000000000000000"],
    [1.5e21, "1500000000000000000000"],
    [9007199254740991, "9007199254740991"],
  ])("writes %d as %s", (value, text) => {
    expect(decimalText(value)).toBe(text);
  });

  it("is plain digits and reads back as the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe("roundTo", () => {
  it.each<[number, number, number]>([
    [1.005, 2, 1.01],
    [1.004, 2, 1],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [-0.4, 0, 0],
    [1e-7, 3, 0],
    [123456789.123456, 2, 123456789.12],
    [9007199254740991, 2, 9007199254740991],
    [5, 10, 5],
    [0.6, 0, 1],
    [9007199254740991, 10, 9007199254740991],
  ])("rounds %d to %d digits: %d", (value, digits, expected) => {
    expect(roundTo(value, digits)).toBe(expected);
  });
});
