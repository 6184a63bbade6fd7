import type { RunRecord } from "../operate/runs";
import type { Status } from "../operate/status";
import { linkTo } from "./model/route";
import { tell } from "./notices";

/** By stream, the run whose end somebody here waits to hear: it was started here, or seen in progress. */
const watched = new Map<string, string>();

/** A run may be over before anybody sees it in progress: whoever starts one says so. */
export function watchRun(stream: string, run: string): void {
  watched.set(stream, run);
}

/** Tells how watched runs ended, and watches those that are in progress. */
export function tellEnds({ streams }: Status): void {
  for (const { name, running, last_run: last } of streams) {
    if (last && watched.get(name) === last.id) {
      watched.delete(name);
      tellEnd(last);
    }
    if (running) watched.set(name, running.id);
  }
}

function tellEnd(run: RunRecord): void {
  const link = { href: linkTo(["run", run.id]), act: "See the run" };
  const changed = run.rows_new + run.rows_changed + run.rows_rekeyed;
  if (run.status === "succeeded") {
    const what = changed === 0 ? "nothing had changed" : `${changed} new or changed`;
    tell("ok", `${run.stream}: ${run.rows_fetched} rows, ${what}.`, link);
  } else if (run.status === "failed") tell("bad", `${run.stream} failed: ${run.error}`, link);
  else tell("warn", `${run.stream} ${run.status}: ${run.error}`, link);
}
