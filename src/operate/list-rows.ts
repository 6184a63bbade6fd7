import { escapePart } from "../diff/keys";
import type { Engine } from "../sync/engine";
import type { Db, Params } from "../sync/ports";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption, table } from "./action";
import { windowFlags, windowOf } from "./window";

const SHOWN = { usual: 50, most: 200 } as const;
/** Greater than every other character, in SQLite's order too. */
const LAST = "\u{10ffff}";

/** Longer texts are looked for by their first words. */
const MOST_WORDS = 8;

interface State {
  condition: string;
  /** The index that holds just these rows, and its own order: a page of it is found at once among a million rows. */
  index: string;
  order: string;
}

const EVERY: State = { condition: "", index: "idx_erp_raw_data_erp_id", order: "erp_id" };
const STATES: Record<string, State> = {
  pending: { condition: "mapped_hash <> pushed_hash", index: "idx_erp_raw_data_pending", order: "id" },
  left: { condition: "missing_since > ''", index: "idx_erp_raw_data_missing", order: "missing_since DESC, rowid DESC" },
  held: { condition: "held_by <> ''", index: "idx_erp_raw_data_held", order: "held_by, rowid" },
};

export const ROWS_FLAGS: ActionFlag[] = [
  {
    name: "text",
    type: "text",
    default: "",
    help: "only those whose erp_id begins with this text, or holds its words",
  },
  { name: "state", type: "text", default: "", help: `only ${Object.keys(STATES).join(", ")} ones` },
  ...windowFlags(SHOWN.usual, SHOWN.most),
];

const ROW = {
  id: "",
  erp_id: "",
  target_id: "",
  fetched_at: "",
  edited_at: "",
  missing_since: "",
  held_by: "",
  pending: 0,
  given_up: 0,
  quarantine: "",
};

type Found = typeof ROW;
type Flag = "pending" | "given_up";

/** Why a row is not, or not yet, what the target shows. */
const FLAGS = `mapped_hash <> pushed_hash AS pending,
  mapped_hash <> pushed_hash
    AND EXISTS (SELECT 1 FROM job_queue j WHERE j.payload_ref = erp_raw_data.id AND j.status = 'dead'
                   AND j.mapped_hash = erp_raw_data.mapped_hash AND j.waits_for = '')
    AND NOT EXISTS (SELECT 1 FROM job_queue j WHERE j.payload_ref = erp_raw_data.id
                       AND j.status IN ('queued', 'processing', 'failed')) AS given_up,
  COALESCE((SELECT CASE WHEN f.ignored_at = '' THEN 'open' ELSE 'ignored' END FROM failed_records f
             WHERE f.raw_row = erp_raw_data.id AND f.resolved_at = '' ORDER BY f.ignored_at LIMIT 1), '') AS quarantine`;

export interface RowsPage {
  items: (Omit<Found, Flag> & Record<Flag, boolean>)[];
  /** There is another page. */
  more: boolean;
  page: number;
  limit: number;
  /** With state=held: the runs that wanted rows gone, the newest first. */
  holds: { run: string; rows: number; started_at: string }[];
}

interface Search {
  state: State;
  condition: string;
  params: Params;
}

/** `erp rows`: rows of a stream, all of them in the order of their erp_id, or those that are looked for. */
export function rowsAction(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream).name;
  const window = windowOf(input.flags, SHOWN.most);
  const limit = window.to - window.from;
  const state = stateOf(input.flags);
  const search = searchFor(engine.store, stream, String(input.flags.text ?? "").trim(), state);
  const found = readRows(engine.store, search, limit + 1, window.from);
  const data: RowsPage = {
    items: found.slice(0, limit).map((row) => ({
      ...row,
      pending: row.pending === 1,
      given_up: row.given_up === 1,
    })),
    more: found.length > limit,
    page: window.to / limit,
    limit,
    holds: input.flags.state === "held" ? readHolds(engine.store, stream) : [],
  };
  return { ok: true, data, lines: linesOf(data) };
}

function stateOf({ state = "" }: ActionInput["flags"]): State {
  if (state === "") return EVERY;
  const found = Object.keys(STATES).includes(String(state)) ? STATES[String(state)] : undefined;
  if (found) return found;
  throw new BadOption(`state: "${String(state)}" is not a state (expected ${Object.keys(STATES).join(", ")})`);
}

/** What begins with the text is found by the index; where nothing does, what holds each of its words. */
function searchFor(db: Db, stream: string, text: string, state: State): Search {
  const base = ["stream = {:stream}", state.condition].filter((part) => part !== "").join(" AND ");
  if (text === "") return { state, condition: base, params: { stream } };
  const beginning: Search = {
    state,
    condition: `${base} AND erp_id >= {:start} AND erp_id < {:end}`,
    params: { stream, start: text, end: text + LAST },
  };
  if (readRows(db, beginning, 1, 0).length > 0) return beginning;
  const words = text.split(/\s+/).slice(0, MOST_WORDS);
  const has = (name: string) => `instr(lower(erp_id), lower({:${name}})) > 0`;
  const holds = words.map((_, at) => ` AND (${has(`word${at}`)} OR ${has(`escaped${at}`)})`);
  const params: Params = { stream };
  words.forEach((word, at) => {
    params[`word${at}`] = word;
    params[`escaped${at}`] = escapePart(word);
  });
  return { state, condition: base + holds.join(""), params };
}

function readRows(db: Db, { state, condition, params }: Search, limit: number, offset: number): Found[] {
  return db
    .all(
      `SELECT id AS id, erp_id AS erp_id, target_id AS target_id, fetched_at AS fetched_at, edited_at AS edited_at,
              missing_since AS missing_since, held_by AS held_by, ${FLAGS}
         FROM erp_raw_data INDEXED BY ${state.index} WHERE ${condition}
        ORDER BY ${state.order} LIMIT {:limit} OFFSET {:offset}`,
      { ...params, limit, offset },
      ROW,
    )
    .map((row) => ({ ...row }));
}

function readHolds(db: Db, stream: string): RowsPage["holds"] {
  return db
    .all(
      `SELECT h.run AS run, h.n AS rows, COALESCE(s.started_at, '') AS started_at
         FROM (SELECT held_by AS run, count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND held_by <> '' GROUP BY held_by) h
         LEFT JOIN sync_runs s ON s.id = h.run ORDER BY s.started_at DESC`,
      { stream },
      { run: "", rows: 0, started_at: "" },
    )
    .map((row) => ({ ...row }));
}

function wordOf(row: RowsPage["items"][number]): string {
  if (row.held_by !== "") return "held";
  if (row.given_up) return "given up";
  if (row.quarantine === "open") return "in quarantine";
  if (row.pending) return "pending";
  return row.quarantine === "ignored" ? "its quarantine is ignored" : "";
}

function linesOf({ items, more, page }: RowsPage): string[] {
  if (items.length === 0) return [page === 1 ? "no row matches" : `page ${page} is empty`];
  const rows = items.map((row) => [
    row.erp_id,
    row.fetched_at.slice(0, 16),
    row.missing_since === "" ? "" : `left ${row.missing_since.slice(0, 16)}`,
    wordOf(row),
  ]);
  const lines = table([["row", "fetched (UTC)", "", ""], ...rows]);
  return more ? [...lines, `there are more: --page ${page + 1}`] : lines;
}
