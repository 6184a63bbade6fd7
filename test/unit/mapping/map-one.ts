import { compileMapping } from "../../../src/mapping/compile";
import type { FieldMapping, Lookup, Mapped, TargetField } from "../../../src/mapping/model";
import { zonedToUtc } from "./intl-zones";

/** A target field of a type, not required and single unless told. */
export function fieldOf(type: TargetField["type"], more: Partial<TargetField> = {}): TargetField {
  return { name: "F", type, required: false, ...more };
}

/** Maps one value into one field F, as a row {F: value} or, when `value` is left out, an empty row. */
export function mapOne(field: TargetField, override: FieldMapping, value?: unknown, lookup?: Lookup): Mapped {
  const map = compileMapping({ fields: [field], overrides: { F: override }, timezone: "", zonedToUtc, lookup });
  return map(value === undefined ? {} : { F: value });
}

/** The mapped value, or the codes of what is wrong with it, such as "validate below_min". */
export function outcome(mapped: Mapped): unknown {
  if (mapped.problems.length === 0) return mapped.values.F;
  return mapped.problems.map((problem) => `${problem.stage} ${problem.type}`).join(", ");
}
