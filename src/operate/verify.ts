import type { Listing } from "../mirror/listing";
import { compareLocally, type Difference, isEqual, type LocalComparison } from "../mirror/local";
import { listPlanned, PLANNED_KINDS, type Planned } from "../mirror/planned";
import { readPlan, runInProgress } from "../mirror/reading";
import { type Repair, Repairer } from "../mirror/repair";
import { comparedOf } from "../mirror/rows";
import type { Engine } from "../sync/engine";
import { RunFailure } from "../sync/errors";
import { ASK_NOTHING_SPECIAL } from "../sync/question";
import { readSettings } from "../sync/settings";
import type { ActionFlag, ActionInput, ActionResult } from "./action";
import { changesText } from "./changes-text";
import { plannedText } from "./dry-run";
import { answerCheckpoint } from "./too-long";
import { windowFlags, windowOf } from "./window";

const SHOWN = { usual: 100, most: 1000 } as const;

export const VERIFY_FLAGS: ActionFlag[] = [
  { name: "local", type: "bool", default: false, help: "compare raw rows and target only, without asking the ERP" },
  { name: "repair", type: "bool", default: false, help: "queue rows whose target record somebody deleted or changed" },
  ...windowFlags(SHOWN.usual, SHOWN.most),
];

/** What an answer of verify says. */
interface Verified {
  stream: string;
  equal: boolean;
  run_in_progress: string;
  /** The ERP against the raw rows, in the words of a run; null with --local. */
  erp: (Planned & { equal: boolean; rows: number }) | null;
  /** The raw rows against the target. */
  target: Omit<LocalComparison, "unowned" | "duplicates"> & { equal: boolean };
  duplicates: LocalComparison["duplicates"];
  unowned: LocalComparison["unowned"];
  repair: Repair | null;
}

/** Compares the ERP, the raw rows and the target, and says of each row that is not equal why. Writes only to repair. */
export function verify(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const compared = comparedOf(engine, stream);
  const window = windowOf(input.flags, SHOWN.most);
  const checkpoint = answerCheckpoint(engine, input, `erp verify ${stream.name}`);
  const running = runInProgress(engine, stream.name);
  const erp =
    input.flags.local === true
      ? null
      : readPlan(
          engine,
          stream,
          { allowEmpty: false, ask: { ...ASK_NOTHING_SPECIAL, full: true }, checkpoint },
          (plan, { rows, notes }) => {
            if (!plan.complete) throw new RunFailure(notes.map((note) => note.full).join("; "), "fetch");
            const planned = listPlanned(compared, plan, window);
            return { equal: isSame(planned), rows: rows.rows_fetched, ...planned };
          },
        );
  const repair = input.flags.repair === true ? new Repairer(compared) : null;
  const found = compareLocally(compared, {
    window,
    checkpoint,
    onMendable: (rawIds) => repair?.mend(rawIds),
  });
  const { unowned, duplicates, ...target } = found;
  const equal = isEqual(found) && (erp?.equal ?? true);
  const data: Verified = {
    stream: stream.name,
    equal,
    run_in_progress: running,
    erp,
    target: { equal: isEqual(found), ...target },
    duplicates,
    unowned,
    repair: repair?.done ?? null,
  };
  const result: ActionResult = { ok: true, data, lines: linesOf(data) };
  return equal ? result : { ...result, exitCode: 1 };
}

function isSame(planned: Planned): boolean {
  return PLANNED_KINDS.every((kind) => planned[kind].count === 0);
}

function linesOf(data: Verified): string[] {
  const { stream, target, unowned, duplicates } = data;
  const lines = [`${stream}: ${data.equal ? "equal" : "NOT equal"}`];
  if (data.erp) lines.push(...erpLines(stream, data.erp));
  const { missing, extra, different } = target;
  lines.push(
    `target: ${target.rows} rows, ${target.matching} equal, ${target.kept} kept, ${missing.count} missing, ${extra.count} extra, ${different.count} different`,
  );
  if (duplicates.count > 0) lines.push(`${duplicates.count} rows share their key with another row`);
  if (unowned.count > 0)
    lines.push(`${unowned.count} records of the target belong to no row; the sync never touches them`);
  lines.push(...repairLines(data));
  if (data.run_in_progress !== "") {
    lines.push(`run ${data.run_in_progress} is in progress: what it changes meanwhile may show here`);
  }
  lines.push(...differenceLines("missing", missing), ...differenceLines("extra", extra));
  lines.push(...differenceLines("different", different));
  lines.push(...listLines("unowned", unowned, (each) => `${each.target_id}${twinText(each.same_as)}`));
  lines.push(...listLines("duplicates", duplicates, (each) => each.erp_id));
  return lines;
}

function erpLines(stream: string, erp: NonNullable<Verified["erp"]>): string[] {
  if (erp.equal) return [`ERP: ${erp.rows} rows, all of them stored as they are`];
  return [`ERP: ${erp.rows} rows; a run would ${plannedText(erp)}: erp sync ${stream}`];
}

function repairLines({ stream, target, repair }: Verified): string[] {
  if (!repair) {
    return target.mendable > 0 ? [`${target.mendable} can be pushed again: erp verify ${stream} --repair`] : [];
  }
  const lines = [`repair: ${repair.queued} rows queued; the worker pushes them within a minute`];
  if (repair.busy)
    lines.push("repair: a run is in progress; rows it kept from being queued are found by the next verify");
  return lines;
}

function differenceLines(title: string, listing: Listing<Difference>): string[] {
  return listLines(title, listing, ({ erp_id, state, changes }) => {
    const fields =
      (state.code === "waits" || state.code === "dead") && changes.length > 0 ? ` (${changesText(changes)})` : "";
    return `${erp_id}: ${state.sentence}${fields}`;
  });
}

function listLines<T>(title: string, { count, items }: Listing<T>, text: (item: T) => string): string[] {
  if (items.length === 0) return [];
  const heading = count > items.length ? `${title} (${items.length} of ${count}):` : `${title}:`;
  return ["", heading, ...items.map((item) => `  ${text(item)}`)];
}

function twinText(erpId: string): string {
  return erpId === "" ? "" : `, with the content of ${erpId}`;
}
