import type { FieldMapping, TargetField } from "../mapping/model";
import { quote } from "./json-field";

const SHOWN = 12;

/**
 * What is wrong with the lookups of a mapping that is right otherwise: one that can find nothing would blame every row.
 * @param fieldsOf the fields of a collection, null when there is none of this name
 */
export function lookupProblems(
  mapping: Record<string, unknown>,
  fieldsOf: (collection: string) => TargetField[] | null,
): string[] {
  return Object.entries(mapping as Record<string, FieldMapping>).flatMap(([name, { skip, lookup }]) => {
    if (skip === true || !lookup) return [];
    const path = `mapping.${name}.lookup`;
    const fields = fieldsOf(lookup.collection);
    if (fields === null)
      return [
        `${path}.collection: ${quote(lookup.collection)} does not exist (expected a collection: create it first)`,
      ];
    const names = ["id", ...fields.map((field) => field.name)];
    if (names.includes(lookup.field)) return [];
    const known = names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "");
    return [`${path}.field: ${quote(lookup.field)} is no field of ${lookup.collection} (expected one of ${known})`];
  });
}
