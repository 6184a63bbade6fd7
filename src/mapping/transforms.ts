/** Layer 5, transforms (002): the named steps of a field's `transforms` list. */
import { roundTo } from "./numbers";
import { own } from "./own";

export type Transform = { on: "text"; apply(text: string): string } | { on: "number"; apply(value: number): number };

const TEXT_STEPS: Record<string, (text: string) => string> = {
  trim: (text) => text.trim(),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  /** Keeps 0-9 only. */
  digits: (text) => text.replace(/[^0-9]/g, ""),
  /** "00120" is "120", "000" is "0", "0.5" stays. */
  strip_leading_zeros: (text) => text.replace(/^0+(?=[0-9A-Za-z])/, ""),
  /** Any run of white space, line ends included, is one space. */
  collapse_spaces: (text) => text.replace(/\s+/g, " "),
};

const NUMBER_STEPS: Record<string, (value: number) => number> = {
  abs: Math.abs,
  negate: (value) => (value === 0 ? 0 : -value),
};

const ROUND = /^round:(\d|10)$/;

/** Every name that `transforms` may hold. */
export const TRANSFORM_NAMES = [...Object.keys(TEXT_STEPS), ...Object.keys(NUMBER_STEPS), "round:n (n from 0 to 10)"];

/** The step of a name such as `upper` or `round:2`; undefined for an unknown one. */
export function transformOf(name: string): Transform | undefined {
  const round = ROUND.exec(name);
  if (round) {
    const digits = Number(round[1]);
    return { on: "number", apply: (value) => roundTo(value, digits) };
  }
  const onText = own(TEXT_STEPS, name);
  if (onText) return { on: "text", apply: onText };
  const onNumber = own(NUMBER_STEPS, name);
  return onNumber && { on: "number", apply: onNumber };
}
