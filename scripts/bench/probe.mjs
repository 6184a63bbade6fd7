import { percentile } from "./statistics.mjs";

/**
 * @typedef {{ p50: number, p99: number, max: number, count: number }} Latency in ms
 */

/**
 * Does `act` again and again, one at a time, until told to stop.
 * @param {() => Promise<unknown>} act
 * @param {number} pauseMs between two
 * @returns {{ stop: () => Promise<Latency> }}
 */
export function repeatedly(act, pauseMs) {
  /** @type {number[]} */
  const times = [];
  let stopped = false;
  const ended = (async () => {
    while (!stopped) {
      const began = performance.now();
      await act();
      times.push(performance.now() - began);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  })();
  ended.catch(() => {});
  return {
    stop: async () => {
      stopped = true;
      await ended;
      const max = Math.max(0, ...times);
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), max, count: times.length };
    },
  };
}
