import { coerceError, isDatabaseFault, TargetRefusal } from "../sync/errors";
import type { Db, Target, TargetOutcome, TargetWrite } from "../sync/ports";
import { type FieldJson, readShape, type TargetShape } from "../targets/shape";
import { PocketBaseDb } from "./db";
import { loadChanges } from "./record-changes";

const UNPROCESSABLE = 422;
const FAILED = 500;

/** Writes one record after the other through PocketBase, so that validation, hooks and realtime work as for anybody. */
export const recordsTarget: Target = {
  writeAll: (tx, collection, writes) => writes.map((wanted) => write(tx, collection, wanted)),
};

function write(tx: Db, collection: string, wanted: TargetWrite): TargetOutcome {
  if (!(tx instanceof PocketBaseDb)) throw new Error("the records target needs a PocketBase transaction");
  const { app } = tx;
  try {
    const found = findRecord(app, collection, wanted.id);
    if (wanted.values === null) return remove(app, found);
    if (!found && wanted.partial) return { kind: "unchanged" };
    return found
      ? update(app, found, withoutKept(wanted.values, wanted.keeps))
      : insert(app, collection, wanted.id, wanted.values);
  } catch (error) {
    throw refusal(error, (name) => app.findCachedCollectionByNameOrId(collection).fields.getByName(name) !== null);
  }
}

function findRecord(app: CoreApp, collection: string, id: string): core.Record | undefined {
  return app.findRecordsByIds(collection, [id])[0];
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

function update(app: CoreApp, record: core.Record, values: Record<string, unknown>): TargetOutcome {
  const changes = loadChanges(record, values);
  if (changes.length === 0) return { kind: "unchanged" };
  app.save(record);
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
  const fatal = field !== "" || (status >= 400 && status < 500);
  return new TargetRefusal(message, fatal, field, fatal ? UNPROCESSABLE : FAILED);
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

/** Go's own JSON of the fields: JSON.stringify would leave out their types. */
function fieldsOf(collection: core.Collection): FieldJson[] {
  return JSON.parse(toString(collection.fields.marshalJSON())) as FieldJson[];
}

/** The collections with a relation to this one; the view of another one does not count. */
function relatedFrom(id: string): string[] {
  const names: string[] = [];
  for (const other of $app.findAllCollections("base", "auth")) {
    if (other && fieldsOf(other).some((field) => field.type === "relation" && field.collectionId === id))
      names.push(other.name);
  }
  return names;
}
