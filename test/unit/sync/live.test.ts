import { expect, it } from "vitest";
import type { Engine } from "../../../src/sync/engine";
import { type LiveProgress, watched } from "../../../src/sync/live";

function makeEngine() {
  const told: LiveProgress[] = [];
  const passed: string[] = [];
  let now = 0;
  const engine = {
    clock: () => now,
    progress: (stage: string, done: number) => passed.push(`${stage} ${done}`),
    live: { put: (_: string, progress: LiveProgress | null) => progress && told.push(progress), get: () => null },
  } as unknown as Engine;
  return { engine: watched(engine, "aswan_bom", "run1"), told, passed, wait: (ms: number) => (now += ms) };
}

it("tells a stage at once, and then twice a second how far it is", () => {
  const { engine, told, passed, wait } = makeEngine();
  for (let done = 1; done <= 10; done++, wait(100)) engine.progress("push", done, 10);
  expect(told.map(({ done }) => done)).toEqual([1, 6]);
  expect(told[0]).toEqual({ run: "run1", stage: "push", done: 1, total: 10 });
  expect(passed).toHaveLength(10);
});

it("tells the next stage without waiting", () => {
  const { engine, told } = makeEngine();
  engine.progress("fetch", 100, 0);
  engine.progress("fetch", 200, 0);
  engine.progress("diff", 0, 5);
  expect(told.map(({ stage }) => stage)).toEqual(["fetch", "diff"]);
});
