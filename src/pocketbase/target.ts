import type { TargetField } from "../mapping/model";
import { coerceError, TargetRefusal } from "../sync/errors";
import type { Db, Target, TargetChange, TargetOutcome, TargetWrite } from "../sync/ports";
import { PocketBaseDb } from "./db";

const UNPROCESSABLE = 422;
const FAILED = 500;
/** Not one row's fault: the stream backs off and no job loses an attempt (design, promise 7). */
const DATABASE_FAULT =
  /database is locked|SQLITE_BUSY|database or disk is full|disk I\/O|SQLITE_FULL|readonly database/i;

/** Writes one record after the other through PocketBase, so that validation, hooks and realtime work as for anybody. */
export const recordsTarget: Target = { write };

function write(tx: Db, collection: string, wanted: TargetWrite): TargetOutcome {
  if (!(tx instanceof PocketBaseDb)) throw new Error("the records target needs a PocketBase transaction");
  const { app } = tx;
  try {
    const found = findRecord(app, collection, wanted.id);
    if (wanted.values === null) return remove(app, found);
    if (!found && wanted.partial) return { kind: "unchanged" };
    return found ? update(app, found, wanted.values) : insert(app, collection, wanted.id, wanted.values);
  } catch (error) {
    throw refusal(error);
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

function update(app: CoreApp, record: core.Record, values: Record<string, unknown>): TargetOutcome {
  const before = record.fresh();
  record.load(values as never);
  const changes: TargetChange[] = [];
  for (const field of Object.keys(values)) {
    const from = comparable(before.get(field));
    const to = comparable(record.get(field));
    if (from !== to) changes.push({ field, from: JSON.parse(from), to: JSON.parse(to) });
  }
  if (changes.length === 0) return { kind: "unchanged" };
  app.save(record);
  return { kind: "updated", changes };
}

/** Dates and lists come as Go values; their JSON is what they are. */
function comparable(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** The first field PocketBase complains about, if it is a validation error at all. */
function refusal(error: unknown): Error {
  const message = coerceError(error);
  if (DATABASE_FAULT.test(message)) return error instanceof Error ? error : new Error(message);
  const invalid = /^(?:[a-z]+: )*([A-Za-z_][A-Za-z0-9_]*): (.+?)\.?$/.exec(message);
  const status = (error as { value?: { status?: number } }).value?.status ?? 0;
  const fatal = invalid !== null || (status >= 400 && status < 500);
  return new TargetRefusal(message, fatal, invalid?.[1] ?? "", fatal ? UNPROCESSABLE : FAILED);
}

/** What the sync writes in a collection: every field but the id and what PocketBase fills in itself. */
export function targetFields(collection: string): TargetField[] | null {
  let found: core.Collection;
  try {
    found = $app.findCollectionByNameOrId(collection);
  } catch {
    return null;
  }
  const fields: TargetField[] = [];
  for (const field of JSON.parse(JSON.stringify(found.fields)) as FieldJson[]) {
    if (field.primaryKey || NOT_OURS.includes(field.type)) continue;
    fields.push(describe(field));
  }
  return fields;
}

const NOT_OURS = ["autodate", "file", "password"];
const KNOWN_TYPES = ["text", "number", "bool", "date", "json", "select", "relation", "email", "url", "editor"];

interface FieldJson {
  name: string;
  type: string;
  required?: boolean;
  primaryKey?: boolean;
  values?: string[];
  maxSelect?: number;
  collectionId?: string;
}

function describe(field: FieldJson): TargetField {
  const described: TargetField = {
    name: field.name,
    type: (KNOWN_TYPES.includes(field.type) ? field.type : "other") as TargetField["type"],
    required: field.required === true,
  };
  if (field.values) described.values = field.values;
  if (field.type === "select" || field.type === "relation") described.multiple = (field.maxSelect ?? 1) > 1;
  if (field.collectionId) described.collectionId = field.collectionId;
  return described;
}
