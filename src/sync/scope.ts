import type { Reading } from "./context";

/**
 * Left rows are only deleted or marked when the newest earlier run that ingested asked for the very same thing: a new
 * URL or from_date makes rows disappear that are still in the ERP (design, "Guard").
 */
export function mayRemoveLeft(run: Reading, scopeHash: string): boolean {
  const previous = run.engine.store.one(
    `SELECT scope_hash AS scope FROM sync_runs
      WHERE stream = {:stream} AND ingested_at <> '' ORDER BY started_at DESC LIMIT 1`,
    { stream: run.stream.name },
    { scope: "" },
  );
  return previous?.scope === scopeHash;
}
