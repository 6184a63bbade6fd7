import type { Status, StreamStatus } from "../operate/status";
import { act, ask } from "./api";
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

/** Pauses a stream; asks first when a run of it is in progress. */
export async function pause({ name }: StreamStatus): Promise<void> {
  await attempt(async () => {
    if ((await isRunning(name)) && !(await confirmsStop(name))) return "";
    await act(`streams/${encodeURIComponent(name)}/pause`);
    happened.value++;
    return `${name} is paused: no schedule and no worker until you resume it.`;
  });
}

/** As of now: what the page shows may be ten seconds old, and a run that began meanwhile must not stop unasked. */
async function isRunning(name: string): Promise<boolean> {
  const { streams } = await ask<Status>("status");
  return streams.some((stream) => stream.name === name && stream.running !== null);
}

function confirmsStop(name: string): Promise<boolean> {
  const title = `Pause ${name} in the middle of a run?`;
  const text =
    "The run stops at its next checkpoint. What it has stored stays; what it has not pushed waits until you resume. Nothing is lost.";
  return confirm({ title, text, yes: "Pause and stop the run" });
}

export async function resume({ name }: StreamStatus): Promise<void> {
  await attempt(async () => {
    await act(`streams/${encodeURIComponent(name)}/resume`);
    happened.value++;
    return `${name} runs by its schedule again.`;
  });
}
