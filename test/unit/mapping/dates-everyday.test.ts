import { expect, it } from "vitest";
import { type DateReader, dateReader } from "../../../src/mapping/dates";
import { Refused } from "../../../src/mapping/problems";
import { zonedToUtc } from "./intl-zones";

const quick = dateReader({ timezone: "", zonedToUtc });
/** Reads the same forms, but knows no short cut. */
const thorough = dateReader({ timezone: "", zonedToUtc, formats: ["iso", "json_date"] });

function expectAlike(texts: Iterable<string>): void {
  const outcome = (read: DateReader, text: string) => {
    const date = read(text);
    return date instanceof Refused ? date.type : date;
  };
  const unlike = Array.from(new Set(texts)).filter((text) => outcome(quick, text) !== outcome(thorough, text));
  expect(unlike).toEqual([]);
}

it("reads every day and every hour as a date in any other form", () => {
  const texts: string[] = [];
  const two = (value: number) => String(value).padStart(2, "0");
  for (const year of ["0001", "0999", "1000", "2024", "2025", "9999"]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) texts.push(`${year}-${two(month)}-${two(day)}T10:20:30`);
    }
  }
  for (let part = 0; part <= 99; part++) {
    texts.push(`2025-12-08T${two(part)}:00:00`, `2025-12-08T00:${two(part)}:00`, `2025-12-08T00:00:${two(part)}.500`);
  }
  expectAlike(texts);
});

it.each(["2025-12-08T09:39:14.893", "2025-12-08 09:39:14", "2025-01-31T23:59:59", "2025-02-28T00:00:00"])(
  "reads %s with one or two characters more, less or other as a date in any other form",
  (text) => {
    const texts: string[] = [];
    for (let at = 0; at <= text.length; at++) {
      const [before, after] = [text.slice(0, at), text.slice(at)];
      texts.push(before + after.slice(1), before + after.slice(2));
      for (const character of "0123456789-T :.+Zx") {
        texts.push(before + character + after, before + character + after.slice(1));
      }
    }
    expectAlike(texts);
  },
);
