import type { FieldJson } from "../targets/shape";

/** Go's own JSON of a collection's fields: JSON.stringify would leave out their types. */
export function fieldsOf(collection: core.Collection): FieldJson[] {
  return JSON.parse(toString(collection.fields.marshalJSON())) as FieldJson[];
}
