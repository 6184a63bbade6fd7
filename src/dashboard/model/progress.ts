import type { RunRecord } from "../../operate/runs";
import type { LiveProgress } from "../../sync/live";
import { formatBytes, formatNumber } from "./format";

/** The steps of a run that take long, in their order. */
export const STEPS = ["fetch", "diff", "ingest", "push"] as const;
export type Step = (typeof STEPS)[number];

export const STEP_NAMES: Record<Step, string> = { fetch: "Fetch", diff: "Compare", ingest: "Store", push: "Push" };

export interface ProgressView {
  step: Step;
  text: string;
  /** 0 to 1; null where nobody knows how much there is. */
  share: number | null;
}

/** A run in progress for a person: from what it tells live, or else from what its record says so far. */
export function progressView(live: LiveProgress | null, run: RunRecord | null): ProgressView {
  if (!live) return fromRecord(run);
  const { stage, done, total } = live;
  const share = total > 0 ? Math.min(1, done / total) : null;
  const rows = total > 0 ? `${formatNumber(done)} of ${formatNumber(total)}` : formatNumber(done);
  if (stage.startsWith("fetch: ")) return { step: "fetch", text: sentence(stage.slice(7)), share: null };
  switch (stage) {
    case "begin":
      return { step: "fetch", text: "Asking the ERP …", share: null };
    case "fetch":
      return {
        step: "fetch",
        text: done === 0 ? "Waiting for the ERP's answer …" : `${formatBytes(done)} received`,
        share,
      };
    case "waiting":
      return { step: "fetch", text: "Waiting before the next attempt …", share: null };
    case "diff":
      return { step: "diff", text: `${rows} groups compared`, share };
    case "ingest":
      return { step: "ingest", text: `${rows} changed rows stored`, share };
    case "adopt":
      return { step: "push", text: `${rows} records of the target adopted`, share };
    case "touch":
      return { step: "push", text: `${rows} rows touched`, share };
    default:
      return { step: "push", text: `${rows} rows pushed`, share };
  }
}

function fromRecord(run: RunRecord | null): ProgressView {
  if (!run) return { step: "fetch", text: "Starting …", share: null };
  const pushed = run.pushed_inserted + run.pushed_updated + run.pushed_deleted + run.pushed_unchanged;
  if (run.ingested_at !== "") return { step: "push", text: `${formatNumber(pushed)} rows pushed`, share: null };
  if (run.bytes > 0) return { step: "fetch", text: `${formatBytes(run.bytes)} received`, share: null };
  return { step: "fetch", text: "Asking the ERP …", share: null };
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
