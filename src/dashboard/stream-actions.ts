import type { RunRecord } from "../operate/runs";
import type { StreamStatus } from "../operate/status";
import { act } from "./api";
import { happened } from "./live";
import { linkTo } from "./model/route";
import { attempt, tell } from "./notices";
import { confirm } from "./parts/dialog";

interface Started {
  run: string;
  status: "running" | "waiting" | "skipped";
}

/** Runs a stream now. A paused one only after asking; it stays paused. */
export async function syncNow({ name, paused }: StreamStatus): Promise<void> {
  if (paused) {
    const title = `Run ${name} although it is paused?`;
    const text = "It runs once now and stays paused: neither its schedule nor its worker start again.";
    if (!(await confirm({ title, text, yes: "Run once" }))) return;
  }
  await attempt(async () => {
    const { status } = await act<Started>(`streams/${encodeURIComponent(name)}/sync`, { force: paused });
    happened.value++;
    if (status === "skipped") return `${name}: a run is in progress already. One more follows when it ends.`;
    if (status === "waiting") return `${name}: the worker is pushing; the run begins when it is done, within 20 s.`;
    return "";
  });
}

export async function pause({ name, running }: StreamStatus): Promise<void> {
  if (running) {
    const title = `Pause ${name} in the middle of a run?`;
    const text =
      "The run stops at its next checkpoint. What it has stored stays; what it has not pushed waits until you resume. Nothing is lost.";
    if (!(await confirm({ title, text, yes: "Pause and stop the run" }))) return;
  }
  await attempt(async () => {
    await act(`streams/${encodeURIComponent(name)}/pause`);
    happened.value++;
    return `${name} is paused: no schedule and no worker until you resume it.`;
  });
}

export async function resume({ name }: StreamStatus): Promise<void> {
  await attempt(async () => {
    await act(`streams/${encodeURIComponent(name)}/resume`);
    happened.value++;
    return `${name} runs by its schedule again.`;
  });
}

/** Says how a run ended that somebody watched. */
export function tellEnd(run: RunRecord): void {
  const link = { href: linkTo(["run", run.id]), act: "See the run" };
  const changed = run.rows_new + run.rows_changed + run.rows_rekeyed;
  if (run.status === "succeeded") {
    const what = changed === 0 ? "nothing had changed" : `${changed} new or changed`;
    tell("ok", `${run.stream}: ${run.rows_fetched} rows, ${what}.`, link);
  } else if (run.status === "failed") tell("bad", `${run.stream} failed: ${run.error}`, link);
  else tell("warn", `${run.stream} ${run.status}: ${run.error}`, link);
}
