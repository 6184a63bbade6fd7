import type { FieldJson } from "../targets/shape";

/** What was read of a collection, by its id, as long as nobody saves it: a run asks several times. */
const read = new Map<string, { updated: string; fields: FieldJson[] }>();

/** Go's own JSON of a collection's fields: JSON.stringify would leave out their types. Not to be changed. */
export function fieldsOf(collection: core.Collection): FieldJson[] {
  const updated = collection.updated.string();
  const known = read.get(collection.id);
  if (known?.updated === updated) return known.fields;
  const fields = JSON.parse(toString(collection.fields.marshalJSON())) as FieldJson[];
  read.set(collection.id, { updated, fields });
  return fields;
}
