import { expect, it } from "vitest";
import { IntColumn } from "../../../src/sync/int-column";

it("gives each number back by its place, however many there are", () => {
  const column = new IntColumn();
  const numbers = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 2_000_000_011);
  for (const number of numbers) column.push(number);
  expect(column.length).toBe(5000);
  expect(numbers.map((_, at) => column.at(at))).toEqual(numbers);
  expect(column.at(5000)).toBeUndefined();
});
