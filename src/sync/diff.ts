import { decideAbsent } from "../diff/absent";
import { KnownRows } from "../diff/known";
import type { Upsert } from "../diff/model";
import { diffSnapshot, type Holds, type SnapshotDiff, type StoredRows } from "../diff/snapshot";
import type { Reading } from "./context";
import { RunFailure } from "./errors";
import type { FetchedAnswer } from "./fetch";
import { findHolds } from "./holds";
import { hasStoredRows, loadFingerprints, loadGroups, loadGroupsOf, loadUnsettledGroups } from "./known";
import type { Plan } from "./plan";
import { type Scan, scanSnapshot } from "./scan";
import { mayRemoveLeft } from "./scope";
import { duplicateRejection, type LeftoverRow } from "./snapshot";

/** Spool against what is known, as a multiset and then group by group; nothing is written (design, "Diff"). */
export function diff(run: Reading, answer: FetchedAnswer): Plan {
  const known = new KnownRows(loadFingerprints(run));
  const scan = scanSnapshot(run, answer, known);
  run.rows.rows_fetched = scan.fetched;
  if (scan.fetched === 0 && !run.allowEmpty) {
    throw new RunFailure(
      `the ERP answered with no rows at all; nothing was changed. If that is right: erp sync ${run.stream.name} --empty`,
      "empty",
    );
  }
  const holds = findHolds(run, scan);
  const difference = diffSnapshot({ known, groups: scan.groups, lastPosition: scan.lastPosition }, storedRows(run), {
    onDuplicate: run.stream.options.diff.on_duplicate,
    holds,
    onSlice: (done, total) => {
      run.checkpoint();
      run.engine.progress("diff", done, total);
    },
  });
  fillSteps(scan, difference);
  countRows(run, difference);
  run.rows.rows_invalid += countInvalid(scan, difference, holds);
  const { absent, left, held } = decideAbsent(difference.superseded, difference.left, {
    onMissing: run.stream.onMissing,
    sameScope: mayRemoveLeft(run, answer.scopeHash),
    known: known.size,
    maxShrinkPercent: run.stream.options.diff.max_shrink_percent,
    approved: run.allowEmpty,
  });
  run.rows.rows_superseded = difference.superseded.length;
  run.rows.rows_left = left;
  run.rows.rows_held = held;
  const { leftovers, steps, keyless } = scan;
  return { leftovers, steps, absent, keyless, scopeHash: answer.scopeHash };
}

/** The stored rows as the diff asks for them; a first load asks for none. */
function storedRows(run: Reading): StoredRows {
  if (!hasStoredRows(run)) return { groupsOf: () => [], unsettledGroups: () => [], rowsOf: () => new Map() };
  return {
    groupsOf: (fingerprints) => loadGroupsOf(run, fingerprints),
    unsettledGroups: () => loadUnsettledGroups(run),
    rowsOf: (groups) => loadGroups(run, groups),
  };
}

/** Every leftover begins as dropped; what it becomes stands at its place among the texts in the spool. */
function fillSteps({ steps }: Scan, { upserts, rejected }: SnapshotDiff<LeftoverRow>): void {
  for (const upsert of upserts) steps[upsert.row.seq] = { kind: "upsert", upsert, row: upsert.row };
  for (const row of rejected) {
    steps[row.seq] = {
      kind: "reject",
      erpId: row.key,
      fingerprint: row.fingerprint,
      rejection: duplicateRejection(row.key),
    };
  }
}

function countRows(run: Reading, { upserts, unchanged, duplicates }: SnapshotDiff<LeftoverRow>): void {
  const { rows } = run;
  rows.rows_unchanged = unchanged;
  rows.rows_duplicate = duplicates;
  for (const upsert of upserts) rows[countOf(upsert)]++;
}

/** Rows without a raw row come again with every snapshot; those that a person ignored make no run partial. */
function countInvalid({ keyless }: Scan, { rejected }: SnapshotDiff<LeftoverRow>, { ignored }: Holds): number {
  const isOpen = ({ fingerprint }: { fingerprint: string }) => !ignored.has(fingerprint);
  return keyless.filter(isOpen).length + rejected.filter(isOpen).length;
}

function countOf({
  kind,
  row,
}: Upsert): "rows_invalid" | "rows_new" | "rows_touched" | "rows_rekeyed" | "rows_changed" {
  if (!row.valid) return "rows_invalid";
  return kind === "returned" ? "rows_changed" : `rows_${kind}`;
}
