import { type AbsentRows, decideAbsent } from "../diff/absent";
import { KnownRows } from "../diff/known";
import type { Upsert } from "../diff/model";
import { diffPartial } from "../diff/partial";
import { diffSnapshot, type Holds, type SnapshotDiff, type StoredRows } from "../diff/snapshot";
import type { FetchedAnswer } from "./answer";
import type { Reading } from "./context";
import { RunFailure } from "./errors";
import { findHolds } from "./holds";
import { hasStoredRows, loadGroups, loadGroupsOf, loadKnown, loadKnownAmong, loadUnsettledGroups } from "./known";
import type { Plan } from "./plan";
import { type Scan, scanSnapshot } from "./scan";
import { earlierSnapshot, mayRemoveLeft, missedBefore } from "./scope";
import { ambiguousRejection, duplicateRejection, type LeftoverRow } from "./snapshot";
import { plainly, type Told } from "./told";
import { VersionCheck } from "./versions";

/** Spool against what is known, as a multiset and then group by group; nothing is written (design, "Diff"). */
export function diff(run: Reading, answer: FetchedAnswer): Plan {
  const { fingerprints } = answer;
  const known = fingerprints ? new KnownRows(loadKnownAmong(run, fingerprints)) : loadKnown(run);
  const scan = scanSnapshot(run, answer, known);
  run.rows.rows_fetched = scan.fetched;
  if (scan.fetched === 0 && answer.complete) refuseEmpty(run);
  const holds = findHolds(run, scan);
  const { on_duplicate: onDuplicate } = run.stream.options.diff;
  const compare = answer.complete ? diffSnapshot<LeftoverRow> : diffPartial<LeftoverRow>;
  const versions = new VersionCheck(run, (upsert) => {
    scan.leftovers.store(upsert);
    run.rows[countOf(upsert)]++;
  });
  const difference = compare(
    { known, groups: scan.leftovers, lastPosition: scan.lastPosition },
    storedRows(run, answer),
    {
      onDuplicate,
      holds,
      onUpsert: (upsert) => versions.pass(upsert),
      onSlice: (done, total) => {
        run.checkpoint();
        run.engine.progress("diff", done, total);
      },
    },
  );
  scan.leftovers.forgetGroups();
  run.rows.rows_unchanged = difference.unchanged + versions.finish();
  run.rows.rows_duplicate = difference.duplicates;
  const rejectionOf = answer.complete ? duplicateRejection : ambiguousRejection(onDuplicate);
  scan.leftovers.rejectAll(difference.rejected, rejectionOf);
  run.rows.rows_invalid += countInvalid(scan, difference, holds);
  if (difference.heldBack > 0) run.notes.push(heldBack(difference.heldBack));
  const earlier = earlierSnapshot(run);
  const { absent, missed, superseded, left, held } = decideAbsent(absentRows(run, difference), {
    onMissing: run.stream.onMissing,
    sameScope: mayRemoveLeft(earlier, answer.scopeHash),
    ...(answer.paged && { missedBefore: missedBefore(run, earlier) }),
    known: known.size,
    maxShrinkPercent: run.stream.options.diff.max_shrink_percent,
    approved: run.allowEmpty,
  });
  run.rows.rows_superseded = superseded;
  run.rows.rows_left = left;
  run.rows.rows_held = held;
  const { leftovers, keyless, fields } = scan;
  return {
    leftovers,
    absent,
    missed,
    keyless,
    complete: answer.complete,
    scopeHash: answer.scopeHash,
    cursor: answer.standing(),
    fields,
  };
}

function heldBack(rows: number): Told {
  return plainly(
    `rows that are no longer sent and kept, because a row in quarantine may be one of them (mend or ignore it): ${rows}`,
  );
}

/** An ERP without any rows is a fault, unless a person says that it is right. */
export function refuseEmpty({ allowEmpty, stream }: Reading): void {
  if (allowEmpty) return;
  throw new RunFailure(
    `the ERP answered with no rows at all; nothing was changed. If that is right: erp sync ${stream.name} --empty`,
    "empty",
  );
}

/** Rows whose date cannot be read are told of once, when they are noted as missing. */
function absentRows(run: Reading, { superseded, left, aged }: SnapshotDiff<LeftoverRow>): AbsentRows {
  const undated = aged.filter(({ why }) => why === "undated").length;
  if (undated > 0 && run.stream.onMissing !== "keep") {
    run.notes.push(
      plainly(
        `rows that are no longer sent and kept, because their ${run.stream.options.diff.window_field} (options.diff.window_field) is blank or no date, so that nobody can tell whether they have left the ERP: ${undated}`,
      ),
    );
  }
  return { superseded, left, aged: aged.map(({ id }) => id) };
}

/** The stored rows as the diff asks for them; a first load asks for none. */
function storedRows(run: Reading, { fromDate }: FetchedAnswer): StoredRows {
  if (!hasStoredRows(run)) return { groupsOf: () => [], unsettledGroups: () => [], rowsOf: () => new Map() };
  return {
    groupsOf: (fingerprints) => loadGroupsOf(run, fingerprints),
    unsettledGroups: () => loadUnsettledGroups(run),
    rowsOf: (groups) => loadGroups(run, groups, fromDate),
  };
}

/** Rows without a raw row come again with every snapshot; those that a person ignored make no run partial. */
function countInvalid({ keyless }: Scan, { rejected }: SnapshotDiff<LeftoverRow>, { ignored }: Holds): number {
  const isOpen = ({ fingerprint }: { fingerprint: string }) => !ignored.has(fingerprint);
  return keyless.marks.filter(isOpen).length + rejected.filter(isOpen).length;
}

function countOf({
  kind,
  row,
}: Upsert): "rows_invalid" | "rows_new" | "rows_touched" | "rows_rekeyed" | "rows_changed" {
  if (!row.valid) return "rows_invalid";
  return kind === "returned" ? "rows_changed" : `rows_${kind}`;
}
