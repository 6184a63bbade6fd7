import { waitForParents } from "../queue/wait";
import type { Work } from "./heal";
import { findParents, type Parent, whyMissing } from "./parents";
import type { Db } from "./ports";
import type { Prepared } from "./prepare";
import { quarantine } from "./quarantine";

/**
 * Puts the ids of their parents' records into the rows that are to be written, in the transaction that writes them, so
 * that no parent can go in between. Returns the rows whose parent is not there.
 */
export function giveParents(tx: Db, parent: Parent | null, prepared: Prepared[]): Set<Prepared> {
  const orphans = new Set<Prepared>();
  if (!parent) return orphans;
  const children = prepared.filter((one) => one.parentKey !== "");
  const ids = findParents(
    tx,
    parent,
    children.map((one) => one.parentKey),
  );
  for (const child of children) {
    const id = ids.get(child.parentKey);
    if (id === undefined) orphans.add(child);
    // The key stays beside it: after a refusal the same rows are tried again in halves.
    else if (child.write?.values) child.write.values[parent.field] = id;
  }
  return orphans;
}

/** Remembers which parents the target was told of, for heal to compare. */
export function rememberParents(tx: Db, written: Prepared[]): void {
  const rows = written.map(({ job, parentKey }) => [job.rawId, parentKey]);
  tx.run(
    `UPDATE erp_raw_data SET parent_key = c.key
       FROM (SELECT value ->> 0 AS raw, value ->> 1 AS key FROM jsonb_each({:rows})) AS c
      WHERE id = c.raw AND parent_key <> c.key`,
    { rows: JSON.stringify(rows) },
  );
}

/** Rows without a parent wait for it (002); after too long they are in quarantine, where a person sees them. */
export function waitAll({ engine, stream, runId }: Work, tx: Db, parent: Parent, orphans: Prepared[]): void {
  const nowMs = engine.clock();
  const why = whyMissing(
    tx,
    parent,
    orphans.map((one) => one.parentKey),
  );
  const waiting = orphans.map(({ job, parentKey: key, write }) => ({
    jobId: job.id,
    rawId: job.rawId,
    erpId: job.erpId,
    rawText: job.payload,
    mapped: write?.values ?? {},
    retryCount: job.retryCount,
    key,
    message: `waits for its parent: stream "${parent.stream}" has no record for the key "${key}" (${why(key)})`,
  }));
  const jitter = engine.random();
  const givenUp = waitForParents(tx, { stream: stream.name, run: runId, nowMs, jitter }, waiting);
  quarantine(
    tx,
    { stream: stream.name, run: runId, nowMs },
    givenUp.map(({ key, message, ...job }) => ({
      ...job,
      fingerprint: "",
      rejection: {
        stage: "push",
        type: "parent_missing",
        message,
        field: parent.field,
        value: key,
        expected: `an erp_id of stream "${parent.stream}"`,
      },
    })),
  );
}
