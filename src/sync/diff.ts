import { settleDuplicates } from "../diff/duplicates";
import { diffGroup, type KnownRow } from "../diff/group";
import { shrinksTooMuch } from "../diff/guard";
import { KnownRows } from "../diff/known";
import type { RunContext } from "./context";
import { RunFailure } from "./errors";
import type { FetchedAnswer } from "./fetch";
import { findHolds, type Holds } from "./holds";
import { loadFingerprints, loadGroups, loadGroupsOf, type StoredRow } from "./known";
import type { Absent, Plan, Step } from "./plan";
import { type Scan, scanSnapshot } from "./scan";
import { mayRemoveLeft } from "./scope";
import { duplicateRejection, type LeftoverRow } from "./snapshot";

/** How many groups are compared at a time. */
const GROUPS_AT_ONCE = 500;

/** Spool against what is known, as a multiset and then group by group; nothing is written (design, "Diff"). */
export function diff(run: RunContext, answer: FetchedAnswer): Plan {
  const known = new KnownRows(loadFingerprints(run));
  const scan = scanSnapshot(run, answer, known);
  run.rows.rows_fetched = scan.fetched;
  if (scan.fetched === 0 && !run.allowEmpty) {
    throw new RunFailure(
      "the ERP answered with no rows at all; nothing was changed. If that is right, run it once more with --empty",
      "empty",
    );
  }
  return compare(run, answer, known, scan);
}

interface Comparison {
  steps: Step[];
  superseded: string[];
  left: string[];
}

function compare(run: RunContext, answer: FetchedAnswer, known: KnownRows, scan: Scan): Plan {
  const holds = findHolds(run, scan);
  const result: Comparison = { steps: scan.steps, superseded: [], left: [] };
  const names = new Set(scan.groups.keys());
  for (const group of loadGroupsOf(run, known.remainingFingerprints())) names.add(group);
  const groups = Array.from(names).sort();
  for (let at = 0; at < groups.length; at += GROUPS_AT_ONCE) {
    run.checkpoint();
    run.engine.progress("diff", at, groups.length);
    const some = groups.slice(at, at + GROUPS_AT_ONCE);
    const stored = known.size === 0 && !holds.hasRows ? new Map<string, StoredRow[]>() : loadGroups(run, some);
    for (const group of some) compareGroup(run, group, stored.get(group) ?? [], known, scan, holds, result);
  }
  run.rows.rows_unchanged += known.size - known.remaining;
  const absent = decideAbsent(run, answer, known.size, result);
  return { leftovers: scan.leftovers, steps: result.steps, absent, keyless: scan.keyless, scopeHash: answer.scopeHash };
}

function compareGroup(
  run: RunContext,
  group: string,
  stored: StoredRow[],
  known: KnownRows,
  scan: Scan,
  holds: Holds,
  result: Comparison,
): void {
  const rows = scan.groups.get(group) ?? [];
  const matched = markMatched(stored, known, scan);
  const settled = settleDuplicates(matched, rows, run.stream.options.diff.on_duplicate);
  for (const row of settled.dropped) setStep(result, row, { kind: "drop" });
  for (const row of settled.rejected) {
    setStep(result, row, { kind: "reject", erpId: row.key, rejection: duplicateRejection(row.key) });
  }
  run.rows.rows_unchanged -= count(matched) - count(settled.known);
  run.rows.rows_duplicate += settled.dropped.length + settled.rejected.length;
  run.rows.rows_invalid += settled.rejected.length;

  const difference = diffGroup(settled.known, settled.rows);
  run.rows.rows_duplicate += difference.duplicates;
  const broken = new Set<string>();
  for (const upsert of difference.upserts) {
    const row = upsert.row as LeftoverRow;
    setStep(result, row, { kind: "upsert", upsert, row });
    if (!row.valid) broken.add(upsert.rawId);
    countUpsert(run, upsert.kind, row.valid);
  }
  if (settled.rejected.length > 0 || isHeldBack(group, settled.known, broken, holds)) return;
  for (const raw of difference.superseded) result.superseded.push(raw.id);
  for (const raw of difference.left) result.left.push(raw.id);
}

/** A row of the group that never reached the target and still cannot may be the successor of one that seems gone. */
function isHeldBack(group: string, known: KnownRow[], broken: Set<string>, holds: Holds): boolean {
  if (holds.all || holds.groups.has(group) || broken.has("")) return true;
  return known.some((raw) => holds.rawIds.has(raw.id) && (raw.matched || broken.has(raw.id)));
}

/** Live rows whose text the snapshot has; of equal texts the first ones. */
function markMatched(stored: StoredRow[], known: KnownRows, scan: Scan): KnownRow[] {
  const unconsumed = new Map<string, number>();
  const marked: KnownRow[] = [];
  for (let at = stored.length - 1; at >= 0; at--) {
    const raw = stored[at] as StoredRow;
    const open = unconsumed.get(raw.fingerprint) ?? known.remainingOf(raw.fingerprint);
    const matched = !raw.missing && open === 0;
    if (!raw.missing && open > 0) unconsumed.set(raw.fingerprint, open - 1);
    const position = matched ? scan.lastPosition?.get(raw.fingerprint) : undefined;
    marked.push(position === undefined ? { ...raw, matched } : { ...raw, matched, position });
  }
  return marked;
}

function setStep(result: Comparison, row: { position: number }, step: Step): void {
  result.steps[(row as LeftoverRow).seq] = step;
}

function count(rows: KnownRow[]): number {
  return rows.reduce((sum, row) => sum + (row.matched ? 1 : 0), 0);
}

function countUpsert(run: RunContext, kind: string, valid: boolean): void {
  if (!valid) run.rows.rows_invalid++;
  else if (kind === "new") run.rows.rows_new++;
  else if (kind === "touched") run.rows.rows_touched++;
  else if (kind === "rekeyed") run.rows.rows_rekeyed++;
  else run.rows.rows_changed++;
}

/** Superseded rows go; left rows by on_missing; too many deletes at once wait for a person (design, "Guard"). */
function decideAbsent(run: RunContext, answer: FetchedAnswer, knownCount: number, result: Comparison): Absent[] {
  const { on_missing, options } = { on_missing: run.stream.onMissing, options: run.stream.options };
  const left = on_missing === "keep" || mayRemoveLeft(run, answer.scopeHash) ? result.left : [];
  const deletes = result.superseded.length + (on_missing === "delete" ? left.length : 0);
  const hold = !run.allowEmpty && shrinksTooMuch(deletes, knownCount, options.diff.max_shrink_percent);
  run.rows.rows_superseded = result.superseded.length;
  run.rows.rows_left = left.length;
  run.rows.rows_held = hold ? deletes : 0;
  const remove = hold ? "hold" : "delete";
  const absent: Absent[] = result.superseded.map((rawId) => ({ rawId, action: remove }));
  for (const rawId of left) absent.push({ rawId, action: on_missing === "delete" ? remove : on_missing });
  return absent;
}
