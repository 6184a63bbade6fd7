import { useState } from "preact/hooks";
import type { Status } from "../operate/status";
import { ask } from "./api";
import { isLive, progressOf } from "./live";
import { type Loaded, useLoaded } from "./loading";

const QUIET_MS = 10_000;
/** Progress itself is told over realtime; only the counts have to be asked for. */
const BUSY_MS = 5000;
const BUSY_POLLING_MS = 2000;

/** How all streams stand: asked for again when something happened, and more often while a run is in progress. */
export function useStatus(): Loaded<Status> {
  const [isRunning, setRunning] = useState(false);
  const isBusy = isRunning || Object.values(progressOf.value).some((progress) => progress !== null);
  const busyMs = isLive.value ? BUSY_MS : BUSY_POLLING_MS;
  const load = async () => {
    const status = await ask<Status>("status");
    setRunning(status.streams.some((stream) => stream.running !== null));
    return status;
  };
  return useLoaded("status", load, { everyMs: isBusy ? busyMs : QUIET_MS, live: true });
}
