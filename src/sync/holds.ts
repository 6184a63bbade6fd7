import type { RunContext } from "./context";
import type { Scan } from "./scan";

/** Groups whose superseded and left rows must stay, because a row of theirs cannot be read yet. */
export interface Holds {
  all: boolean;
  /** Groups of rows whose key cannot be read. */
  groups: Set<string>;
  /** Raw rows that never reached the target because they cannot be mapped. */
  rawIds: Set<string>;
  /** False when the stream has no raw rows at all, so that a first load looks nothing up. */
  hasRows: boolean;
}

/**
 * A row that was rejected before its key was known, or that is new and cannot be mapped, may be the successor of a row
 * that seems to be gone: it holds its group back until it is mended or ignored (design, "Guard").
 */
export function findHolds(run: RunContext, scan: Scan): Holds {
  const { store } = run.engine;
  const stream = run.stream.name;
  const ignored = ignoredTexts(run);
  const unread = scan.keyless.filter((row) => !ignored.has(row.text)).map((row) => row.group);
  const waiting = store.all(
    `SELECT DISTINCT r.id AS id FROM failed_records f JOIN erp_raw_data r ON r.id = f.raw_row
      WHERE f.stream = {:stream} AND f.resolved_at = '' AND f.ignored_at = '' AND r.pushed_hash = '' AND r.missing_since = ''`,
    { stream },
    { id: "" },
  );
  const any = store.one(
    "SELECT count(*) AS n FROM (SELECT 1 FROM erp_raw_data WHERE stream = {:stream} LIMIT 1)",
    { stream },
    { n: 0 },
  );
  return {
    all: unread.includes(""),
    groups: new Set(unread),
    rawIds: new Set(waiting.map((row) => row.id)),
    hasRows: (any?.n ?? 0) > 0,
  };
}

function ignoredTexts(run: RunContext): Set<string> {
  const rows = run.engine.store.all(
    `SELECT COALESCE(raw_data, '') AS text FROM failed_records
      WHERE stream = {:stream} AND resolved_at = '' AND ignored_at <> '' AND raw_row = ''`,
    { stream: run.stream.name },
    { text: "" },
  );
  return new Set(rows.map((row) => row.text));
}
