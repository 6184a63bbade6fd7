import { coerceError, hopeFor, isDatabaseFault, TargetRefusal } from "../sync/errors";
import type { Target, TargetOutcome, TargetWrite } from "../sync/ports";
import { readShape, type TargetShape } from "../targets/shape";
import { fieldsOf } from "./collection-fields";
import { PocketBaseDb } from "./db";
import { type Found, FoundRecords } from "./found-records";
import { loadChanges } from "./record-changes";

const UNPROCESSABLE = 422;
const FAILED = 500;

/** Writes one record after the other through PocketBase, so that validation, hooks and realtime work as for anybody. */
export const recordsTarget: Target = {
  writeAll: (tx, collection, writes) => {
    if (!(tx instanceof PocketBaseDb)) throw new Error("the records target needs a PocketBase transaction");
    const found = new FoundRecords(
      tx,
      tx.app.findCachedCollectionByNameOrId(collection),
      writes.map(({ id }) => id),
    );
    return writes.map((wanted) => {
      const outcome = write(tx.app, collection, wanted, found.find(wanted.id));
      if (outcome.kind !== "unchanged") found.wrote(wanted.id);
      return outcome;
    });
  },
};

function write(app: CoreApp, collection: string, wanted: TargetWrite, found: Found | undefined): TargetOutcome {
  try {
    if (wanted.values === null) return remove(app, found?.record);
    if (!found && wanted.partial) return { kind: "unchanged" };
    return found
      ? update(app, found, withoutKept(wanted.values, wanted.keeps))
      : insert(app, collection, wanted.id, wanted.values);
  } catch (error) {
    throw refusal(error, (name) => app.findCachedCollectionByNameOrId(collection).fields.getByName(name) !== null);
  }
}

function remove(app: CoreApp, record: core.Record | undefined): TargetOutcome {
  if (!record) return { kind: "unchanged" };
  app.delete(record);
  return { kind: "deleted" };
}

function insert(app: CoreApp, collection: string, id: string, values: Record<string, unknown>): TargetOutcome {
  const record = new Record(app.findCachedCollectionByNameOrId(collection), { ...values, id });
  app.save(record);
  return { kind: "inserted" };
}

function withoutKept(values: Record<string, unknown>, keeps: string[] = []): Record<string, unknown> {
  if (keeps.length === 0) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !keeps.includes(name)));
}

function update(app: CoreApp, found: Found, values: Record<string, unknown>): TargetOutcome {
  const changes = loadChanges(found, values);
  if (changes.length === 0) return { kind: "unchanged" };
  app.save(found.record);
  return { kind: "updated", changes };
}

/**
 * The first field PocketBase complains about, if it is a validation error at all: "Error: busy", thrown by somebody's
 * hook, looks like one, but "Error" is no field.
 */
function refusal(error: unknown, isField: (name: string) => boolean): Error {
  const message = oneFullStop(coerceError(error));
  if (isDatabaseFault(message)) return error instanceof Error ? error : new Error(message);
  const named = /^(?:[a-z]+: )*([A-Za-z_][A-Za-z0-9_]*): (.+?)\.?$/.exec(message)?.[1] ?? "";
  const field = named !== "" && isField(named) ? named : "";
  const status = (error as { value?: { status?: number } }).value?.status ?? 0;
  const hope = hopeFor(message);
  const isRow = field !== "" || hope === "soon" || (status >= 400 && status < 500);
  return new TargetRefusal(message, isRow ? hope : "later", field, isRow ? UNPROCESSABLE : FAILED);
}

/** PocketBase joins sentences that end with a full stop with "; " and another full stop. */
function oneFullStop(message: string): string {
  return message.replace(/\.(?=;|\.$)/g, "");
}

/** What the sync writes in a collection; null when it does not exist. */
export function targetShape(collection: string): TargetShape | null {
  let found: core.Collection;
  try {
    found = $app.findCollectionByNameOrId(collection);
  } catch {
    return null;
  }
  return readShape(fieldsOf(found), relatedFrom(found.id));
}

/**
 * The collections with a relation to this one; the view of another one does not count. By SQL: a run asks several times,
 * and reading every collection's fields takes ten milliseconds.
 */
function relatedFrom(id: string): string[] {
  const rows = new PocketBaseDb($app).all(
    `SELECT name AS name FROM _collections WHERE type IN ('base', 'auth') AND instr(fields, {:id}) > 0
        AND EXISTS (SELECT 1 FROM json_each(fields) WHERE value ->> 'type' = 'relation' AND value ->> 'collectionId' = {:id})
      ORDER BY rowid`,
    { id },
    { name: "" },
  );
  return rows.map(({ name }) => name);
}
