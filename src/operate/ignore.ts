import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db } from "../sync/ports";
import { type ActionInput, type ActionResult, BadOption, UnknownRecord } from "./action";

export function findFailed(db: Db, id: string): { stream: string; resolvedAt: string } | undefined {
  return db.one(
    "SELECT stream AS stream, resolved_at AS resolvedAt FROM failed_records WHERE id = {:id}",
    { id },
    { stream: "", resolvedAt: "" },
  );
}

/**
 * Lets a row of the quarantine be: it no longer holds its group back and makes no run partial, for as long as the ERP
 * sends the same text. With --undo it waits in quarantine again.
 */
export function ignore(engine: Engine, { stream, id, flags, by }: ActionInput): ActionResult {
  if (id === "") throw new BadOption("name the record of failed_records");
  const record = findFailed(engine.store, id);
  if (!record || record.stream !== stream) throw new UnknownRecord("failed_records", id);
  const ignored = flags.undo !== true;
  const written = engine.store.run(
    "UPDATE failed_records SET ignored_at = {:at} WHERE id = {:id} AND resolved_at = ''",
    { id, at: ignored ? toDbTime(engine.clock()) : "" },
  );
  if (written === 0)
    throw new BadOption(`record ${id} is closed since ${record.resolvedAt}; there is nothing to ignore`);
  engine.log.info(ignored ? "row ignored" : "row no longer ignored", { stream, record: id, by });
  const line = ignored ? "is ignored until the ERP sends another text for it" : "waits in quarantine again";
  return { ok: true, data: { stream, record: id, ignored }, lines: [`${stream}: ${id} ${line}`] };
}
