import { keyOf } from "../diff/keys";
import { NOT_SENT } from "../mapping/fields";
import type { FieldProblem, RowMapper, TargetField } from "../mapping/model";
import { own } from "../mapping/own";
import { fieldProblem, valueText } from "../mapping/problems";
import { isNothing } from "../mapping/types";

/**
 * A mapper that also fills in which parent a row belongs to (002): as the parent's erp_id, which does not depend on
 * whether the parent is there. So mapped_hash is stable; the id of the parent's record takes its place at the push.
 * @param names the ERP fields that make the parent's erp_id
 */
export function withParentKey(map: RowMapper, field: TargetField, names: string[]): RowMapper {
  return (row) => {
    const mapped = map(row);
    const key = parentKeyOf(row, field.name, names);
    if (typeof key !== "string") mapped.problems.push(key);
    else if (key !== "" || !field.required) mapped.values[field.name] = key;
    else mapped.problems.push(fieldProblem("validate", field.name, names.join(", "), undefined, NOT_SENT));
    return mapped;
  };
}

/** The parent's erp_id, "" for a row without one, or why it cannot be read. */
function parentKeyOf(row: Record<string, unknown>, field: string, names: string[]): string | FieldProblem {
  const isNone = names.length === 1 ? isBlank : isBlankOrZero;
  if (names.every((name) => isNone(own(row, name)))) return "";
  const key = keyOf(row, names);
  if (key.ok) return key.key;
  return {
    stage: "normalize",
    type: "unreadable_parent_key",
    field,
    value: valueText(key.value).slice(0, 500),
    expected: "a key of the parent's stream",
    message: `${field}: the parent's ${key.message}`,
  };
}

/** Nothing of its own, as the key sees it: only white space is nothing too. */
function isBlank(value: unknown): boolean {
  return isNothing(value) || (typeof value === "string" && value.trim() === "");
}

/** ERPs fill up the numbers of a key that is not there: order "" and line 0. */
function isBlankOrZero(value: unknown): boolean {
  return isBlank(value) || value === 0 || (typeof value === "string" && value.trim() === "0");
}
