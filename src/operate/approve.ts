import { enqueueRows } from "../queue/enqueue";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Work } from "../sync/heal";
import { fence } from "../sync/lease";
import { readSettings } from "../sync/settings";
import { underLease } from "../sync/under-lease";
import { type ActionInput, type ActionResult, BadOption } from "./action";
import { busy } from "./busy";
import { findRun } from "./runs";

const AT_ONCE = 1000;

/**
 * Releases deletes that were held because they were too many: exactly those of one run that the ERP still misses; a row
 * that came back is no longer held. The worker deletes them at its next tick.
 */
export function approveDeletes(engine: Engine, input: ActionInput): ActionResult {
  const stream = readSettings(engine.store, input.stream);
  const run = input.id || newestHoldingRun(engine, stream.name);
  if (run === "") return { ok: true, data: { approved: 0 }, lines: [`${stream.name}: no deletes are held`] };
  const done = underLease(engine, stream, true, (work) => {
    if (findRun(engine.store, run)?.stream !== stream.name) {
      throw new BadOption(`run: stream "${stream.name}" has no run "${run}"; erp runs ${stream.name} lists them`);
    }
    return release(work, run, input.by);
  });
  if (!done) return busy(stream.name);
  const holding = done.result === 0 ? newestHoldingRun(engine, stream.name) : "";
  if (holding !== "") {
    const message = `run ${run} holds no deletes; run ${holding} does: erp approve-deletes ${stream.name} ${holding}`;
    return { ok: true, data: { approved: 0, run, held_by: holding }, lines: [`${stream.name}: ${message}`] };
  }
  return {
    ok: true,
    data: { approved: done.result, run },
    lines: [`${stream.name}: ${done.result} deletes of run ${run} approved and queued`],
  };
}

function release(work: Work, run: string, by: string): number {
  for (let approved = 0; ; ) {
    work.checkpoint();
    const some = releaseSome(work, run, by);
    approved += some;
    if (some < AT_ONCE) return approved;
  }
}

function releaseSome({ engine, stream, lease }: Work, run: string, by: string): number {
  return engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    const now = toDbTime(engine.clock());
    const rows = tx.returning(
      `UPDATE erp_raw_data SET mapped_hash = '', held_by = '' WHERE id IN (
         SELECT id FROM erp_raw_data WHERE stream = {:stream} AND held_by = {:run} AND missing_since <> '' LIMIT {:limit})
       RETURNING id`,
      { stream: stream.name, run, limit: AT_ONCE },
      { id: "" },
    );
    const ids = rows.map((row) => row.id);
    enqueueRows(tx, { stream: stream.name, run, now }, ids);
    tx.run("UPDATE sync_runs SET approved_at = {:now}, approved_by = {:by} WHERE id = {:run}", { now, by, run });
    return ids.length;
  });
}

function newestHoldingRun(engine: Engine, stream: string): string {
  const row = engine.store.one(
    `SELECT s.id AS id FROM sync_runs s WHERE s.stream = {:stream}
        AND EXISTS (SELECT 1 FROM erp_raw_data r WHERE r.stream = {:stream} AND r.held_by = s.id)
      ORDER BY s.started_at DESC LIMIT 1`,
    { stream },
    { id: "" },
  );
  return row?.id ?? "";
}
