import { fromDbTime } from "./clock";
import type { Reading } from "./context";

/** The newest earlier run, by rowid as a clock may have been ahead, that brought a complete snapshot; other fetches store no scope. */
export interface EarlierSnapshot {
  runId: string;
  scope: string;
  /** ms */
  startedAt: number;
}

/** An archived answer is compared with the snapshot before its own: read twice, it is still one proof, not two. */
export function earlierSnapshot(run: Reading): EarlierSnapshot | undefined {
  const row = run.engine.store.one(
    `SELECT id AS runId, scope_hash AS scope, started_at AS startedAt FROM sync_runs
      WHERE stream = {:stream} AND ingested_at <> '' AND scope_hash <> ''
        AND ({:archived} = '' OR rowid < (SELECT a.rowid FROM sync_runs a WHERE a.id = {:archived}))
      ORDER BY rowid DESC LIMIT 1`,
    { stream: run.stream.name, archived: run.ask.archived?.runId ?? "" },
    { runId: "", scope: "", startedAt: "" },
  );
  return row && { runId: row.runId, scope: row.scope, startedAt: fromDbTime(row.startedAt) };
}

/**
 * Left rows are only deleted or marked when the snapshot before asked for the very same thing: a new URL or from_date
 * makes rows disappear that are still in the ERP (design, "Guard").
 */
export function mayRemoveLeft(earlier: EarlierSnapshot | undefined, scopeHash: string): boolean {
  return scopeHash !== "" && earlier?.scope === scopeHash;
}

/**
 * Whether the snapshot before missed a row too. Rows of a paged source move between pages while these are read, so one
 * snapshot alone is no proof there.
 */
export function missedBefore(run: Reading, earlier: EarlierSnapshot | undefined): (rawId: string) => boolean {
  const rows = run.engine.store.all(
    "SELECT id AS id FROM erp_raw_data WHERE stream = {:stream} AND missed_by <> '' AND missed_by = {:run}",
    { stream: run.stream.name, run: earlier?.runId ?? "" },
    { id: "" },
  );
  const missed = new Set(rows.map((row) => row.id));
  return (rawId: string) => missed.has(rawId);
}
