import type { Listing } from "../mirror/listing";
import { listPlanned, PLANNED_KINDS, type Planned, type PlannedKind, type PlannedRow } from "../mirror/planned";
import { readPlan, runInProgress } from "../mirror/reading";
import { comparedOf } from "../mirror/rows";
import type { Engine } from "../sync/engine";
import type { Ask } from "../sync/question";
import { readSettings } from "../sync/settings";
import type { ActionFlag, ActionInput, ActionResult } from "./action";
import { askOf } from "./ask";
import { changesText } from "./changes-text";
import { answerCheckpoint } from "./too-long";
import { windowFlags, windowOf } from "./window";

const SHOWN = { usual: 100, most: 1000 } as const;

export const DRY_RUN_FLAGS: ActionFlag[] = [
  { name: "dry-run", type: "bool", default: false, help: "only tell what a run would do; writes nothing" },
  ...windowFlags(SHOWN.usual, SHOWN.most).map((flag) => ({ ...flag, help: `with --dry-run: ${flag.help}` })),
];

/** `erp sync --dry-run`: what a run would do now. */
export function dryRun(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const ask = askOf(input.flags, stream, engine.clock());
  return planOnly(engine, input, ask, `erp sync ${stream.name} --dry-run`);
}

/**
 * What a run that asks this would do: reads and compares, then stops. Takes no lease and writes nothing.
 * @param command what to use in the console where this takes too long for an HTTP answer
 */
export function planOnly(engine: Engine, input: ActionInput, ask: Ask, command: string): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const window = windowOf(input.flags, SHOWN.most);
  const compared = comparedOf(engine, stream);
  const running = runInProgress(engine, stream.name);
  const options = {
    allowEmpty: input.flags.empty === true,
    ask,
    checkpoint: answerCheckpoint(engine, input, command),
  };
  return readPlan(engine, stream, options, (plan, { rows, notes: told }) => {
    const notes = told.map((note) => note.full);
    const planned = listPlanned(compared, plan, window);
    const waiting = countWaiting(engine, stream.name);
    const data = { stream: stream.name, dry_run: true, run_in_progress: running, rows, notes, waiting, ...planned };
    return { ok: true, data, lines: [...linesOf(stream.name, planned, waiting, running), ...notes] };
  });
}

/** Rows that wait for a push already: a run, or the worker, pushes them too. */
function countWaiting(engine: Engine, stream: string): number {
  const row = engine.store.one(
    "SELECT count(*) AS n FROM erp_raw_data INDEXED BY idx_erp_raw_data_pending WHERE stream = {:stream} AND mapped_hash <> pushed_hash",
    { stream },
    { n: 0 },
  );
  return row?.n ?? 0;
}

function linesOf(stream: string, planned: Planned, waiting: number, running: string): string[] {
  const counts = plannedText(planned) || "change nothing";
  const lines = [`${stream}: a run would ${counts}; nothing was written`];
  if (waiting > 0) lines.push(`${waiting} rows wait for a push already`);
  if (running !== "") lines.push(`run ${running} is in progress: what it changes meanwhile may show here`);
  for (const kind of PLANNED_KINDS) lines.push(...listLines(kind, planned[kind]));
  return lines;
}

/** `insert 1, update 3`; "" for a plan that changes nothing. */
export function plannedText(planned: Planned): string {
  return PLANNED_KINDS.filter((kind) => planned[kind].count > 0)
    .map((kind) => `${kind} ${planned[kind].count}`)
    .join(", ");
}

function listLines(kind: PlannedKind, { count, items }: Listing<PlannedRow>): string[] {
  if (items.length === 0) return [];
  const title = count > items.length ? `${kind} (${items.length} of ${count}):` : `${kind}:`;
  return ["", title, ...items.map((row) => `  ${rowText(row)}`)];
}

function rowText(row: PlannedRow): string {
  const key = row.was_erp_id === undefined ? row.erp_id : `${row.was_erp_id} -> ${row.erp_id}`;
  if (row.rejection) return `${key || "(no key)"}: ${row.rejection.message}`;
  const waits = row.waits_for === undefined ? "" : ` (waits for its parent ${row.waits_for})`;
  return row.changes ? `${key}: ${changesText(row.changes)}${waits}` : `${key}${waits}`;
}
