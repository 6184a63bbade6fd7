import type { Absent } from "../diff/absent";
import type { MappedValue } from "../mapping/model";
import { toDbTime } from "../sync/clock";
import { resolveParents } from "../sync/parents";
import type { Plan } from "../sync/plan";
import type { TargetChange } from "../sync/ports";
import type { Rejection } from "../sync/quarantine";
import { Listing, type Window } from "./listing";
import { type Compared, changesIfPushed } from "./rows";

/** What a run would do with a row. keep: the row left the ERP and its record stays. */
export type PlannedKind = "insert" | "update" | "rekey" | "return" | "delete" | "mark" | "keep" | "hold" | "quarantine";

export const PLANNED_KINDS: readonly PlannedKind[] = [
  "insert",
  "update",
  "rekey",
  "return",
  "delete",
  "mark",
  "keep",
  "hold",
  "quarantine",
];

export interface PlannedRow {
  /** "" for a row whose key cannot be read. */
  erp_id: string;
  /** The erp_id it had before, for a rekeyed row. */
  was_erp_id?: string;
  target_id?: string;
  /** insert: the record as it would be made. */
  values?: Record<string, MappedValue>;
  /** update, rekey, return, mark: the fields of the target record that would change. */
  changes?: TargetChange[];
  /** quarantine */
  rejection?: Rejection;
  /** The erp_id of its parent, which is not there yet: the row waits for it. */
  waits_for?: string;
}

export type Planned = Record<PlannedKind, Listing<PlannedRow>>;

/** A step whose row is in the window of its list. */
interface Chosen {
  kind: PlannedKind;
  rawId: string;
  erpId: string;
  text: string;
  rejection?: Rejection;
}

/** Counts what a plan would do and describes one page of each kind. */
export function listPlanned(compared: Compared, plan: Plan, window: Window): Planned {
  const lists = Object.fromEntries(PLANNED_KINDS.map((kind) => [kind, new Listing<PlannedRow>(window)])) as Planned;
  const chosen: Chosen[] = [];
  const add = (each: Chosen) => {
    if (lists[each.kind].counts()) chosen.push(each);
  };
  addSteps(plan, add);
  const takeKeyless = plan.keyless.take();
  for (let at = 0; at < plan.keyless.count; at++) {
    const { text, rejection } = takeKeyless();
    add({ kind: "quarantine", rawId: "", erpId: "", text, rejection });
  }
  for (const { rawId, action } of plan.absent) add({ kind: action, rawId, erpId: "", text: "" });
  for (const rawId of plan.missed) add({ kind: "keep", rawId, erpId: "", text: "" });
  const known = readKnown(compared, chosen);
  const pushes = readPushes(compared, chosen);
  chosen.forEach((each, at) => {
    lists[each.kind].items.push(describe(compared, each, known.get(each.rawId), pushes[at] as Push));
  });
  return lists;
}

interface Push {
  /** What it would write; null where nothing is written but a delete. */
  values: Record<string, MappedValue> | null;
  waitsFor: string;
}

function readPushes(compared: Compared, chosen: Chosen[]): Push[] {
  const { engine, parent } = compared;
  const rows = chosen.map((each) => (each.rejection ? null : valuesOf(compared, each)));
  const orphans = resolveParents(
    engine.store,
    parent,
    rows.filter((values) => values !== null),
  );
  return rows.map((values) => ({
    values,
    waitsFor: parent && values && orphans.has(values) ? String(values[parent.field]) : "",
  }));
}

function addSteps(plan: Plan, add: (chosen: Chosen) => void): void {
  const next = plan.leftovers.steps();
  for (let at = 0; at < plan.leftovers.count; at++) {
    const { step, texts } = next();
    const { text } = texts;
    if (step.kind === "reject") {
      add({ kind: "quarantine", rawId: "", erpId: step.row.key, text, rejection: step.rejection });
    }
    if (step.kind !== "upsert") continue;
    const { kind, rawId, erpId, row } = step.upsert;
    const { rejection } = row;
    if (rejection) add({ kind: "quarantine", rawId, erpId, text, rejection });
    else if (kind !== "touched") add({ kind: KIND_OF_UPSERT[kind], rawId, erpId, text });
  }
}

const KIND_OF_UPSERT = { new: "insert", changed: "update", rekeyed: "rekey", returned: "return" } as const;

interface KnownRow {
  erpId: string;
  targetId: string;
}

function readKnown({ engine }: Compared, chosen: Chosen[]): Map<string, KnownRow> {
  const rows = engine.store.all(
    `SELECT id AS id, erp_id AS erpId, target_id AS targetId FROM erp_raw_data
      WHERE id IN (SELECT value FROM json_each({:ids}))`,
    { ids: JSON.stringify(chosen.map((each) => each.rawId).filter((id) => id !== "")) },
    { id: "", erpId: "", targetId: "" },
  );
  return new Map(rows.map((row) => [row.id, { erpId: row.erpId, targetId: row.targetId }]));
}

function describe(
  compared: Compared,
  { kind, rejection, erpId }: Chosen,
  known: KnownRow | undefined,
  { values, waitsFor }: Push,
): PlannedRow {
  const row: PlannedRow = { erp_id: erpId || (known?.erpId ?? "") };
  if (known) row.target_id = known.targetId;
  if (rejection) return { ...row, rejection };
  if (known && kind === "rekey") row.was_erp_id = known.erpId;
  if (waitsFor !== "") row.waits_for = waitsFor;
  if (!values) return row;
  const changes = known ? changesOf(compared, known, values) : null;
  return changes ? { ...row, changes } : { ...row, values };
}

function valuesOf({ engine, map, markValues }: Compared, { kind, text }: Chosen): Record<string, MappedValue> | null {
  if (kind === "mark") return markValues(toDbTime(engine.clock()));
  return isAbsent(kind) ? null : map(JSON.parse(text) as Record<string, unknown>).values;
}

function isAbsent(kind: PlannedKind): kind is Absent["action"] {
  return kind === "delete" || kind === "mark" || kind === "keep" || kind === "hold";
}

/** null: there is no record yet, or it was deleted by hand. */
function changesOf(compared: Compared, known: KnownRow, values: Record<string, MappedValue>) {
  return changesIfPushed(compared, known.targetId, values);
}
