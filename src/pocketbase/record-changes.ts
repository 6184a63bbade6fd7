import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue } from "../mapping/model";
import type { TargetChange } from "../sync/ports";
import { PocketBaseDb } from "./db";
import { type Found, storedReader } from "./found-records";

/** What pushing these values would change in a target record; null when there is no such record. Writes nothing. */
export function changesIfPushed(
  collection: string,
  id: string,
  values: Record<string, unknown>,
): TargetChange[] | null {
  const record = $app.findRecordsByIds(collection, [id])[0];
  if (!record) return null;
  const stored = storedReader(record.collection()).readOne(new PocketBaseDb($app), id);
  return loadChanges({ record, stored }, values);
}

/** Loads the values into the record and returns the fields that then differ, as PocketBase understands both. */
export function loadChanges({ record, stored }: Found, values: Record<string, unknown>): TargetChange[] {
  const fields = stored.differing(values);
  if (fields.length === 0) return [];
  const before = fields.map((field) => readValue(record, field));
  record.load(Object.fromEntries(fields.map((field) => [field, values[field]])) as never);
  const changes: TargetChange[] = [];
  fields.forEach((field, at) => {
    const from = before[at] as MappedValue;
    const to = readValue(record, field);
    if (from !== to && textOf(from) !== textOf(to)) changes.push({ field, from, to });
  });
  return changes;
}

/** Dates and lists come as Go values, whose JSON is what they are; a json field comes as the bytes of its JSON. */
function readValue(record: core.Record, field: string): MappedValue {
  const value: unknown = record.get(field) ?? null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  const isJson = record.collection().fields.getByName(field)?.type() === "json";
  return JSON.parse(isJson ? toString(value) || "null" : JSON.stringify(value)) as MappedValue;
}

/** Equal for values that differ in nothing but the order of an object's keys. */
function textOf(value: MappedValue): string {
  return canonicalValues({ value }, ["value"]);
}
