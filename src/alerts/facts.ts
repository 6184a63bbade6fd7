import type { Success } from "../operate/overdue";

/** A run that has ended. Times in ms. */
export interface EndedRun {
  id: string;
  status: string;
  startedAt: number;
  finishedAt: number;
  error: string;
  rowsFetched: number;
  /** Rows by outcome, only those that say the ERP changed something: new, changed, rekeyed, superseded, left. */
  changes: Record<string, number>;
}

/** What the alerts of one stream follow from, read from the database at one moment. Times in ms. */
export interface AlertFacts {
  stream: string;
  now: number;
  paused: boolean;
  /** As in its settings. */
  schedule: string;
  /** The newest run that says something about the ERP: failed or interrupted, or ingested. */
  newest: EndedRun | null;
  /** Runs that failed or were interrupted since the last that ingested; `since` is the first one's start. */
  failing: { runs: number; since: number };
  /** The newest run that ingested a whole answer. */
  ingested: EndedRun | null;
  /** Counts a partial run as a success: the ERP's rows arrived. */
  success: Success;
  running: { id: string; startedAt: number } | null;
  /** Triggers that were skipped and that no run has answered yet. */
  skipped: { triggers: number; trigger: string; at: number } | null;
  held: number;
  dead: { jobs: number; error: string };
  quarantine: {
    /** Rows that came in since the newest run began. */
    grew: number;
    open: number;
    /** The newest one's message. */
    error: string;
  };
  /** Jobs that wait, and when the oldest was made. */
  backlog: { jobs: number; oldestAt: number };
  /** Fields of the ERP's rows that changed since the newest run began, or are gone. */
  fields: { name: string; change: string; types: string; was: string; at: number }[];
  /** Answers are archived, as the settings are now. */
  archives: boolean;
  /** The newest run whose answer was archived, or should have been; `error` is "" when it was. */
  archived: { run: string; at: number; error: string } | null;
  /** Jobs of the past hour by how their newest attempt ended. */
  pastHour: { succeeded: number; failed: number };
}
