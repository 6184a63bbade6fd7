import { useState } from "preact/hooks";
import { act } from "../api";
import { happened } from "../live";
import { attempt } from "../notices";
import { confirm } from "./dialog";

/** Maps every row of a stream's quarantine again: for after its mapping was mended. */
export function ReplayAll({ stream, onDone }: { stream: string; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const replay = async () => {
    const title = `Replay the whole quarantine of ${stream}?`;
    const text =
      "Each row is mapped again with the settings as they are now. What is right by now is pushed; the rest stays here.";
    if (!(await confirm({ title, text, yes: "Replay all" }))) return;
    setBusy(true);
    await attempt(async () => {
      await act(`streams/${encodeURIComponent(stream)}/replay`, { failed: true });
      happened.value++;
      return "Replaying; rows that are right by now leave this list as they are pushed.";
    });
    setBusy(false);
    onDone();
  };
  return (
    <button type="button" disabled={busy} onClick={replay}>
      Replay all of {stream}
    </button>
  );
}
