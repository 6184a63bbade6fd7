import type { Signals } from "../sync/ports";

/** The store is shared by all runtimes of this process and holds texts. */
const STOP = "erp_stop";
const ACTIVE = "erp_active:";

/** Runs hear of a shutdown, and the shutdown of runs, through the process-wide store. */
export const signals: Signals = {
  stopping: () => $app.store().get(STOP) === "1",
  began: (owner) => $app.store().set(ACTIVE + owner, "1"),
  ended: (owner) => $app.store().remove(ACTIVE + owner),
};

export function askToStop(): void {
  $app.store().set(STOP, "1");
}

/** The owners that still hold a lease in this process. */
export function activeOwners(): string[] {
  return Object.keys($app.store().getAll())
    .filter((key) => key.startsWith(ACTIVE))
    .map((key) => key.slice(ACTIVE.length));
}
