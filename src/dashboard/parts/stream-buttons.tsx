import { useState } from "preact/hooks";
import type { StreamStatus } from "../../operate/status";
import { pause, resume, syncNow } from "../stream-actions";

/** Sync now, and pause or resume. */
export function StreamButtons({ stream }: { stream: StreamStatus }) {
  const [busy, setBusy] = useState(false);
  const doing = (what: (stream: StreamStatus) => Promise<void>) => async () => {
    setBusy(true);
    await what(stream);
    setBusy(false);
  };
  const of = `: ${stream.name}`;
  return (
    <div class="actions">
      <button type="button" class="primary" disabled={busy} aria-label={`Sync now${of}`} onClick={doing(syncNow)}>
        Sync now
      </button>
      {stream.paused ? (
        <button type="button" disabled={busy} aria-label={`Resume${of}`} onClick={doing(resume)}>
          Resume
        </button>
      ) : (
        <button type="button" disabled={busy} aria-label={`Pause${of}`} onClick={doing(pause)}>
          Pause
        </button>
      )}
    </div>
  );
}
