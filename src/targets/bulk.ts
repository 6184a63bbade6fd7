import { toDbTime } from "../sync/clock";
import { coerceError, hopeFor, isDatabaseFault, NOT_UNIQUE, TargetRefusal } from "../sync/errors";
import type { Db, TargetChange, TargetOutcome, TargetWrite } from "../sync/ports";
import { quoted } from "../sync/target-id";
import type { TargetShape } from "./shape";
import { StoredReader, type StoredValues } from "./stored";

/**
 * Writes a whole batch of records with a few statements. Columns end up as PocketBase would have written them; hooks of
 * other people do not run, and realtime subscribers get one message for the batch (docs/performance.md).
 */
export class BulkTarget {
  private readonly names: string[];
  private readonly columns: string;
  private readonly lists: string;

  constructor(
    private readonly shape: TargetShape,
    private readonly now: () => number,
  ) {
    this.names = shape.fields.map(({ name }) => name);
    this.columns = this.names.map(quoted).join(", ");
    this.lists = listed(this.names);
  }

  writeAll(tx: Db, collection: string, writes: TargetWrite[]): TargetOutcome[] {
    try {
      const table = quoted(collection);
      const ids = writes.map((write) => write.id);
      const stored = new StoredReader(collection, this.names).read(tx, ids);
      const outcomes = writes.map((write) => this.decide(write, stored.get(write.id)));
      const of = (kind: TargetOutcome["kind"]) => writes.filter((_, at) => outcomes[at]?.kind === kind);
      // First what goes: its unique values may be wanted.
      this.remove(tx, table, of("deleted"));
      this.update(tx, table, updatesOf(writes, outcomes), stored);
      this.insert(tx, table, of("inserted"));
      return outcomes;
    } catch (error) {
      throw refusal(error);
    }
  }

  private decide(write: TargetWrite, stored: StoredValues | undefined): TargetOutcome {
    if (write.values === null) return { kind: stored === undefined ? "unchanged" : "deleted" };
    if (stored === undefined) return { kind: write.partial ? "unchanged" : "inserted" };
    const changes = changesOf(stored, write.values, write.keeps);
    return changes.length === 0 ? { kind: "unchanged" } : { kind: "updated", changes };
  }

  private insert(tx: Db, table: string, writes: TargetWrite[]): void {
    if (writes.length > 0) this.insertJson(tx, table, this.rowsOf(writes));
  }

  private insertJson(tx: Db, table: string, rows: string): void {
    const dates = this.shape.autodates.filter((date) => date.onCreate);
    tx.run(
      `INSERT INTO ${table} (id, ${[this.columns, ...dates.map((date) => quoted(date.name))].join(", ")})
       SELECT value ->> 0, ${[this.lists, ...dates.map(() => "{:now}")].join(", ")} FROM jsonb_each({:rows}) WHERE true`,
      { rows, now: toDbTime(this.now()) },
    );
  }

  /** What makes records of values that are a JSON list already, in the order of the shape's fields. */
  insertsOf(collection: string, rows: { targetId: string; mapped: string }[]): (tx: Db) => void {
    const list = `[${rows.map(({ targetId, mapped }) => `["${targetId}",${mapped.substring(1)}`).join(",")}]`;
    return (tx) => {
      try {
        this.insertJson(tx, quoted(collection), list);
      } catch (error) {
        throw refusal(error);
      }
    };
  }

  /** Writes the fields that change in any of the records; where one of them does not change, it is written as it was. */
  private update(tx: Db, table: string, updates: Update[], stored: Map<string, StoredValues>): void {
    if (updates.length === 0) return;
    const changed = new Set(updates.flatMap(({ changes }) => changes.map(({ field }) => field)));
    const fields = this.names.filter((name) => changed.has(name));
    const rows = updates.map(({ id, changes }) => {
      const now = new Map(changes.map(({ field, to }) => [field, to]));
      return [id, ...fields.map((name) => (now.has(name) ? now.get(name) : stored.get(id)?.of(name)))];
    });
    const sets = fields.map((name, place) => `${quoted(name)} = c.f${place}`);
    for (const date of this.shape.autodates) if (date.onUpdate) sets.push(`${quoted(date.name)} = {:now}`);
    tx.run(
      `UPDATE ${table} SET ${sets.join(", ")}
         FROM (SELECT value ->> 0 AS id, ${listed(fields)} FROM jsonb_each({:rows})) AS c WHERE ${table}.id = c.id`,
      { rows: JSON.stringify(rows), now: toDbTime(this.now()) },
    );
  }

  private remove(tx: Db, table: string, writes: TargetWrite[]): void {
    if (writes.length === 0) return;
    tx.run(`DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each({:ids}))`, {
      ids: JSON.stringify(writes.map((write) => write.id)),
    });
  }

  private rowsOf(writes: TargetWrite[]): string {
    return JSON.stringify(writes.map(({ id, values }) => [id, ...this.names.map((name) => values?.[name])]));
  }
}

/** A record whose fields change. */
interface Update {
  id: string;
  changes: TargetChange[];
}

function updatesOf(writes: TargetWrite[], outcomes: TargetOutcome[]): Update[] {
  return outcomes.flatMap((outcome, at) =>
    outcome.kind === "updated" ? [{ id: writes[at]?.id ?? "", changes: outcome.changes }] : [],
  );
}

function changesOf(stored: StoredValues, values: Record<string, unknown>, keeps: string[] = []): TargetChange[] {
  const fields = stored.differing(values).filter((field) => !keeps.includes(field));
  return fields.map((field) => {
    const from = stored.of(field);
    const to = values[field];
    return { field, from: typeof to === "boolean" ? from === 1 : from, to };
  });
}

/** The columns of a JSON list that begins with a record's id. */
function listed(fields: readonly unknown[]): string {
  return fields.map((_, at) => `value ->> ${at + 1} AS f${at}`).join(", ");
}

/** The collection is not what it was when the drain began: no row's fault, and the next drain looks at it anew. */
const COLLECTION_CHANGED = /no such (table|column)|has no column named/i;

function refusal(error: unknown): Error {
  const message = coerceError(error);
  if (isDatabaseFault(message) || COLLECTION_CHANGED.test(message)) {
    return error instanceof Error ? error : new Error(message);
  }
  const unique = uniqueFields(message);
  const told = unique.map((field) => `${field}: ${NOT_UNIQUE}`).join("; ");
  return new TargetRefusal(told === "" ? message : `${told}.`, hopeFor(message), unique[0] ?? "", 422);
}

/** The fields of the unique index that refused a record, by name, as PocketBase tells them. */
function uniqueFields(message: string): string[] {
  const columns = /UNIQUE constraint failed: ((?:[^\s,.()']+\.[^\s,()]+(?:, )?)+)/.exec(message)?.[1] ?? "";
  const names = columns.split(", ").map((column) => column.split(".").pop() ?? "");
  return names.filter((name) => name !== "").sort();
}
