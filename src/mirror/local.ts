import { baseOf } from "../diff/keys";
import type { TargetChange } from "../sync/ports";
import { readDetails } from "./details";
import { Listing, type Window } from "./listing";
import { type Looked, lookClosely } from "./look";
import { type Compared, type MirrorRow, readPage } from "./rows";
import { type RowState, rowState } from "./state";
import { listUnowned, type UnownedRecord } from "./unowned";
import { isMendable, type Verdict, verdictOf } from "./verdict";

/** Rows in memory at a time. */
const PAGE_ROWS = 1000;

/** A row whose target record is not what the row says. */
export interface Difference {
  erp_id: string;
  target_id: string;
  state: RowState;
  /** What pushing the row would change, as far as that is known. */
  changes: TargetChange[];
}

/** Raw rows against target records, one to one by the records that the rows own. */
export interface LocalComparison {
  rows: number;
  matching: number;
  /** Left rows that stay in the target, and rows whose quarantine a person chose to ignore. */
  kept: number;
  missing: Listing<Difference>;
  extra: Listing<Difference>;
  different: Listing<Difference>;
  /** Rows that pushing again would mend. */
  mendable: number;
  /** Rows that share their key with another one. */
  duplicates: Listing<{ erp_id: string; key: string }>;
  /** Records of the target that no raw row owns. */
  unowned: Listing<UnownedRecord>;
}

export interface LocalOptions {
  window: Window;
  /** Called with the rows of a page that pushing again would mend. */
  onMendable?(rawIds: string[]): void;
  /** Throws to stop. */
  checkpoint(): void;
}

/** Compares page by page, in the order of erp_id; nothing is written and memory stays flat. */
export function compareLocally(compared: Compared, options: LocalOptions): LocalComparison {
  const found = emptyComparison(options.window);
  for (let after = ""; ; ) {
    options.checkpoint();
    const page = readPage(compared, after, PAGE_ROWS);
    const last = page[page.length - 1];
    if (!last) break;
    after = last.erpId;
    comparePage(compared, page, found, options);
    compared.engine.progress("verify", found.rows, 0);
  }
  options.checkpoint();
  listUnowned(compared, options.window, found.unowned);
  return found;
}

function emptyComparison(window: Window): LocalComparison {
  return {
    rows: 0,
    matching: 0,
    kept: 0,
    missing: new Listing(window),
    extra: new Listing(window),
    different: new Listing(window),
    mendable: 0,
    duplicates: new Listing(window),
    unowned: new Listing(window),
  };
}

function comparePage(compared: Compared, page: MirrorRow[], found: LocalComparison, options: LocalOptions): void {
  const shown: Looked[] = [];
  const mendable: string[] = [];
  for (const looked of judgePage(compared, page)) {
    found.rows++;
    countDuplicate(looked.row, found);
    const listing = listingOf(found, looked.verdict);
    if (listing?.counts()) shown.push(looked);
    if (isMendable(looked.verdict)) mendable.push(looked.row.rawId);
  }
  show(compared, shown, found);
  found.mendable += mendable.length;
  if (mendable.length > 0) options.onMendable?.(mendable);
}

/** Hashes decide; only the few rows they cannot decide are looked at value by value. */
function judgePage(compared: Compared, page: MirrorRow[]): Looked[] {
  const verdicts = page.map((row) => verdictOf(row, compared));
  const unclear = page.filter((_, at) => verdicts[at]?.kind === "look");
  const closer = new Map<string, Looked>();
  for (const looked of lookClosely(compared, unclear)) closer.set(looked.row.rawId, looked);
  return page.map((row, at) => {
    const verdict = verdicts[at] as Verdict;
    return closer.get(row.rawId) ?? { row, verdict, changes: [] };
  });
}

function countDuplicate(row: MirrorRow, found: LocalComparison): void {
  const key = baseOf(row.erpId);
  if (key === row.erpId || row.missingSince !== "") return;
  if (found.duplicates.counts()) found.duplicates.items.push({ erp_id: row.erpId, key });
}

function listingOf(found: LocalComparison, verdict: Verdict): Listing<Difference> | null {
  switch (verdict.kind) {
    case "equal":
      found.matching++;
      return null;
    case "kept":
      found.kept++;
      return null;
    case "look":
      return null;
    default:
      return found[verdict.kind];
  }
}

/** The rows that are listed get their fields and their sentence. */
function show(compared: Compared, shown: Looked[], found: LocalComparison): void {
  if (shown.length === 0) return;
  const rows = shown.map((looked) => looked.row);
  const details = readDetails(
    compared.engine.store,
    rows.map((row) => row.rawId),
  );
  for (const looked of lookClosely(compared, rows)) {
    const { row, verdict, changes } = looked;
    const difference: Difference = {
      erp_id: row.erpId,
      target_id: row.targetId,
      state: rowState(looked, details.get(row.rawId), compared.stream),
      changes,
    };
    listingFor(found, verdict)?.items.push(difference);
  }
}

function listingFor(found: LocalComparison, verdict: Verdict): Listing<Difference> | null {
  if (verdict.kind === "missing" || verdict.kind === "extra" || verdict.kind === "different")
    return found[verdict.kind];
  return null;
}

/** True when each row's record is what the row says. Unowned records are nobody's row and do not count. */
export function isEqual({ missing, extra, different }: LocalComparison): boolean {
  return missing.count + extra.count + different.count === 0;
}
