import type { RunRecord } from "../../operate/runs";
import type { LiveProgress } from "../../sync/live";
import { now } from "../live";
import { formatDuration, timeOf } from "../model/format";
import { progressView, STEP_NAMES, STEPS } from "../model/progress";

/** A run in progress: which step, how far, for how long. */
export function RunProgress({ live, run }: { live: LiveProgress | null; run: RunRecord | null }) {
  const { step, text, share } = progressView(live, run);
  const at = STEPS.indexOf(step);
  const began = timeOf(run?.started_at);
  return (
    <section class="progress" aria-label="Progress of the run">
      <ol>
        {STEPS.map((each, index) => (
          <li
            key={each}
            class={index < at ? "is-done" : index === at ? "is-now" : ""}
            aria-current={index === at ? "step" : undefined}
          >
            {STEP_NAMES[each]}
          </li>
        ))}
      </ol>
      <progress {...(share !== null && { value: share, max: 1 })} aria-label={STEP_NAMES[step]} />
      <p>
        <span>{text}</span>
        {!Number.isNaN(began) && <span class="muted">{formatDuration(Math.max(0, now.value - began))}</span>}
      </p>
    </section>
  );
}
