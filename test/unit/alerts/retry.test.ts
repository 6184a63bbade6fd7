import { expect, it } from "vitest";
import { nextDeliveryAt } from "../../../src/alerts/retry";

it("tries a message again after a growing wait, for about a day, and then gives up", () => {
  const waits: number[] = [];
  for (let attempt = 1; ; attempt++) {
    const next = nextDeliveryAt(0, attempt);
    if (next === null) break;
    waits.push(next / 60_000);
  }
  expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720]);
});
