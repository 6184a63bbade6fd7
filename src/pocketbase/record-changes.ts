import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue } from "../mapping/model";
import type { TargetChange } from "../sync/ports";
import { PocketBaseDb } from "./db";
import type { Found } from "./found-records";
import { StoredReader, type StoredValues } from "./stored-values";

/** What pushing these values would change in a target record; null when there is no such record. Writes nothing. */
export function changesIfPushed(
  collection: string,
  id: string,
  values: Record<string, unknown>,
): TargetChange[] | null {
  const record = $app.findRecordsByIds(collection, [id])[0];
  if (!record) return null;
  const stored = new StoredReader(new PocketBaseDb($app), record.collection()).readOne(id);
  return loadChanges({ record, stored }, values);
}

/** Loads the values into the record and returns the fields that then differ, as PocketBase understands both. */
export function loadChanges({ record, stored }: Found, values: Record<string, unknown>): TargetChange[] {
  const wanted = withoutEqual(stored, values);
  const fields = Object.keys(wanted);
  if (fields.length === 0) return [];
  const before = fields.map((field) => readValue(record, field));
  record.load(wanted as never);
  const changes: TargetChange[] = [];
  fields.forEach((field, at) => {
    const from = before[at] as MappedValue;
    const to = readValue(record, field);
    if (from !== to && textOf(from) !== textOf(to)) changes.push({ field, from, to });
  });
  return changes;
}

/** Most values are there already. A list and a json field are not compared here, so they are loaded all the same. */
function withoutEqual(stored: StoredValues, values: Record<string, unknown>): Record<string, unknown> {
  const wanted: Record<string, unknown> = {};
  for (const field of Object.keys(values)) {
    const value = values[field];
    if (stored(field) !== (typeof value === "boolean" ? Number(value) : value)) wanted[field] = value;
  }
  return wanted;
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
