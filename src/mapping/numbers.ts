/** Layer 3, numbers (002): thousands separators, currency, scientific notation. What is not surely a number is refused. */
import { DEFAULT_STYLE, type NumberStyle } from "./number-locales";
import { Refused } from "./problems";

/** From here on a number may stand for several numbers that were sent: 2^53 + 1 is read as 2^53. */
export const FIRST_UNSAFE = 9007199254740992;
const LONGEST_NUMBER = 100;

const SYMBOLS = "$€£¥₹₽₺₩₪₫฿₴₦₱₲₵₸¢";
const CODES =
  "AED AUD BHD BRL CAD CHF CNY CZK DKK EGP EUR GBP HKD HUF ILS INR JOD JPY KRW KWD MXN MYR NOK NZD OMR PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY UAH USD ZAR";
const CURRENCIES = new Set([...SYMBOLS.split(""), ...CODES.split(" ")]);

const PLAIN = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;
const DIGITS = /^\d+$/;
const EXPONENT = /^[+-]?\d{1,4}$/;

/** True for a finite number that JSON.parse cannot have shortened: its size is below 2^53. */
export function isSafeNumber(value: number): boolean {
  return value < FIRST_UNSAFE && value > -FIRST_UNSAFE;
}

export function digitsLost(): Refused {
  return new Refused(
    "digits_lost",
    "is beyond 9007199254740991, where a number loses its last digits",
    "a smaller number; have the ERP send long ids as text, and keep them in a text field",
  );
}

/** A finite number without exponent and without needless zeros: 10, 0.5, 0.0000001. Minus zero is 0. */
export function decimalText(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const e = text.indexOf("e");
  if (e < 0) return text;
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = text.slice(sign.length, e).split(".");
  const digits = whole + fraction;
  const point = whole.length + Number(text.slice(e + 1));
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits + "0".repeat(point - digits.length);
}

/**
 * Reads a number written as text: grouped thousands, one currency sign or ISO code, a sign in front or (as SAP does)
 * behind, parentheses for negative, an exponent. Without a locale 1,234.50 is meant. Returns why not, otherwise.
 */
export function parseNumber(text: string, style: NumberStyle = DEFAULT_STYLE): number | Refused {
  const trimmed = text.trim();
  if (style.decimal === "." && PLAIN.test(trimmed)) return Number(trimmed) + 0;
  if (trimmed.length > LONGEST_NUMBER) return notANumber(style);
  if (/[%‰]/.test(trimmed)) {
    return new Refused(
      "percent",
      "is a percentage, not a number",
      `a number such as ${style.example} without a % sign`,
    );
  }
  const { body, negative } = peel(trimmed);
  const plain = plainDigits(body, style);
  if (plain === undefined) return notANumber(style);
  const value = Number(plain);
  if (!isSafeNumber(value)) return digitsLost();
  const underflow = value === 0 && /[1-9]/.test(plain.split("e")[0] ?? "");
  if (underflow) return new Refused("number_too_small", "is too close to zero to be held", "a number of ordinary size");
  return negative && value !== 0 ? -value : value;
}

function notANumber(style: NumberStyle): Refused {
  return new Refused("not_a_number", "is not a number", `a number such as ${style.example}`);
}

/** Takes one sign and one currency off the ends; a second one of either stays in the body and is refused there. */
function peel(text: string): { body: string; negative: boolean } {
  const inParentheses = text.startsWith("(") && text.endsWith(")");
  let body = inParentheses ? text.slice(1, -1).trim() : text;
  let sign = inParentheses ? "-" : "";
  let currency = false;
  for (;;) {
    const before = body;
    if (sign === "" && /^[+\-\u2212]/.test(body)) {
      sign = body.startsWith("+") ? "+" : "-";
      body = body.slice(1).trim();
    } else if (sign === "" && /[-\u2212]$/.test(body)) {
      sign = "-";
      body = body.slice(0, -1).trim();
    }
    if (!currency) {
      const without = withoutCurrency(body);
      currency = without !== body;
      body = without;
    }
    if (body === before) return { body, negative: sign === "-" };
  }
}

function withoutCurrency(body: string): string {
  for (const length of [1, 3]) {
    if (CURRENCIES.has(body.slice(0, length))) return body.slice(length).trim();
    if (body.length >= length && CURRENCIES.has(body.slice(-length))) return body.slice(0, -length).trim();
  }
  return body;
}

/** The unsigned body as JavaScript writes it, or undefined when it is no number in this style. */
function plainDigits(body: string, style: NumberStyle): string | undefined {
  const [mantissa = "", exponent, ...more] = body.split(/e/i);
  if (more.length > 0 || (exponent !== undefined && !EXPONENT.test(exponent))) return undefined;
  const [grouped = "", fraction = "", ...rest] = mantissa.split(style.decimal);
  if (rest.length > 0 || (fraction !== "" && !DIGITS.test(fraction))) return undefined;
  const whole = grouped === "" ? "" : ungroup(grouped, style);
  if (whole === undefined || whole + fraction === "") return undefined;
  return `${whole || "0"}.${fraction || "0"}e${exponent ?? "0"}`;
}

/** Digits without their thousands separators. 1,5 and 0,123 are refused: they are decimals of another locale. */
function ungroup(grouped: string, style: NumberStyle): string | undefined {
  if (DIGITS.test(grouped)) return grouped;
  const separator = grouped.replace(/\d/g, "").charAt(0);
  if (!style.groups.includes(separator)) return undefined;
  const groups = grouped.split(separator);
  const last = groups.length - 1;
  const size = style.lakh ? 2 : 3;
  const fits = groups.every((group, i) => {
    if (i === 0) return /^[1-9]\d*$/.test(group) && group.length <= size;
    return DIGITS.test(group) && group.length === (i === last ? 3 : size);
  });
  return fits ? groups.join("") : undefined;
}

/** Rounds half away from zero as written on paper (1.005 to 2 digits is 1.01), `digits` from 0 to 10. */
export function roundTo(value: number, digits: number): number {
  const size = Math.abs(value);
  const rounded = Number(`${Math.round(Number(`${decimalText(size)}e${digits}`))}e-${digits}`);
  if (!isSafeNumber(size * 10 ** digits)) return value;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
