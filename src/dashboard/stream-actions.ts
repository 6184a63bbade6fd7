import type { StreamStatus } from "../operate/status";
import { act } from "./api";
import { happened } from "./live";
import { attempt } from "./notices";
import { confirm } from "./parts/dialog";
import { watchRun } from "./watched-runs";

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
    const { run, status } = await act<Started>(`streams/${encodeURIComponent(name)}/sync`, { force: paused });
    if (status !== "skipped") watchRun(name, run);
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
