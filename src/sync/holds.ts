import type { Holds } from "../diff/snapshot";
import type { Reading } from "./context";
import type { Scan } from "./scan";

/**
 * A row that was rejected before its key was known, or that is new and cannot be mapped, may be the successor of a row
 * that seems to be gone: it holds its group back until it is mended or ignored (design, "Guard").
 */
export function findHolds(run: Reading, scan: Scan): Holds {
  const { store } = run.engine;
  const stream = run.stream.name;
  const waiting = store.all(
    `SELECT DISTINCT r.id AS id FROM failed_records f JOIN erp_raw_data r ON r.id = f.raw_row
      WHERE f.stream = {:stream} AND f.resolved_at = '' AND f.ignored_at = '' AND r.pushed_hash = '' AND r.missing_since = ''`,
    { stream },
    { id: "" },
  );
  const ignored = store.all(
    `SELECT DISTINCT fingerprint AS fingerprint FROM failed_records
      WHERE stream = {:stream} AND resolved_at = '' AND ignored_at <> '' AND raw_row = ''`,
    { stream },
    { fingerprint: "" },
  );
  const holds: Holds = {
    all: false,
    groups: new Set(),
    waiting: new Set(waiting.map((row) => row.id)),
    ignored: new Set(ignored.map((row) => row.fingerprint)),
  };
  for (const row of scan.keyless.marks) {
    if (holds.ignored.has(row.fingerprint)) continue;
    if (row.group === "") holds.all = true;
    else holds.groups.add(row.group);
  }
  return holds;
}
