import { readDetails } from "../mirror/details";
import { lookClosely } from "../mirror/look";
import { type Compared, comparedOf, type MirrorRow, readRow } from "../mirror/rows";
import { type RowState, rowState } from "../mirror/state";
import type { Engine } from "../sync/engine";
import type { TargetChange } from "../sync/ports";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption } from "./action";
import { changesText } from "./changes-text";
import {
  type JobEntry,
  type PushEntry,
  type QuarantineEntry,
  readHistory,
  readJobs,
  readQuarantine,
} from "./row-history";
import { suggestRows } from "./row-suggestions";
import { windowFlags, windowOf } from "./window";

const SHOWN = { usual: 20, most: 200 } as const;

export const ROW_FLAGS: ActionFlag[] = windowFlags(SHOWN.usual, SHOWN.most);

/** Everything there is to know of one row. */
interface RowStory {
  stream: string;
  erp_id: string;
  state: RowState;
  raw: RawFields;
  /** The record as it is now; null when there is none. */
  target: { collection: string; id: string; record: Record<string, unknown> | null };
  /** What a push of the row, as it is now, would change in that record. */
  differences: TargetChange[];
  /** Pushes, the newest first, one page of them. */
  history: { total: number; page: number; limit: number; items: PushEntry[] };
  jobs: JobEntry[];
  quarantine: QuarantineEntry[];
}

interface RawFields {
  id: string;
  group_key: string;
  /** The row's text as it is stored. */
  payload_json: string;
  fingerprint: string;
  mapped_hash: string;
  pushed_hash: string;
  mapping_version: string;
  fetched_at: string;
  edited_at: string;
  missing_since: string;
  held_by: string;
}

/** `erp row`: the story of one row, from what the ERP sent to what the target shows. */
export function rowAction(engine: Engine, input: ActionInput): ActionResult {
  if (input.stream === "") throw new BadOption("name the stream, for example: stream=aswan_bom");
  if (input.id === "") throw new BadOption("name the row's erp_id, in quotation marks");
  const stream = readSettings(engine.store, input.stream);
  const window = windowOf(input.flags, SHOWN.most);
  const compared = comparedOf(engine, stream);
  const row = readRow(compared, input.id);
  if (!row) return unknownRow(engine, stream.name, input.id);
  const [looked] = lookClosely(compared, [row]);
  const details = readDetails(engine.store, [row.rawId]).get(row.rawId);
  const limit = window.to - window.from;
  const history = readHistory(engine.store, stream.name, row, limit, window.from);
  const story: RowStory = {
    stream: stream.name,
    erp_id: row.erpId,
    state: rowState(looked ?? { row, verdict: { kind: "equal" }, changes: [] }, details, stream),
    raw: readRaw(compared, row),
    target: { collection: stream.targetCollection, id: row.targetId, record: row.record === null ? null : row.stored },
    differences: looked?.changes ?? [],
    history: { total: history.total, page: window.to / limit, limit, items: history.items },
    jobs: readJobs(engine.store, row.rawId),
    quarantine: readQuarantine(engine.store, stream.name, row),
  };
  return { ok: true, data: story, lines: linesOf(story) };
}

function unknownRow(engine: Engine, stream: string, erpId: string): ActionResult {
  const suggestions = suggestRows(engine.store, stream, erpId);
  const error = `stream "${stream}" has no row "${erpId}"`;
  const lines = suggestions.length === 0 ? [error] : [`${error}; the nearest ones:`];
  for (const each of suggestions) lines.push(`  ${each.erp_id}${each.was ? " (it had that erp_id before)" : ""}`);
  return { ok: false, data: { error, suggestions }, lines, refused: "unknown_record" };
}

const RAW_COLUMNS: RawFields = {
  id: "",
  group_key: "",
  payload_json: "",
  fingerprint: "",
  mapped_hash: "",
  pushed_hash: "",
  mapping_version: "",
  fetched_at: "",
  edited_at: "",
  missing_since: "",
  held_by: "",
};

function readRaw({ engine }: Compared, { rawId }: MirrorRow): RawFields {
  const columns = Object.keys(RAW_COLUMNS)
    .map((name) => `COALESCE(${name}, '') AS ${name}`)
    .join(", ");
  const row = engine.store.one(
    `SELECT ${columns} FROM erp_raw_data WHERE id = {:id}`,
    { id: rawId },
    { ...RAW_COLUMNS },
  );
  return { ...RAW_COLUMNS, ...row };
}

function linesOf(story: RowStory): string[] {
  const { raw, target, history } = story;
  const lines = [story.erp_id, `  ${story.state.sentence}`, ""];
  lines.push(`raw row  ${raw.id}, fetched ${raw.fetched_at.slice(0, 19)} UTC`);
  lines.push(`target   ${target.collection}/${target.id}${target.record === null ? " (there is no such record)" : ""}`);
  lines.push("", pageTitle(history), ...history.items.map((entry) => `  ${pushText(entry)}`));
  if (story.jobs.length > 0) lines.push("", "jobs:", ...story.jobs.map((job) => `  ${jobText(job)}`));
  if (story.quarantine.length > 0) {
    lines.push("", "quarantine:", ...story.quarantine.map((entry) => `  ${quarantineText(entry)}`));
  }
  return lines;
}

function pageTitle({ total, page, limit }: RowStory["history"]): string {
  const pages = Math.max(1, Math.ceil(total / limit));
  return `pushes (${total}${pages > 1 ? `, page ${page} of ${pages}` : ""}):`;
}

function pushText({ sent_at, run, response_code, response_body, changes }: PushEntry): string {
  const what = changes.length > 0 ? changesText(changes) : response_body;
  return `${sent_at.slice(0, 19)}  ${response_code}  ${run === "" ? "by the worker" : `run ${run}`}  ${what}`;
}

function jobText(job: JobEntry): string {
  const error = job.last_error === "" ? "" : `: ${job.last_error}`;
  return `${job.created_at.slice(0, 19)}  ${job.id}  ${job.status}${error}`;
}

function quarantineText(entry: QuarantineEntry): string {
  const end = entry.resolved_at === "" ? (entry.ignored_at === "" ? "open" : "ignored") : "resolved";
  return `${entry.last_seen_at.slice(0, 19)}  ${end}  ${entry.stage}: ${entry.error_message}`;
}
