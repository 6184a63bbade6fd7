import { rowsToWake, wakeRows } from "../queue/wait";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import type { Work } from "./heal";
import { fence } from "./lease";
import { findParent, parentIsThere } from "./parents";
import type { Db, Params } from "./ports";
import { quoted } from "./target-id";

const AT_ONCE = 1000;

/** Which raw rows waited for another stream and need not any more; each gives their ids. */
interface Question {
  sql: string;
  params: Params;
}

/**
 * Rows that waited for a parent which is there now, and parents that could not be deleted for their children, are due at
 * once, also those that were given up. Asked of the database by each run and tick: a message between two streams could
 * be lost. Returns how many.
 */
export function wake(work: Work): number {
  const { engine, stream, lease } = work;
  let woken = 0;
  for (const { sql, params } of questions(engine.store, stream)) {
    for (;;) {
      work.checkpoint();
      const rows = engine.store.all(`${sql} LIMIT {:limit}`, { ...params, limit: AT_ONCE }, { id: "" });
      if (rows.length === 0) break;
      const ids = rows.map((row) => row.id);
      engine.store.transaction((tx) => {
        fence(engine, tx, lease);
        wakeRows(tx, engine.clock(), ids);
      });
      woken += rows.length;
    }
  }
  return woken;
}

/** Whether there is anybody to wake. */
export function hasRowsToWake({ store }: Engine, stream: Stream): boolean {
  return questions(store, stream).some(
    ({ sql, params }) => store.one(`SELECT EXISTS (${sql}) AS found`, params, { found: 0 })?.found === 1,
  );
}

function questions(db: Db, stream: Stream): Question[] {
  const asked = childrenOf(db, stream.name).map((child) => ({
    sql: blockedBy(child),
    params: { stream: stream.name, because: `%(${child.target} collection)%` },
  }));
  const parent = findParent(db, stream);
  if (!parent) return asked;
  const params = { stream: stream.name, parent: parent.stream };
  return [...asked, { sql: rowsToWake(parentIsThere(parent, "j.waits_for")), params }];
}

interface Child {
  [column: string]: string;
  target: string;
  field: string;
}

/** Of children whose collection or field is gone nothing can be asked; their own runs tell that. */
function childrenOf(db: Db, stream: string): Child[] {
  return db.all<Child>(
    `SELECT c.target_collection AS target, f.name AS field
       FROM sync_settings c JOIN pragma_table_info(c.target_collection) f ON f.name = c.options ->> '$.parent.field'
      WHERE c.options ->> '$.parent.stream' = {:stream}`,
    { stream },
    { target: "", field: "" },
  );
}

/** Deletes that PocketBase refused because of a required relation of this child, and that nothing of it stops any more. */
function blockedBy({ target, field }: Child): string {
  return `SELECT DISTINCT j.payload_ref AS id FROM job_queue j JOIN erp_raw_data r ON r.id = j.payload_ref
    WHERE j.stream = {:stream} AND j.status = 'dead' AND j.last_error LIKE {:because}
      AND r.mapped_hash = '' AND r.pushed_hash <> ''
      AND NOT EXISTS (SELECT 1 FROM ${quoted(target)} c WHERE c.${quoted(field)} = r.target_id)
      AND NOT EXISTS (SELECT 1 FROM job_queue o
                       WHERE o.payload_ref = j.payload_ref AND o.status IN ('queued', 'processing', 'failed'))`;
}
