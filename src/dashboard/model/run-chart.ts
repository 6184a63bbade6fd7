import type { RunRecord } from "../../operate/runs";

export type Outcome = "new" | "changed" | "gone" | "held" | "invalid";

/** What can have become of a row that is not unchanged, from the bottom of a bar to its top. */
export const OUTCOMES: readonly { name: Outcome; label: string }[] = [
  { name: "new", label: "New" },
  { name: "changed", label: "Changed" },
  { name: "gone", label: "Gone" },
  { name: "held", label: "Held" },
  { name: "invalid", label: "Invalid" },
];

export function outcomesOf(run: RunRecord): Record<Outcome, number> {
  return {
    new: run.rows_new,
    changed: run.rows_changed + run.rows_rekeyed,
    gone: Math.max(0, run.rows_superseded + run.rows_left - run.rows_held),
    held: run.rows_held,
    invalid: run.rows_invalid,
  };
}

/** Bars that lie one over the other: first the whole height, then without the topmost outcome, and so on. */
export function stacked(runs: RunRecord[]): number[][] {
  const layers = OUTCOMES.map(({ name: top }) => {
    const below = OUTCOMES.slice(0, OUTCOMES.findIndex(({ name }) => name === top) + 1);
    return runs.map((run) => {
      const counts = outcomesOf(run);
      return below.reduce((sum, { name }) => sum + counts[name], 0);
    });
  });
  return layers.reverse();
}
