import type { AlertKind } from "../../alerts/kinds";
import { linkTo } from "./route";

/** Where a person sees what an alert is about. */
export interface AlertLink {
  href: string;
  act: string;
}

type Place = (stream: string) => AlertLink;

const jobs =
  (status: string, act: string): Place =>
  (stream) => ({ href: linkTo(["jobs"], { stream, status }), act });
const runs: Place = (stream) => ({ href: linkTo(["runs"], { stream }), act: "Runs" });
const testing: Place = (stream) => ({ href: linkTo(["test", stream]), act: "Test the connection" });

const PLACES: Record<AlertKind, Place> = {
  run_failed: testing,
  run_long: (stream) => ({ href: linkTo(["stream", stream]), act: "Progress" }),
  many_changes: runs,
  deletes_held: (stream) => ({ href: linkTo(["held", stream]), act: "Held deletes" }),
  dead_jobs: jobs("dead", "Dead letters"),
  quarantine_grew: (stream) => ({ href: linkTo(["quarantine"], { stream }), act: "Quarantine" }),
  backlog: jobs("open", "Queue"),
  failure_rate: jobs("failed", "Queue"),
  no_success: runs,
  overlap: runs,
  schema_drift: testing,
  archive_failed: runs,
};

/** The page to go to; null for what is no alert, such as the daily summary. */
export function alertLink(kind: string, stream: string): AlertLink | null {
  return kind in PLACES ? PLACES[kind as AlertKind](stream) : null;
}
