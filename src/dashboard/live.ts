import { signal } from "@preact/signals";
import type { LiveProgress } from "../sync/live";
import { pb } from "./session";

/** How runs in progress are getting on, by stream, as told over realtime. */
export const progressOf = signal<Record<string, LiveProgress | null>>({});
/** Counts what happened: a run began or ended, settings were saved. Whoever shows such things asks again. */
export const happened = signal(0);
/** Whether realtime is connected; without it everything is asked for every few seconds. */
export const isLive = signal(false);
/** The time, told every few seconds, for everything that says "5 min ago". */
export const now = signal(Date.now());

const TOPIC = "erp/live";
const RETRY_MS = 10_000;

interface Told {
  stream: string;
  progress: LiveProgress | null;
}

let wanted = false;

/** Begins to listen; ends with `stopWatching`. */
export function watch(): void {
  if (wanted) return;
  wanted = true;
  pb.realtime.onDisconnect = () => {
    isLive.value = false;
  };
  void subscribe();
}

export function stopWatching(): void {
  wanted = false;
  isLive.value = false;
  progressOf.value = {};
}

async function subscribe(): Promise<void> {
  try {
    await pb.realtime.subscribe("PB_CONNECT", () => {
      isLive.value = true;
      happened.value++;
    });
    await pb.realtime.subscribe(TOPIC, (told: Told) => hear(told));
    await pb.collection("sync_settings").subscribe("*", () => happened.value++);
    isLive.value = true;
  } catch {
    isLive.value = false;
    setTimeout(() => {
      if (wanted) void subscribe();
    }, RETRY_MS);
  }
}

function hear({ stream, progress }: Told): void {
  const before = progressOf.value[stream] ?? null;
  progressOf.value = { ...progressOf.value, [stream]: progress };
  if ((before === null) !== (progress === null)) happened.value++;
}

setInterval(() => {
  if (document.visibilityState === "visible") now.value = Date.now();
}, 5000);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") now.value = Date.now();
});
