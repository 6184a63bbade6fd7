import type { RowState, StateCode } from "../../mirror/state";
import type { JobEntry, PushEntry, QuarantineEntry } from "../../operate/row-history";
import type { TargetChange } from "../../sync/ports";
import { counted, inLocalTime } from "./format";
import { linkTo } from "./route";
import { jobWord, type Tone, type Word } from "./stream-state";

/** What GET /api/erp/rows answers. */
export interface RowStory {
  stream: string;
  erp_id: string;
  state: RowState;
  raw: {
    id: string;
    group_key: string;
    payload_json: string;
    fetched_at: string;
    edited_at: string;
    missing_since: string;
    held_by: string;
    mapped_hash: string;
    pushed_hash: string;
    mapping_version: string;
  };
  target: { collection: string; id: string; record: Record<string, unknown> | null };
  differences: TargetChange[];
  history: { total: number; page: number; limit: number; items: PushEntry[] };
  jobs: JobEntry[];
  quarantine: QuarantineEntry[];
}

/** Something that happened to a row. */
export interface StoryEvent {
  key: string;
  at: string;
  tone: Tone;
  title: string;
  /** What there is to say besides. */
  text: string;
  changes: TargetChange[];
  /** The run that did it; "" for none. */
  run: string;
  link?: { href: string; act: string };
}

/** Fields in which the target is not as the row says, and those that keep the row in quarantine. */
export function oddFields({ differences, quarantine }: Pick<RowStory, "differences" | "quarantine">): Set<string> {
  const open = quarantine.filter((entry) => entry.resolved_at === "" && entry.field !== "");
  return new Set([...differences.map((each) => each.field), ...open.map((entry) => entry.field)]);
}

type Answer = Pick<PushEntry, "response_code" | "response_body">;

/** How a push ended, in a word. */
export function pushWord({ response_code: code, response_body: body }: Answer): Word {
  if (code === 201) return { label: "Inserted", tone: "ok" };
  if (code === 200) return { label: "Updated", tone: "ok" };
  if (code === 204)
    return /delete/i.test(body) ? { label: "Deleted", tone: "neutral" } : { label: "Right already", tone: "neutral" };
  if (code === 422) return { label: "Refused", tone: "bad" };
  return { label: "Failed", tone: "bad" };
}

/** The page of the story that is shown, the newest first. What is not a push stands on the first page only. */
export function storyEvents(story: RowStory): StoryEvent[] {
  const events = story.history.items.map(pushEvent);
  if (story.history.page === 1) {
    events.push(...story.jobs.filter((job) => job.status !== "done").map(jobEvent));
    events.push(...story.quarantine.flatMap(quarantineEvents));
    events.push(...rawEvents(story));
  }
  return events.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function pushEvent(push: PushEntry): StoryEvent {
  const { label, tone } = pushWord(push);
  const failed = push.response_code >= 400;
  const fields =
    push.changes.length > 0 && push.response_code === 200 ? `: ${counted(push.changes.length, "field")}` : "";
  return {
    key: push.id,
    at: push.sent_at,
    tone,
    title: TITLES[label] ? `${TITLES[label]}${fields}` : label,
    text: failed ? push.response_body : "",
    changes: push.response_code === 200 ? push.changes : [],
    run: push.run,
  };
}

const TITLES: Record<string, string> = {
  Inserted: "Inserted into the target",
  Updated: "Updated in the target",
  Deleted: "Deleted from the target",
  "Right already": "The target had it already",
  Refused: "The target refused it",
  Failed: "The push failed",
};

function jobEvent(job: JobEntry): StoryEvent {
  const { label, tone } = jobWord(job.status);
  const text =
    job.status === "dead"
      ? `Given up after ${counted(job.retry_count, "failed attempt")}: ${job.last_error}`
      : job.last_error;
  return {
    key: job.id,
    at: job.last_attempt_at || job.created_at,
    tone,
    title: `Job ${label.toLowerCase()}: ${job.operation || "upsert"}`,
    text,
    changes: [],
    run: job.run,
    link: { href: linkTo(["job", job.id]), act: "Look at the job" },
  };
}

function quarantineEvents(entry: QuarantineEntry): StoryEvent[] {
  const value = entry.field === "" ? "" : ` (${entry.field}: “${entry.value}”, expected ${entry.expected})`;
  const came: StoryEvent = {
    key: `q${entry.id}`,
    at: entry.last_seen_at,
    tone: entry.resolved_at === "" && entry.ignored_at === "" ? "warn" : "neutral",
    title: `Put in quarantine${entry.count > 1 ? `, ${entry.count} times` : ""}`,
    text: `${entry.error_message}${value}`,
    changes: [],
    run: entry.run,
    link: { href: linkTo(["quarantine", entry.id]), act: "Look at the quarantine" },
  };
  const end = (at: string, title: string, tone: Tone): StoryEvent => ({
    key: `${title}${entry.id}`,
    at,
    tone,
    title,
    text: "",
    changes: [],
    run: "",
  });
  const ends: StoryEvent[] = [];
  if (entry.resolved_at !== "") ends.push(end(entry.resolved_at, "Out of quarantine", "ok"));
  if (entry.ignored_at !== "") ends.push(end(entry.ignored_at, "Its quarantine was ignored by a person", "neutral"));
  return [came, ...ends];
}

function rawEvents({ raw }: RowStory): StoryEvent[] {
  const plain = (key: string, at: string, title: string, tone: Tone = "neutral", text = ""): StoryEvent => ({
    key,
    at,
    tone,
    title,
    text,
    changes: [],
    run: key === "held" ? raw.held_by : "",
  });
  const events = [plain("fetched", raw.fetched_at, "The ERP sent the row as it is now")];
  if (raw.edited_at !== "") events.push(plain("edited", raw.edited_at, "A person mended the row", "info"));
  if (raw.missing_since !== "") events.push(plain("missing", raw.missing_since, "The ERP no longer sends it", "warn"));
  if (raw.held_by !== "") {
    events.push(plain("held", raw.missing_since, "Its delete is held", "warn", "It was one of suspiciously many."));
  }
  return events;
}

const TONES: Record<StateCode, Tone> = {
  as_sent: "ok",
  gone: "neutral",
  kept: "neutral",
  waits: "info",
  dead: "bad",
  quarantine: "warn",
  held: "warn",
  deleted: "bad",
  changed: "bad",
  remapped: "warn",
  restored: "warn",
};

const LABELS: Record<StateCode, string> = {
  as_sent: "As the ERP sent it",
  gone: "Gone",
  kept: "Kept",
  waits: "Waiting",
  dead: "Given up",
  quarantine: "In quarantine",
  held: "Delete held",
  deleted: "Deleted by somebody",
  changed: "Changed by somebody",
  remapped: "Mapping changed",
  restored: "Restored by somebody",
};

/** How a row stands, in a word; the server's sentence says why. */
export function rowWord(code: StateCode): Word {
  return { label: LABELS[code], tone: TONES[code] };
}

/**
 * The server's sentence for this page: times are the reader's, and a button stands for the console's command.
 * @param now ms
 */
export function whyText(sentence: string, now: number, zone?: string): string {
  const text = inLocalTime(sentence, now, zone)
    .replace(/; mend the cause, then: erp .*$/, "; mend the cause, then retry it")
    .replace(/; if it is right: erp .*$/, "; approve it if it is right")
    .replace(
      /; the daily verify, or erp verify \S+ --repair, mends it$/,
      "; the daily verify mends it, or a repair now",
    )
    .replace(/; erp replay \S+ pushes that$/, "; a replay pushes that")
    // What is quoted may end in a full stop of its own.
    .replace(/\.(?=; |$)/g, "");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
