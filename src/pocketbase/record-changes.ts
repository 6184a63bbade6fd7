import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue } from "../mapping/model";
import type { TargetChange } from "../sync/ports";
import { fieldsOf } from "./collection-fields";

/** What pushing these values would change in a target record; null when there is no such record. Writes nothing. */
export function changesIfPushed(
  collection: string,
  id: string,
  values: Record<string, unknown>,
): TargetChange[] | null {
  const record = $app.findRecordsByIds(collection, [id])[0];
  return record ? loadChanges(record, values, dateFieldsOf(record.collection())) : null;
}

/** The names of a collection's fields that hold a date. */
export function dateFieldsOf(collection: core.Collection): Set<string> {
  const dates = fieldsOf(collection).filter(({ type }) => type === "date" || type === "autodate");
  return new Set(dates.map(({ name }) => name));
}

/** Loads the values into the record and returns the fields that then differ, as PocketBase understands both. */
export function loadChanges(
  record: core.Record,
  values: Record<string, unknown>,
  dateFields: Set<string>,
): TargetChange[] {
  const wanted = withoutEqual(record, values, dateFields);
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

/** Most values are there already. Asking the record for each of them, twice, takes longer than saving it. */
function withoutEqual(
  record: core.Record,
  values: Record<string, unknown>,
  dateFields: Set<string>,
): Record<string, unknown> {
  const data = record.fieldsData() as Record<string, unknown>;
  // Every look at a method makes it anew.
  const dateOf = record.getString;
  const wanted: Record<string, unknown> = {};
  for (const field of Object.keys(values)) {
    const value = dateFields.has(field) ? dateOf(field) : data[field];
    if (value !== values[field]) wanted[field] = values[field];
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
